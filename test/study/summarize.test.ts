import { describe, expect, test } from "vitest";
import { linearShape } from "../../src/study/rowShape.js";
import { checkedRow, failedRow } from "../../src/study/rows.js";
import { summarize } from "../../src/study/summarize.js";
import { constantMetrics, rowOf, smallStudy } from "../helpers/studies.js";

const study = smallStudy();

describe("summarize", () => {
  test("means, errors and paired differences by hand", () => {
    const rows = [
      rowOf(0, 0, { standard: 1, raw: 2 }),
      rowOf(0, 1, { standard: 2, raw: 5 }),
      rowOf(0, 2, { standard: 6, raw: 8 }),
    ];
    const cell = summarize(study, rows).cells[0]!;
    expect(cell.methods.standard!.sinTheta2).toEqual({
      mean: 3,
      mcse: Math.sqrt(7 / 3),
      n: 3,
      predicted: null,
      bound: null,
      deviation: null,
    });
    const [contrast] = cell.contrasts;
    expect([contrast!.a, contrast!.b]).toEqual(["raw", "standard"]);
    // Differences 1, 3, 2: their error is far below that of the two means, which is what pairing is for.
    expect(contrast!.metrics.sinTheta2).toEqual({ mean: 2, mcse: Math.sqrt(1 / 3), n: 3 });
  });

  test("a null metric is not averaged as 0 and lowers n; a pair counts only when both are there", () => {
    const rows = [
      rowOf(1, 0, { standard: null, raw: 4 }),
      rowOf(1, 1, { standard: 2, raw: 6 }),
      rowOf(1, 2, { standard: null, raw: null }),
    ];
    const cell = summarize(study, rows).cells[1]!;
    expect(cell.methods.standard!.errorRate).toMatchObject({ mean: 2, mcse: null, n: 1 });
    expect(cell.methods.raw!.errorRate).toMatchObject({ mean: 5, n: 2 });
    expect(cell.contrasts[0]!.metrics.errorRate).toEqual({ mean: 4, mcse: null, n: 1 });
  });

  test("failures are listed with their reason and are in no mean", () => {
    const rows = [rowOf(0, 0, { standard: 1, raw: 1 }), failedRow(0, 1, new Error("no convergence"))];
    const cell = summarize(study, rows).cells[0]!;
    expect(cell.failures).toEqual([{ replication: 1, error: "no convergence" }]);
    expect(cell.methods.standard!.excessRisk).toMatchObject({ mean: 1, n: 1 });
  });

  test("a cell without rows has nulls, never zeros", () => {
    const cell = summarize(study, []).cells[2]!;
    expect(cell.methods.oracle!.sinTheta2).toMatchObject({ mean: null, mcse: null, n: 0 });
    expect(cell.contrasts[0]!.metrics.sinTheta2).toEqual({ mean: null, mcse: null, n: 0 });
  });

  test("the order of the rows changes no digit", () => {
    const rows = [0.1, 0.2, 0.3, 0.7, 1e9].map((x, i) => rowOf(i % 3, i, { standard: x, raw: -x }));
    expect(summarize(study, [...rows].reverse())).toEqual(summarize(study, rows));
  });

  test("methods come in the order of the study, baselines last", () => {
    const cell = summarize(study, []).cells[0]!;
    expect(Object.keys(cell.methods)).toEqual(["standard", "raw", "no-transfer", "oracle"]);
  });

  test("annotations go beside the means of their cell, method and metric, and nowhere else", () => {
    const rows = [rowOf(1, 0, { standard: 1, raw: 2 })];
    const result = summarize(study, rows, (cell, name) =>
      cell.cell === 1 && name === "raw" ? { sinTheta2: { predicted: 0.5, bound: null } } : null,
    );
    expect(result.cells[1]!.methods.raw!.sinTheta2).toMatchObject({
      mean: 2,
      predicted: 0.5,
      bound: null,
      deviation: -0.75,
    });
    expect(result.cells[1]!.methods.raw!.errorRate.predicted).toBeNull();
    expect(result.cells[0]!.methods.raw!.sinTheta2.predicted).toBeNull();
  });
});

describe("checkedRow", () => {
  const good = rowOf(0, 0, { standard: 1, raw: null });

  test("passes a complete row through", () => {
    expect(checkedRow(good, linearShape(study.methodNames))).toBe(good);
  });

  test.each([
    ["NaN", { standard: Number.NaN, raw: 1 }, "sinTheta2 of standard", "NaN"],
    ["an infinity", { standard: 1, raw: Infinity }, "sinTheta2 of raw", "Infinity"],
    ["a missing method", { standard: 1 }, "sinTheta2 of raw", "undefined"],
  ])("%s becomes a failed row with the reason", (_label, values, ...words) => {
    const row = checkedRow(rowOf(2, 5, values), linearShape(study.methodNames));
    expect(row).toMatchObject({ cell: 2, replication: 5 });
    for (const word of words) expect("error" in row && row.error).toContain(word);
  });

  test("a missing baseline or metric fails too", () => {
    const { oracle: _oracle, ...rest } = "methods" in good ? good.methods : {};
    expect(
      checkedRow({ cell: 0, replication: 0, methods: rest }, linearShape(study.methodNames)),
    ).toHaveProperty("error");
    const { errorRate: _rate, ...metrics } = constantMetrics(1);
    const methods = { ...rest, oracle: metrics as ReturnType<typeof constantMetrics> };
    expect(checkedRow({ cell: 0, replication: 0, methods }, linearShape(study.methodNames))).toHaveProperty(
      "error",
    );
  });
});
