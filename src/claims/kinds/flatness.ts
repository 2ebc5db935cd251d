import type { Condition } from "../statistics/conditions.js";
import { worstCondition } from "../statistics/conditions.js";
import type { MeanEstimate } from "../statistics/meanEstimate.js";
import { formatted, intervalOf } from "./numbers.js";
import type { Outcome } from "./outcome.js";

/** What a floor or a flat stretch is judged by. */
export interface FlatnessPoint {
  readonly label: string;
  /** The mean at this point. */
  readonly mean: MeanEstimate;
  /** mean - (1 - margin) * first, and (1 + margin) * first - mean, for flatness; absent at the first point or when only a floor is claimed. */
  readonly aboveLow?: MeanEstimate;
  readonly belowHigh?: MeanEstimate;
  /** mean - floor, when a floor is claimed. */
  readonly aboveFloor?: MeanEstimate;
}

/**
 * Kind *floor / flatness*: over the stated points the mean stays within the margin of the first one (flat: shown by two one-sided tests, not by a
 * slope that is not significant), and stays above a floor where one is stated. Conditions as in kind *value*; joined by `pValues`.
 */
export function flatnessTest(
  points: readonly FlatnessPoint[],
  spec: { readonly margin: number | null; readonly floor: string | null },
): Outcome {
  const conditions = points.flatMap(({ label, aboveLow, belowHigh, aboveFloor }): Condition[] => [
    ...(aboveLow === undefined ? [] : [{ label: `${label}, not below`, theta: aboveLow }]),
    ...(belowHigh === undefined ? [] : [{ label: `${label}, not above`, theta: belowHigh }]),
    ...(aboveFloor === undefined ? [] : [{ label: `${label}, over the floor`, theta: aboveFloor }]),
  ]);
  const predicted = [
    ...(spec.margin === null ? [] : [`flat within ${formatted(100 * spec.margin)} %`]),
    ...(spec.floor === null ? [] : [`above ${spec.floor}`]),
  ].join(", ");
  const worst = worstCondition(conditions);
  const at = points.find(({ label }) => worst?.label.startsWith(`${label}, `));
  if (at === undefined)
    return { conditions, measured: { text: "no data", value: null, interval: null }, predicted };
  const from = points[0]!;
  const last = points[points.length - 1]!;
  const span = points.length > 1 ? `${formatted(from.mean.mean)} to ${formatted(last.mean.mean)}` : "";
  return {
    conditions,
    measured: {
      text: points.length > 1 ? span : formatted(at.mean.mean),
      value: at.mean.mean,
      interval: intervalOf(at.mean),
    },
    predicted,
  };
}
