/** A share of the r directions of B that the representation captures alike. */
export interface DirectionOverlap {
  /** How many directions (not an integer where the spread of A over finitely many tasks splits them). */
  readonly count: number;
  /** cos^2 of the angle between such a direction and the representation. */
  readonly cos2: number;
}

/** One of several possible outcomes of training. */
export interface Outcome {
  readonly weight: number;
  readonly overlaps: readonly DirectionOverlap[];
}
