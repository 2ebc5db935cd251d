import type { Problem } from "../../src/model/problem.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import type { CellSummary } from "../../src/study/results.js";
import type { Cell } from "../../src/study/study.js";
import { predict } from "../../src/theory/predict.js";
import type { Method } from "../../src/training/method.js";
import type { MetricName } from "../../src/transfer/metricNames.js";
import type { TheoryPoint } from "./theoryFigure.js";

/** The first cell of a study file, complete: the problem and the methods that predictions start from. */
export function firstCell(file: object): Cell {
  return resolveStudy(file).cells[0]!;
}

export function methodOf(cell: { readonly methods: readonly Method[] }, name: string): Method {
  const found = cell.methods.find((method) => method.name === name);
  if (found === undefined) throw new Error(`the study has no method ${name}`);
  return found;
}

/** The predicted metric of a method (default sinTheta2), null where nothing is predicted. */
export function predicted(problem: Problem, method: Method, metric: MetricName = "sinTheta2"): number | null {
  return predict(problem, method).metrics[metric];
}

/** `count` values from low to high, geometrically. */
export function geometric(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low * (high / low) ** (i / (count - 1)));
}

/** The quotient of two possibly missing numbers. */
export function quotient(a: number | null, b: number | null): number | null {
  return a === null || b === null || !(b > 0) ? null : a / b;
}

/** A metric of a method in a cell as a point at x; none where it is not defined. */
export function pointAt(
  x: number,
  cell: CellSummary,
  method: string,
  metric: MetricName = "sinTheta2",
): TheoryPoint[] {
  const { mean, mcse, predicted } = cell.methods[method]![metric];
  return mean === null ? [] : [{ x, mean, half: mcse === null ? null : 1.96 * mcse, predicted }];
}

/**
 * The error of a method relative to that of another in the same cell, as a point at x, with the delta-method interval of a quotient q = a/b on common draws:
 * var q = (var a + q^2 var b - 2 q cov) / b^2, the covariance from the paired difference. The study must have the contrast [method, reference].
 */
export function ratioAt(x: number, cell: CellSummary, method: string, reference: string): TheoryPoint[] {
  const a = cell.methods[method]!.sinTheta2;
  const b = cell.methods[reference]!.sinTheta2;
  const found = cell.contrasts.find((c) => c.a === method && c.b === reference);
  if (found === undefined) throw new Error(`the study has no contrast ${method} - ${reference}`);
  if (a.mean === null || b.mean === null || !(b.mean > 0)) return [];
  const q = a.mean / b.mean;
  const { mcse } = found.metrics.sinTheta2;
  const predicted = quotient(a.predicted, b.predicted);
  if (mcse === null || a.mcse === null || b.mcse === null) return [{ x, mean: q, half: null, predicted }];
  const covariance = (a.mcse ** 2 + b.mcse ** 2 - mcse ** 2) / 2;
  const variance = (a.mcse ** 2 + q * q * b.mcse ** 2 - 2 * q * covariance) / b.mean ** 2;
  return [{ x, mean: q, half: 1.96 * Math.sqrt(Math.max(0, variance)), predicted }];
}

/** The largest |prediction / simulation - 1| of some points, in percent, where the Monte Carlo half-width is below `known` (relative). */
export function worstDeviation(points: readonly TheoryPoint[], known: number = 0.05): string {
  const sizes = points.flatMap((p) =>
    p.predicted === null || !(p.mean > 0) || !((p.half ?? Number.NaN) < known * p.mean)
      ? []
      : [Math.abs(p.predicted / p.mean - 1)],
  );
  return sizes.length === 0 ? "—" : `${(100 * Math.max(...sizes)).toFixed(1)} %`;
}
