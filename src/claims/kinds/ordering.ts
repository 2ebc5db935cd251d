import type { Condition } from "../statistics/conditions.js";
import type { MeanEstimate } from "../statistics/meanEstimate.js";
import { estimateText, formatted, intervalOf } from "./numbers.js";
import { NO_DATA, type Outcome } from "./outcome.js";

/** One point of an ordering: the mean paired difference (larger side) - (smaller side), and what people read. */
export interface OrderingPoint {
  readonly label: string;
  /** factor * E[larger] - E[smaller], paired where both saw the same draws: the claim says that it is positive. */
  readonly difference: MeanEstimate;
  readonly smaller: number;
  readonly larger: number;
  /** smaller / larger with the standard error of the linearised ratio: for people, no test uses it. */
  readonly ratio: MeanEstimate;
}

/**
 * Kind *ordering*: E[smaller] < factor * E[larger] at every point. theta_j is the mean (paired) difference at point j; each is a one-sided t-test,
 * joined by `pValues`. Exact for normal differences. "Holds" is a statement at the stated level that the order is strict at every point; "violated", that it is
 * reversed at one.
 */
export function orderingTest(points: readonly OrderingPoint[], factor: number): Outcome {
  const conditions = points.map(({ label, difference }): Condition => ({ label, theta: difference }));
  // Where the order is closest to being reversed: the verdict may hang on another point, of which less is known.
  const at = [...points].sort((a, b) => b.ratio.mean - a.ratio.mean)[0];
  const predicted = `ratio below ${formatted(factor)}`;
  if (at === undefined) return { conditions, measured: NO_DATA, predicted };
  const where = points.length > 1 ? `, largest at ${at.label}` : "";
  return {
    conditions,
    measured: {
      text: `ratio ${estimateText(at.ratio)} (${formatted(at.smaller)} against ${formatted(at.larger)}${where})`,
      value: at.ratio.mean,
      interval: intervalOf(at.ratio),
    },
    predicted,
  };
}
