import type { CellSummary } from "../study/results.js";
import type { MetricName } from "../transfer/metricNames.js";
import { type Shown, shownEstimate, shownValue, type Transform } from "./interval.js";
import type { XScale } from "./xScale.js";

/** One simulated point of a curve, on the scale that the figure shows. */
export interface CurvePoint extends Shown {
  readonly cell: CellSummary;
  readonly x: number | null;
  readonly xText: string;
  readonly predicted: number | null;
  /** The bound times one constant per curve: it goes through the curve's first point. */
  readonly bound: number | null;
}

/** The points of a method in a panel, ordered by x. Empty when the method is in none of its cells. */
export function curvePoints(
  cells: readonly CellSummary[],
  method: string,
  metric: MetricName,
  transform: Transform,
  scale: XScale,
): CurvePoint[] {
  const points: CurvePoint[] = [];
  for (const cell of cells) {
    const summary = Object.hasOwn(cell.methods, method) ? cell.methods[method]![metric] : undefined;
    if (summary === undefined) continue;
    points.push({
      ...shownEstimate(summary, transform),
      cell,
      x: scale.at(cell),
      xText: scale.text(cell),
      predicted: shownValue(summary.predicted, transform),
      bound: shownValue(summary.bound, transform),
    });
  }
  points.sort((a, b) => (a.x ?? -Infinity) - (b.x ?? -Infinity));
  return scaleBound(points);
}

/** A bound is a form without a constant: the constant is chosen so that it meets the first point that has both. */
function scaleBound(points: readonly CurvePoint[]): CurvePoint[] {
  const first = points.find((p) => p.mean !== null && p.mean > 0 && p.bound !== null && p.bound > 0);
  if (first === undefined) return points.map((p) => ({ ...p, bound: null }));
  const constant = first.mean! / first.bound!;
  return points.map((p) => ({ ...p, bound: p.bound === null ? null : constant * p.bound }));
}
