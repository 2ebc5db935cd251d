import type { Matrix } from "../../numerics/matrix.js";
import type { WeightedSamples } from "../gradient/weightedSamples.js";

/** How a two-layer network is trained. */
export interface NetworkOptions {
  /** k, the neurons of the hidden layer, >= r. @defaultValue r */
  readonly width?: number;
  /** The Frobenius norm of each layer at the start, as a share of 1. @defaultValue 1e-3 */
  readonly initialNorm?: number;
  /** The step length. @defaultValue a fifth of the time in which the start grows by a factor e */
  readonly learningRate?: number;
  /** lambda >= 0 of (lambda/2) (||W1||_F^2 + sum_t ||w_t||^2). @defaultValue 0 */
  readonly weightDecay?: number;
  /** @defaultValue 5000 */
  readonly maxSteps?: number;
  /** Converged when the parameters grow or shrink at less than this share of the rate at the start. @defaultValue 1e-5 */
  readonly tolerance?: number;
  /** Samples of the same tasks that training does not see: the network of the step with the smallest loss on them is returned. */
  readonly validation?: readonly WeightedSamples[];
  /** Steps without a smaller validation loss after which training stops. @defaultValue 200 */
  readonly patience?: number;
}

/**
 * How training ended:
 *
 * - `converged`: the gradient has vanished;
 * - `vanished`: the parameters have, to a billionth of the start: weight decay or the attack is stronger than the signal, and nothing is learnt;
 * - `early-stopped`: the validation loss has not fallen for `patience` steps;
 * - `step-limit`: the losses still fall;
 * - `unbounded`: the parameters have passed a million: a linear loss has no minimum without a ball, and weight decay is too weak to give it one.
 */
export type NetworkStatus = "converged" | "vanished" | "early-stopped" | "step-limit" | "unbounded";

/** A trained network f_t(x) = <w_t, W1^T x>, and what it has learnt. */
export interface Network {
  /** The top-r left singular vectors of W1, `p x min(r, rank)`; no column when the network has vanished. */
  readonly basis: Matrix;
  /** W1^T, `k x p`, and the heads, `T x k`. */
  readonly layer: Matrix;
  readonly heads: Matrix;
  /** The training objective, summed over the tasks. */
  readonly value: number;
  readonly status: NetworkStatus;
  readonly steps: number;
}
