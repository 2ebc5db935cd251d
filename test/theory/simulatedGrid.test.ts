import { describe, expect, it } from "vitest";
import { simulatedGrid } from "../../scripts/simulatedGrid.js";
import { predict } from "../../src/theory/predict.js";
import type { Method } from "../../src/training/method.js";
import { METRIC_NAMES, type MetricName } from "../../src/transfer/metricNames.js";

const GRID = simulatedGrid();

/** Every cell of the grid with its prediction. */
const CELLS = GRID.flatMap(({ problem, methods }) =>
  methods.map(({ method, mean }) => ({ method, mean, metrics: predict(problem, method).metrics })),
);

/** Relative deviations of a metric over the cells that `keep` selects, sorted. */
function deviations(metric: MetricName, keep: (method: Method) => boolean): number[] {
  const result: number[] = [];
  for (const { method, mean, metrics } of CELLS) {
    const simulated = mean[METRIC_NAMES.indexOf(metric)];
    const predicted = metrics[metric];
    if (!keep(method) || simulated === null || simulated === undefined || predicted === null) continue;
    result.push(Math.abs(predicted / simulated - 1));
  }
  return result.sort((a, b) => a - b);
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.floor(q * (sorted.length - 1))]!;

const isLInf = (method: Method): boolean => method.attack?.norm === Infinity;
const isEdgeRaw = (method: Method): boolean =>
  method.attack?.norm === 2 && method.aggregation !== "normalized";

describe("predict, against an independent simulation", () => {
  it("has problems enough, spread over the regimes", () => {
    expect(GRID.length).toBeGreaterThanOrEqual(60);
    const ratios = GRID.map(({ problem }) => problem.dimension / problem.tasks);
    expect(Math.min(...ratios)).toBeLessThanOrEqual(0.1);
    expect(Math.max(...ratios)).toBeGreaterThanOrEqual(15);
  });

  // Monte Carlo errors of the simulated means are 0.2 to 0.7 % (l_inf: up to 2 %).
  it("is within 0.6 % in the median and 2.5 % in 95 % of the l2-type cells, for subspace error and excess risk", () => {
    for (const metric of ["sinTheta2", "excessRisk"] as const) {
      const all = deviations(metric, (method) => !isLInf(method) && !isEdgeRaw(method));
      expect(all.length).toBeGreaterThan(120);
      expect(quantile(all, 0.5)).toBeLessThan(0.006);
      expect(quantile(all, 0.95)).toBeLessThan(0.025);
      expect(quantile(all, 1)).toBeLessThan(0.04);
    }
  });

  it("is within 1.2 % in the median and 5.5 % in 95 % of the l_inf cells", () => {
    for (const metric of ["sinTheta2", "excessRisk"] as const) {
      const all = deviations(metric, isLInf);
      expect(all.length).toBeGreaterThan(60);
      expect(quantile(all, 0.5)).toBeLessThan(0.012);
      expect(quantile(all, 0.95)).toBeLessThan(0.055);
      expect(quantile(all, 1)).toBeLessThan(0.12);
    }
  });

  it("predicts the error rate, the robust error rate, the largest angle and the survivors too", () => {
    const every = (): boolean => true;
    const notEdgeRaw = (method: Method): boolean => !isEdgeRaw(method);
    expect(quantile(deviations("errorRate", notEdgeRaw), 0.95)).toBeLessThan(0.006);
    expect(quantile(deviations("robustErrorRate", notEdgeRaw), 0.95)).toBeLessThan(0.04);
    expect(quantile(deviations("sinThetaMax", notEdgeRaw), 0.95)).toBeLessThan(0.025);
    expect(quantile(deviations("survivingTasks", every), 1)).toBeLessThan(0.015);
  });

  it("stays within 20 % where it warns of the filter's edge on unnormalised columns", () => {
    const all = deviations("sinTheta2", isEdgeRaw);
    expect(all.length).toBeGreaterThan(5);
    expect(quantile(all, 0.5)).toBeLessThan(0.03);
    expect(quantile(all, 1)).toBeLessThan(0.2);
  });
});
