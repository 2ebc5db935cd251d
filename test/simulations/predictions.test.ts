import { describe, expect, test } from "vitest";
import { PREDICTIONS } from "../../simulations/lib/predictions.js";
import { parabolaVertex } from "../../simulations/lib/theoryFigure.js";
import type { Problem } from "../../src/model/problem.js";
import { methodStyles } from "../../src/report/palette.js";
import { loadReplication } from "../../src/study/loadReplication.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import { simulateInProcess } from "../../src/study/simulateInProcess.js";
import type { Cell } from "../../src/study/study.js";
import { summarize } from "../../src/study/summarize.js";

test("ids are P1 to P6, and the studies of all six have names and seeds of their own", () => {
  expect(PREDICTIONS.map(({ id }) => id)).toEqual(["P1", "P2", "P3", "P4", "P5", "P6"]);
  const studies = PREDICTIONS.flatMap(({ studies }) => studies.map(resolveStudy));
  expect(new Set(studies.map(({ name }) => name)).size).toBe(studies.length);
  expect(new Set(studies.map(({ seed }) => seed)).size).toBe(studies.length);
});

describe("every simulation draws its figures and says what is seen", () => {
  test.each(PREDICTIONS.map((one) => [one.id, one] as const))("%s", (_, simulation) => {
    const results = simulation.studies.map((file) => {
      const study = resolveStudy({ ...file, replications: 2 });
      // Made-up rows and predictions: errors that fall with every resource, so that ratios and differences exist.
      const rows = study.cells.flatMap((cell) =>
        [0, 1].map((replication) => ({ cell: cell.cell, replication, methods: madeUp(cell, replication) })),
      );
      return summarize(study, rows, ({ problem, methods }, name) => {
        const i = methods.findIndex((method) => method.name === name);
        const theory = { predicted: falling(problem) * (1 + 0.05 * i), bound: null };
        return { sinTheta2: theory, excessRisk: theory };
      });
    });
    const figures = simulation.figures(
      results,
      methodStyles(results.flatMap((r) => Object.keys(r.cells[0]!.methods))),
    );
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) {
      expect(figure.data.length).toBeGreaterThan(1);
      expect(JSON.stringify(figure)).not.toMatch(/NaN|Infinity|undefined/);
    }
    expect(simulation.seen(results)).not.toMatch(/NaN|undefined|Infinity/);
  });
});

test("a real replication has a value for every method of each simulation's first study", async () => {
  const usual = new URL("../../src/study/replication.ts", import.meta.url).href;
  for (const simulation of PREDICTIONS) {
    const file = simulation.studies[0] as { problem: object; vary?: Record<string, unknown[]> };
    const vary = Object.fromEntries(
      Object.entries(file.vary ?? {}).map(([path, values]) => [path, values.slice(0, 1)]),
    );
    const study = resolveStudy({ ...file, vary, replications: 1 });
    const run = await loadReplication(simulation.replicationModule ?? usual);
    const result = await simulateInProcess(study, run);
    for (const name of study.methodNames) {
      expect(result.cells[0]!.methods[name]!.sinTheta2.mean).not.toBeNull();
    }
  }
});

test("the vertex of a parabola is found from three of its points, unevenly spaced; an end stays an end", () => {
  const point = (x: number) => ({ x, mean: 2 * (x - 0.37) ** 2 + 1, half: null, predicted: null });
  expect(parabolaVertex([0, 0.2, 0.5, 0.6].map(point))).toBeCloseTo(0.37, 10);
  expect(parabolaVertex([0.4, 0.5, 0.6].map(point))).toBe(0.4);
});

function falling({ tasks, labeled, unlabeled }: Problem): number {
  return 100 / (tasks * (labeled + unlabeled / 2) + 100);
}

function madeUp(cell: Cell, replication: number) {
  const all = [...cell.methods.map(({ name }) => name), "no-transfer", "oracle"];
  return Object.fromEntries(
    all.map((name, i) => {
      const value = falling(cell.problem) * (1 + 0.1 * replication + 0.05 * i);
      const metrics = {
        sinTheta2: value,
        sinThetaMax: value,
        excessRisk: value,
        errorRate: value,
        robustErrorRate: value,
        survivingTasks: 5,
      };
      return [name, metrics] as const;
    }),
  );
}
