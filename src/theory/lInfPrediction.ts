import type { RepresentationPrediction } from "./representation.js";

/** What an l_inf prediction knows beyond the representation. */
export interface LInfPrediction extends RepresentationPrediction {
  /** Part of sinTheta2 that infinitely many tasks would leave: the bias of shrinking. */
  readonly bias: number;
  /** Relative variance of the columns' squared lengths from the support: the theory expands in it. */
  readonly lengthSpread: number;
  /** Whether it is the limit of a large support. */
  readonly limit: boolean;
  /** The expected l_1 norm of a unit vector of the representation. */
  readonly meanL1: number;
}
