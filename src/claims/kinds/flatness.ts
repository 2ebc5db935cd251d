import type { Condition } from "../statistics/conditions.js";
import type { MeanEstimate } from "../statistics/meanEstimate.js";
import { estimateText, formatted, intervalOf } from "./numbers.js";
import { type Measured, NO_DATA, type Outcome } from "./outcome.js";

/** What a floor or a flat stretch is judged by. */
export interface FlatnessPoint {
  readonly label: string;
  /** The mean at this point. */
  readonly mean: MeanEstimate;
  /** mean - (1 - margin) * first, and (1 + margin) * first - mean, for flatness; absent at the first point or when only a floor is claimed. */
  readonly aboveLow?: MeanEstimate;
  readonly belowHigh?: MeanEstimate;
  /** mean / first with the standard error of the linearised ratio: for people; absent where `aboveLow` is. */
  readonly toFirst?: MeanEstimate;
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
    ...(spec.margin === null ? [] : [`ratio to the first 1 ± ${formatted(spec.margin)}`]),
    ...(spec.floor === null ? [] : [`above ${spec.floor}`]),
  ].join(", ");
  return {
    conditions,
    measured: spec.margin === null ? lowest(points) : furthest(points, spec.floor),
    predicted,
  };
}

/** Of a floor alone: the lowest mean. */
function lowest(points: readonly FlatnessPoint[]): Measured {
  const at = leastOf(points);
  if (at === undefined) return NO_DATA;
  return {
    text: `at least ${estimateText(at.mean)}${points.length > 1 ? ` (lowest at ${at.label})` : ""}`,
    value: at.mean.mean,
    interval: intervalOf(at.mean),
  };
}

/** Of a flat stretch: the ratio to the first point that is furthest from 1. */
function furthest(points: readonly FlatnessPoint[], floor: string | null): Measured {
  const ratios = points.flatMap(({ label, aboveLow, toFirst }) => {
    return aboveLow === undefined || toFirst === undefined ? [] : [{ label, ratio: toFirst }];
  });
  const at = ratios.sort((a, b) => Math.abs(b.ratio.mean - 1) - Math.abs(a.ratio.mean - 1))[0];
  if (at === undefined) return NO_DATA;
  const where = ratios.length > 1 ? ` (furthest at ${at.label})` : "";
  const least = floor === null ? "" : `, all above ${formatted(leastOf(points)!.mean.mean)}`;
  return {
    text: `ratio ${estimateText(at.ratio)}${where}${least}`,
    value: at.ratio.mean,
    interval: intervalOf(at.ratio),
  };
}

function leastOf(points: readonly FlatnessPoint[]): FlatnessPoint | undefined {
  return [...points].sort((a, b) => a.mean.mean - b.mean.mean)[0];
}
