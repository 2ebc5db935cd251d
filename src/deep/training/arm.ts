import {
  badInput,
  requireInRange,
  requireInteger,
  requireNonNegative,
  requirePositive,
} from "../../core/guards.js";

/** A perturbation of the inputs within an l_q ball, by projected steepest ascent of the loss (Madry et al., ICLR 2018). */
export interface Attack {
  /** q, 2 or Infinity; an l_2 ball is over all coordinates of an input, channels included. */
  readonly norm: 2 | typeof Infinity;
  /** epsilon >= 0, in units of the inputs; 0 is no attack, bit for bit. */
  readonly radius: number;
  /** Steps of ascent, >= 1. One step from the input itself is FGSM (Goodfellow et al., ICLR 2015). */
  readonly steps: number;
  /** The length of a step in the attack's own norm, > 0. */
  readonly stepSize: number;
  /** Start uniformly in the ball and not at the input. */
  readonly randomStart: boolean;
}

/** Self-training: a classifier of the few labels labels the other samples (docs/theory.md section 2). */
export interface PseudoLabels {
  /** Rounds of labelling, >= 1; round k + 1 uses the network that was trained on the labels of round k. All but the last training are without the attack. */
  readonly rounds: number;
  /** A sample is used when its most probable class has at least this probability; in [0, 1]. */
  readonly threshold: number;
  /** Class probabilities as targets in place of the most probable class. */
  readonly soft: boolean;
}

/** A way of learning a representation from the source tasks: a method of a deep study. */
export interface Arm {
  readonly name: string;
  /** `network`: the features of a trained network; `random`: of the same network before training; `raw`: the inputs themselves. */
  readonly features: "network" | "random" | "raw";
  /** `all`: the labels of the unlabelled samples too, an upper reference; `few`: those of the labelled samples alone. */
  readonly labels: "all" | "few";
  readonly attack: Attack | null;
  /** With few labels only. */
  readonly pseudoLabels: PseudoLabels | null;
  /** Gaussian noise of this standard deviation, drawn anew in every step; the control for attacks. */
  readonly augmentation: { readonly sd: number } | null;
  /** Multiplies the number of steps; the control for the gradients that an attack costs. */
  readonly stepsFactor: number;
}

/** An arm as it may be written: all but the name has a default, and an attack needs its norm and radius alone. */
export interface ArmInput extends Partial<Omit<Arm, "attack" | "pseudoLabels">> {
  readonly name: string;
  readonly attack?: (Pick<Attack, "norm" | "radius"> & Partial<Attack>) | null;
  readonly pseudoLabels?: Partial<PseudoLabels> | null;
}

/**
 * A complete, checked {@link Arm}. Defaults: the network's features, few labels, no attack, no pseudo-labels, no augmentation, steps times 1; of an
 * attack: 3 steps of length 2.5 radius / steps, no random start; of pseudo-labels: 1 round, threshold 0, hard.
 * Throws `bad-input` naming the arm and the field.
 *
 * @example armOf({ name: "adversarial", attack: { norm: Infinity, radius: 0.3 } }).attack?.stepSize // 0.25
 */
export function armOf(given: ArmInput): Arm {
  const arm: Arm = {
    name: given.name,
    features: given.features ?? "network",
    labels: given.labels ?? "few",
    attack: attackOf(given.attack ?? null, given.name),
    pseudoLabels: pseudoLabelsOf(given.pseudoLabels ?? null, given.name),
    augmentation: given.augmentation ?? null,
    stepsFactor: given.stepsFactor ?? 1,
  };
  const at = `arm ${arm.name}`;
  if (!["network", "random", "raw"].includes(arm.features)) {
    throw badInput(`${at}: features`, '"network", "random" or "raw"', arm.features);
  }
  if (!["all", "few"].includes(arm.labels)) throw badInput(`${at}: labels`, '"all" or "few"', arm.labels);
  if (arm.pseudoLabels !== null && arm.labels === "all") {
    throw badInput(`${at}: labels`, '"few" where there are pseudo-labels', arm.labels);
  }
  if (arm.augmentation !== null) requireNonNegative(`${at}: augmentation.sd`, arm.augmentation.sd);
  requirePositive(`${at}: stepsFactor`, arm.stepsFactor);
  return arm;
}

/** A complete, checked {@link Attack}; `arm` names it in errors. */
export function attackOf(given: ArmInput["attack"] | null, arm: string): Attack | null {
  if (given === null || given === undefined) return null;
  const at = `arm ${arm}: attack`;
  const { norm, radius, steps = 3, randomStart = false } = given;
  if (!(norm === 2 || norm === Infinity)) throw badInput(`${at}.norm`, "2 or Infinity", norm);
  requireNonNegative(`${at}.radius`, radius);
  requireInteger(`${at}.steps`, steps, 1);
  // A radius of 0 is no attack and needs no step; its default step would be 0.
  const stepSize = given.stepSize ?? (radius > 0 ? (2.5 * radius) / steps : 1);
  requirePositive(`${at}.stepSize`, stepSize);
  return { norm, radius, steps, stepSize, randomStart };
}

function pseudoLabelsOf(given: Partial<PseudoLabels> | null, arm: string): PseudoLabels | null {
  if (given === null) return null;
  const { rounds = 1, threshold = 0, soft = false } = given;
  requireInteger(`arm ${arm}: pseudoLabels.rounds`, rounds, 1);
  requireInRange(`arm ${arm}: pseudoLabels.threshold`, threshold, 0, 1);
  return { rounds, threshold, soft };
}
