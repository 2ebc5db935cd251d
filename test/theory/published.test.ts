import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACCURACY_STUDIES } from "../../simulations/lib/accuracyStudies.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import { BASELINES } from "../../src/study/results.js";
import { predict } from "../../src/theory/predict.js";
import { predictBaseline } from "../../src/theory/predictBaseline.js";

/** A row of docs/data/prediction-accuracy.csv: six digits of a prediction, next to the simulated mean that it is judged by. */
interface Row {
  readonly study: string;
  readonly cell: number;
  readonly method: string;
  readonly metric: "sinTheta2" | "excessRisk";
  readonly predicted: number;
}

const ROW = /^([^,]+),(\d+),.*,"([^"]+)",(sinTheta2|excessRisk),(?:[^,]+,){3}([^,]+),[^,]*$/;
const ROWS: readonly Row[] = readFileSync(
  new URL("../../docs/data/prediction-accuracy.csv", import.meta.url),
  "utf8",
)
  .split("\n")
  .flatMap((line) => {
    const found = ROW.exec(line);
    if (found === null) return [];
    const [, study, cell, method, metric, predicted] = found as unknown as string[];
    return [
      {
        study: study!,
        cell: Number(cell),
        method: method!,
        metric: metric as Row["metric"],
        predicted: Number(predicted),
      },
    ];
  });

/** Rounding to six digits moves a number by 5e-6 of itself at most. */
const DIGITS = 5.1e-6;

describe("every published prediction is what predict returns, to the six digits of the table", () => {
  it("has all the rows that the text of docs/theory.md counts, and those of the baselines", () => {
    const baselines = ROWS.filter(({ method }) => BASELINES.some((name) => name === method));
    expect(ROWS.length - baselines.length).toBe(2 * 496);
    expect(baselines.length).toBe(80 * 3);
  });

  for (const file of ACCURACY_STUDIES as readonly { readonly name: string }[]) {
    const rows = ROWS.filter(({ study }) => study === file.name);
    for (const index of new Set(rows.map(({ cell }) => cell))) {
      it(`${file.name}, cell ${index}`, () => {
        const { problem, methods } = resolveStudy(file).cells[index]!;
        const predictions = new Map([
          ...methods.map((method) => [method.name, predict(problem, method)] as const),
          ...BASELINES.map((name) => [name, predictBaseline(problem, name)] as const),
        ]);
        for (const { cell, method, metric, predicted } of rows) {
          if (cell !== index) continue;
          const value = predictions.get(method)!.metrics[metric]!;
          expect(Math.abs(value - predicted), `${method}, ${metric}: ${value}`).toBeLessThanOrEqual(
            DIGITS * predicted,
          );
        }
      });
    }
  }
});
