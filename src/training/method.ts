import type { LossName } from "./gradient/marginLoss.js";
import type { PgdOptions } from "./gradient/pgdAttack.js";
import type { SgdOptions } from "./gradient/sgdOptions.js";

/** The radius of an attack; tau is the noise level of the mean that the attack acts on (docs/theory.md section 2). */
export type RadiusSpec =
  /** A fixed radius >= 0. */
  | number
  /** k tau sqrt(2 ln p): a multiple of the level that the largest of p noise coordinates reaches. */
  | { readonly logThreshold: number }
  /** The length that the mean of a task of this norm has on average: shorter means are filtered by an l2 attack. */
  | { readonly filterBelow: number };

/** An l_q ball around every input, q = `norm` in [1, Infinity]. */
export interface Attack {
  readonly norm: number;
  readonly radius: RadiusSpec;
  /** How gradient training finds the worst case: exactly when absent, or as practitioners do. */
  readonly inner?: { readonly pgd: PgdOptions };
}

/** How unlabelled samples are labelled and weighed (docs/theory.md section 2). */
export interface PseudoLabels {
  /** Rounds of self-training, >= 1; round k labels with the classifier of round k - 1. */
  readonly rounds: number;
  /** Samples with |<betahat, x>| <= threshold * sigma are left out; 0 keeps all. */
  readonly threshold: number;
  /** false: yhat = sign <betahat, x>; true: yhat = tanh(k <betahat, x> / sigma^2), the posterior mean of the label. */
  readonly soft: boolean;
  /** `pooled`: every sample counts alike; `optimal`: theory 5.2 from the estimated norm; a number: the share in [0, 1]. */
  readonly weight: "pooled" | "optimal" | number;
}

/**
 * How tasks become one representation: the stacked columns are unit vectors (the paper), unnormalised means, or have the best weights (5.5); or
 * the representation and all heads minimise the loss together (`joint`).
 */
export type Aggregation = "normalized" | "raw" | "oracle-weights" | "joint";

/** A way to train on the source tasks, complete: every default filled in. */
export interface Method {
  readonly name: string;
  readonly attack: Attack | null;
  readonly pseudoLabels: PseudoLabels | null;
  readonly aggregation: Aggregation;
  /** Absent: the closed form, for the linear loss. */
  readonly solver?: "gradient";
  /** Absent: the linear loss. Others are trained by gradients. */
  readonly loss?: Exclude<LossName, "linear">;
  /** Gradient training only. Absent: the unit ball. */
  readonly regularization?: { readonly ridge: number };
  /** Gradient training only: stochastic gradient descent instead of a solve to the duality gap. Absent: that of `DESCENT` under an attack by PGD, none otherwise. */
  readonly descent?: SgdOptions;
}
