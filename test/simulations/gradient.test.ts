import { describe, expect, test } from "vitest";
import { GRADIENT_SIMULATIONS } from "../../simulations/lib/gradientSimulations.js";
import { methodStyles } from "../../src/report/palette.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import { summarize } from "../../src/study/summarize.js";
import type { Metrics } from "../../src/transfer/metricNames.js";

/** Made-up metrics: falling with the cell, apart from method to method, never 0. */
function madeUp(cell: number, method: number, replication: number): Metrics {
  const error = 0.5 * 0.6 ** cell * (1 + 0.1 * method) * (1 + 0.01 * replication);
  return {
    sinTheta2: error,
    sinThetaMax: Math.min(1, error),
    excessRisk: error,
    errorRate: 0.1,
    robustErrorRate: null,
    survivingTasks: 7,
  };
}

test("ids are G1, G2, ..., and all studies have names and seeds of their own", () => {
  expect(GRADIENT_SIMULATIONS.map(({ id }) => id)).toEqual(GRADIENT_SIMULATIONS.map((_, i) => `G${i + 1}`));
  const studies = GRADIENT_SIMULATIONS.flatMap(({ studies }) => studies.map(resolveStudy));
  expect(new Set(studies.map(({ name }) => name)).size).toBe(studies.length);
  expect(new Set(studies.map(({ seed }) => seed)).size).toBe(studies.length);
});

describe("every simulation draws its figures and says what is seen", () => {
  test.each(GRADIENT_SIMULATIONS.map((one) => [one.id, one] as const))("%s", (_, simulation) => {
    const results = simulation.studies.map((file) => {
      const study = resolveStudy({ ...file, replications: 2 });
      const names = [...study.methodNames, "no-transfer", "oracle"];
      const rows = study.cells.flatMap(({ cell }) =>
        [0, 1].map((replication) => ({
          cell,
          replication,
          methods: Object.fromEntries(names.map((name, k) => [name, madeUp(cell, k, replication)])),
        })),
      );
      return summarize(study, rows);
    });
    const styles = methodStyles(results.flatMap((r) => Object.keys(r.cells[0]!.methods)));
    const figures = simulation.figures(results, styles);
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) {
      expect(figure.data.length).toBeGreaterThan(1);
      expect(JSON.stringify(figure)).not.toMatch(/NaN|Infinity|undefined/);
    }
    expect(simulation.seen(results)).not.toMatch(/NaN|undefined|Infinity/);
  });
});
