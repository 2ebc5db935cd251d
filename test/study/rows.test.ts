import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linearShape } from "../../src/study/rowShape.js";
import { failedRow, ledgerLine, rowOfLine } from "../../src/study/rows.js";
import { rowOf } from "../helpers/studies.js";

const shapeOf = (names: readonly string[]) => () => linearShape(names);
const NAMES = shapeOf(["standard", "raw"]);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0));
const rows = fc
  .tuple(fc.nat(), fc.nat(), fc.option(finite), finite)
  .map(([cell, replication, a, b]) => rowOf(cell, replication, { standard: a, raw: b }));

describe("ledger lines", () => {
  test("always: a row survives its line bit for bit, and the line is one line of JSON", () => {
    fc.assert(
      fc.property(rows, (row) => {
        const line = ledgerLine(row);
        expect(rowOfLine(line, NAMES)).toEqual(row);
        expect(line).not.toContain("\n");
        expect(JSON.parse(line)).toMatchObject({ cell: row.cell, replication: row.replication });
      }),
    );
  });

  test("a failed row survives with its reason, line breaks included", () => {
    const row = failedRow(1, 2, new Error('overflow in "x"\nat y'));
    expect(rowOfLine(ledgerLine(row), NAMES)).toEqual(row);
    expect(failedRow(0, 0, new Error(""))).toHaveProperty("error", "failed without a reason");
    expect(failedRow(0, 0, "text")).toHaveProperty("error", "text");
  });

  test("never reads a line in which one character was changed, added or lost", () => {
    const line = ledgerLine(rowOf(3, 4, { standard: 0.123456789, raw: 1e-20 }));
    fc.assert(
      fc.property(fc.nat(line.length - 1), fc.constantFrom("", "0", "9", "e", '"', ","), (at, piece) => {
        const changed = line.slice(0, at) + piece + line.slice(at + 1);
        if (changed !== line) expect(rowOfLine(changed, NAMES)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  test("never reads a line of a study with other methods, or no row at all", () => {
    const line = ledgerLine(rowOf(0, 0, { standard: 1 }));
    expect(rowOfLine(line, shapeOf(["standard"]))).not.toBeNull();
    expect(rowOfLine(line, NAMES)).toBeNull();
    for (const text of ["", "{}", "null", "x".repeat(500)]) expect(rowOfLine(text, NAMES)).toBeNull();
    expect(rowOfLine(ledgerLine({ cell: -1, replication: 0, error: "x" }), NAMES)).toBeNull();
    expect(rowOfLine(ledgerLine({ cell: 0, replication: 0.5, error: "x" }), NAMES)).toBeNull();
    const firstCellOnly = (cell: number) => (cell === 0 ? linearShape(["standard"]) : null);
    expect(rowOfLine(ledgerLine(rowOf(0, 0, { standard: 1 })), firstCellOnly)).not.toBeNull();
    expect(rowOfLine(ledgerLine(rowOf(1, 0, { standard: 1 })), firstCellOnly)).toBeNull();
    expect(rowOfLine(ledgerLine({ cell: 1, replication: 0, error: "x" }), firstCellOnly)).toBeNull();
  });
});
