import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { simulatedGrid } from "../../scripts/simulatedGrid.js";
import { ACCURACY_STUDIES } from "../../simulations/lib/accuracyStudies.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import { BASELINES } from "../../src/study/results.js";
import { predict } from "../../src/theory/predict.js";
import { predictBaseline } from "../../src/theory/predictBaseline.js";
import { METRIC_NAMES, type MetricName, type Metrics } from "../../src/transfer/metricNames.js";

/** Six digits of a published prediction. */
interface Row {
  readonly place: string;
  readonly method: string;
  readonly metric: MetricName;
  readonly predicted: number;
}

/** The rows of a table of docs/data that `pattern` matches: place, method, metric, prediction. */
function rowsOf(file: string, pattern: RegExp): Row[] {
  const text = readFileSync(new URL(`../../docs/data/${file}`, import.meta.url), "utf8");
  return [...text.matchAll(pattern)].map(([, place, method, metric, predicted]) => ({
    place: place!,
    method: method!,
    metric: metric as MetricName,
    predicted: Number(predicted),
  }));
}

/** Rounding to six digits moves a number by 5e-6 of itself at most. */
const DIGITS = 5.1e-6;

function expectPublished(rows: readonly Row[], predictions: ReadonlyMap<string, Metrics>): void {
  for (const { method, metric, predicted } of rows) {
    const value = predictions.get(method)![metric]!;
    const gap = Math.abs(value - predicted);
    expect(gap, `${method}, ${metric}: ${value}`).toBeLessThanOrEqual(DIGITS * predicted);
  }
}

describe("the predictions beside this toolkit's own simulation are what predict returns, to their six digits", () => {
  const rows = rowsOf(
    "prediction-accuracy.csv",
    /^([^,]+,\d+),.*,"([^"]+)",(sinTheta2|excessRisk),(?:[^,]+,){3}([^,]+),[^,]*$/gm,
  );

  it("are as many as the text of docs/theory.md counts, and those of the baselines", () => {
    const baselines = rows.filter(({ method }) => BASELINES.some((name) => name === method));
    expect(rows.length - baselines.length).toBe(2 * 496);
    expect(baselines.length).toBe(80 * 3);
  });

  for (const file of ACCURACY_STUDIES as readonly { readonly name: string }[]) {
    const own = rows.filter(({ place }) => place.startsWith(`${file.name},`));
    for (const place of new Set(own.map((row) => row.place))) {
      it(place, () => {
        const { problem, methods } = resolveStudy(file).cells[Number(place.split(",")[1])]!;
        expectPublished(
          own.filter((row) => row.place === place),
          new Map([
            ...methods.map((method) => [method.name, predict(problem, method).metrics] as const),
            ...BASELINES.map((name) => [name, predictBaseline(problem, name).metrics] as const),
          ]),
        );
      });
    }
  }
});

describe("the predictions beside the independent simulation are what predict returns, to their six digits", () => {
  const rows = rowsOf("prediction-independent.csv", /^([^,]+),"([^"]+)",(\w+),[^,]*,[^,]*,([^,]+)$/gm);

  it("are all that predict does not answer with null", () => {
    const known = simulatedGrid().flatMap(({ problem, methods }) =>
      methods.flatMap(({ method }) => {
        const { metrics } = predict(problem, method);
        return METRIC_NAMES.filter((name) => metrics[name] !== null);
      }),
    );
    expect(rows.length).toBe(known.length);
  });

  for (const { id, problem, methods } of simulatedGrid()) {
    it(`problem ${id}`, () => {
      expectPublished(
        rows.filter(({ place }) => place === id),
        new Map(methods.map(({ method }) => [method.name, predict(problem, method).metrics])),
      );
    });
  }
});
