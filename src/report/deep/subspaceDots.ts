import type { DeepMetric } from "../../deep/study/deepMetrics.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import { rankCorrelation } from "./rankCorrelation.js";

/** One arm in one replication at one point of the grid: its subspace error, and its target error in percent. */
export interface Dot {
  readonly arm: string;
  readonly replication: number;
  readonly x: number;
  readonly y: number;
}

/** The two subspace errors of a network and what figures call them. */
export const SUBSPACES: readonly { readonly metric: DeepMetric; readonly label: string }[] = [
  { metric: "sinTheta2", label: "first layer" },
  { metric: "gradientSinTheta2", label: "gradients (AGOP)" },
];

/** The replications that have both errors. */
export function subspaceDots(result: DeepResult, subspace: DeepMetric, error: DeepMetric): Dot[] {
  return result.values.flatMap(({ cell, replication, metrics }) => {
    const [x, y] = [metrics[subspace] ?? null, metrics[error] ?? null];
    if (x === null || y === null) return [];
    return [{ arm: result.cells[cell]!.problem.arm.name, replication, x, y: 100 * y }];
  });
}

/** Rank correlations of the two errors; null where there are too few points, or no two that differ. */
export interface Correlations {
  readonly all: number | null;
  /** Between the means of the arms. */
  readonly means: number | null;
  /** The mean over arms of the correlation over the replications of one arm. */
  readonly within: number | null;
}

export function correlations(dots: readonly Dot[]): Correlations {
  const byArm = new Map<string, Dot[]>();
  for (const dot of dots) byArm.set(dot.arm, [...(byArm.get(dot.arm) ?? []), dot]);
  const of = (some: readonly { x: number; y: number }[]): number | null =>
    rankCorrelation(
      some.map(({ x }) => x),
      some.map(({ y }) => y),
    );
  const inside = [...byArm.values()].map(of).filter((rho) => rho !== null);
  return {
    all: of(dots),
    means: of([...byArm.values()].map(meanDot)),
    within: inside.length === 0 ? null : mean(inside),
  };
}

/** The means of both errors over some dots, at least one. */
export function meanDot(dots: readonly Dot[]): { readonly x: number; readonly y: number } {
  return { x: mean(dots.map(({ x }) => x)), y: mean(dots.map(({ y }) => y)) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
