import type { Condition } from "../statistics/conditions.js";
import type { MeanEstimate } from "../statistics/meanEstimate.js";
import { estimateText, formatted, intervalOf } from "./numbers.js";
import { NO_DATA, type Outcome } from "./outcome.js";

/** One point of an equality within a margin: estimates of A - (1 - margin) B and (1 + margin) B - A, and of A / B for people. */
export interface ValuePoint {
  readonly label: string;
  readonly aboveLow: MeanEstimate;
  readonly belowHigh: MeanEstimate;
  /** A / B with the standard error of the linearised ratio: no test uses it. */
  readonly ratio: MeanEstimate;
}

/**
 * Kind *value*: |E[A] / B - 1| <= margin at every point, by two one-sided t-tests (TOST): an equality is shown, not merely not refuted. B > 0 is a
 * number (a prediction) or a mean that was measured too; then A - (1 - margin) B and (1 + margin) B - A are tested as the linear combinations that
 * they are, paired where A and B saw the same draws, so no ratio is ever approximated. Exact for normal values.
 *
 * The margin is part of the claim: it must cover what the theory leaves out (finite sizes), and "holds" means "within the margin".
 */
export function valueTest(points: readonly ValuePoint[], margin: number): Outcome {
  const conditions = points.flatMap(({ label, aboveLow, belowHigh }): Condition[] => [
    { label: `${label}, not below`, theta: aboveLow },
    { label: `${label}, not above`, theta: belowHigh },
  ]);
  const at = [...points].sort((a, b) => Math.abs(b.ratio.mean - 1) - Math.abs(a.ratio.mean - 1))[0];
  const predicted = `ratio 1 ± ${formatted(margin)}`;
  if (at === undefined) return { conditions, measured: NO_DATA, predicted };
  const where = points.length > 1 ? ` (furthest at ${at.label})` : "";
  return {
    conditions,
    measured: {
      text: `ratio ${estimateText(at.ratio)}${where}`,
      value: at.ratio.mean,
      interval: intervalOf(at.ratio),
    },
    predicted,
  };
}
