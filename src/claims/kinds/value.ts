import type { Condition } from "../statistics/conditions.js";
import { worstCondition } from "../statistics/conditions.js";
import type { MeanEstimate } from "../statistics/meanEstimate.js";
import { studentQuantile } from "../statistics/studentT.js";
import { formatted } from "./numbers.js";
import type { Outcome } from "./outcome.js";

/** One point of an equality within a margin: estimates of A - (1 - margin) B and (1 + margin) B - A, and the two means. */
export interface ValuePoint {
  readonly label: string;
  readonly aboveLow: MeanEstimate;
  readonly belowHigh: MeanEstimate;
  /** E[A], measured. */
  readonly measured: number;
  /** B: a prediction, or the mean of what A should equal. */
  readonly reference: number;
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
  const worst = worstCondition(conditions);
  const at = points.find(({ label }) => worst?.label.startsWith(`${label}, not`));
  const predicted = `ratio 1 ± ${formatted(margin)}`;
  if (worst === null || at === undefined)
    return { conditions, measured: { text: "no data", value: null, interval: null }, predicted };
  const ratio = at.measured / at.reference;
  // The low side's error in units of B: what the ratio's own would be, up to the margin.
  const half = (studentQuantile(0.025, at.aboveLow.dof) * at.aboveLow.se) / Math.abs(at.reference);
  const where = points.length > 1 ? ` (furthest: ${at.label})` : "";
  return {
    conditions,
    measured: {
      text: `ratio ${formatted(ratio)} ± ${formatted(half, 2)}${where}`,
      value: ratio,
      interval: [ratio - half, ratio + half],
    },
    predicted,
  };
}
