/** Minibatch stochastic gradient descent as practitioners have it. */
export interface SgdOptions {
  /** Passes over the samples, >= 1. @defaultValue 200 */
  readonly epochs?: number;
  /** Samples a step, >= 1; all of them: plain (sub)gradient descent. @defaultValue all */
  readonly batchSize?: number;
  /** The first step length, > 0. @defaultValue that of `defaultLearningRate` */
  readonly learningRate?: number;
  /** The step length at the share t of the run: constant, 1 / sqrt(1 + step), or (1 + cos(pi t)) / 2 of the first. @defaultValue "cosine" */
  readonly schedule?: "constant" | "inverse-sqrt" | "cosine";
  /** Of the heavy ball, in [0, 1). @defaultValue 0.9 */
  readonly momentum?: number;
  /** The share of the run, at its end, whose iterates are averaged; 0 returns the last. @defaultValue 0 */
  readonly averaging?: number;
}

/** What descent does where nothing is said: full batches, momentum, steps that go to 0. */
export const DESCENT = { epochs: 200, schedule: "cosine", momentum: 0.9, averaging: 0 } as const;
