/** A share of the r directions of B that the representation captures alike. */
export interface DirectionOverlap {
  /** How many directions (not an integer where the spread of A over finitely many tasks splits them). */
  readonly count: number;
  /** cos^2 of the angle between such a direction and the representation. */
  readonly cos2: number;
}

/** The expected ||sin Theta||_F^2 of directions captured so: sum of count (1 - cos^2). */
export function missedDirections(overlaps: readonly DirectionOverlap[]): number {
  return overlaps.reduce((sum, { count, cos2 }) => sum + count * (1 - cos2), 0);
}

/** One of several possible outcomes of training. */
export interface Outcome {
  readonly weight: number;
  readonly overlaps: readonly DirectionOverlap[];
}
