import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { indexLedger, ledgerRow, ledgerRows, rewriteLedger } from "../../../src/study/disk/ledgerIndex.js";
import { LedgerWriter } from "../../../src/study/disk/ledgerWriter.js";
import { failedRow, ledgerLine } from "../../../src/study/rows.js";
import { scratchFolder } from "../../helpers/scratch.js";
import { rowOf, smallStudy } from "../../helpers/studies.js";

const study = smallStudy();
const row = (cell: number, replication: number) =>
  rowOf(cell, replication, { standard: cell, raw: replication });
const rows = [0, 1, 2].flatMap((cell) =>
  [0, 1, 2, 3, 4, 5, 6, 7].map((replication) => row(cell, replication)),
);
const keys = (index: ReturnType<typeof indexLedger>): number[] =>
  [...index.rows.keys()].sort((a, b) => a - b);

function ledger(lines: readonly string[]): string {
  const path = join(scratchFolder(), "replications.jsonl");
  writeFileSync(path, lines.join(""));
  return path;
}
const line = (cell: number, replication: number): string => `${ledgerLine(row(cell, replication))}\n`;

describe("the ledger", () => {
  test("what is appended is read back, in order, and is canonical", () => {
    const path = join(scratchFolder(), "replications.jsonl");
    const writer = new LedgerWriter(path);
    writer.append(rows.slice(0, 5));
    writer.append(rows.slice(5));
    writer.close();
    const index = indexLedger(path, study);
    expect(index).toMatchObject({ damaged: 0, torn: false, canonical: true });
    expect([...ledgerRows(index, study)]).toEqual(rows);
    expect(ledgerRow(index, study, 1, 6)).toEqual(row(1, 6));
    expect(ledgerRow(index, study, 1, 7)).toEqual(row(1, 7));
  });

  test("a missing ledger is an empty one", () => {
    const index = indexLedger(join(scratchFolder(), "none"), study);
    expect(index).toMatchObject({ damaged: 0, canonical: true });
    expect(index.rows.size).toBe(0);
    expect(ledgerRow(index, study, 0, 0)).toBeNull();
  });

  test("a torn last line is tolerated and known for what it is, wherever it was cut", () => {
    const text = line(0, 2);
    for (const cut of [1, 40, text.length - 2, text.length - 1]) {
      const index = indexLedger(ledger([line(0, 0), line(0, 1), text.slice(0, cut)]), study);
      expect(index).toMatchObject({ damaged: 1, torn: true, canonical: false });
      expect(keys(index)).toEqual([0, 1]);
    }
  });

  test("damaged lines are left out, the others are kept", () => {
    const path = ledger([
      line(0, 0),
      "garbage\n",
      line(0, 1).replace("1", "2"),
      "\n",
      line(2, 7),
      "\u0000\uFFFD\n",
    ]);
    const index = indexLedger(path, study);
    expect(index).toMatchObject({ damaged: 4, torn: false, canonical: false });
    expect(keys(index)).toEqual([0, 23]);
  });

  test("rows of no cell or replication of the study are left out", () => {
    const index = indexLedger(ledger([line(3, 0), line(0, 8), line(0, 0)]), study);
    expect(index.damaged).toBe(2);
    expect(keys(index)).toEqual([0]);
  });

  test("a row twice counts once; two rows that contradict each other are both left out", () => {
    const other = `${ledgerLine(rowOf(0, 1, { standard: 9, raw: 9 }))}\n`;
    const twice = indexLedger(ledger([line(0, 0), line(0, 0)]), study);
    expect(twice).toMatchObject({ damaged: 0, canonical: false });
    expect(keys(twice)).toEqual([0]);
    const contradiction = indexLedger(ledger([line(0, 0), line(0, 1), other]), study);
    expect(contradiction.damaged).toBe(2);
    expect(keys(contradiction)).toEqual([0]);
  });

  test("good rows out of order are all there, and the ledger is not canonical", () => {
    const index = indexLedger(ledger([line(0, 1), line(0, 0)]), study);
    expect(index).toMatchObject({ damaged: 0, canonical: false });
    expect([...ledgerRows(index, study)]).toEqual([row(0, 0), row(0, 1)]);
  });

  test("rewriting gives the bytes of an undisturbed run", () => {
    const path = ledger([line(1, 0), "x\n", line(0, 3), line(0, 0), line(0, 3)]);
    rewriteLedger(indexLedger(path, study));
    expect(readFileSync(path, "utf8")).toBe([line(0, 0), line(0, 3), line(1, 0)].join(""));
    expect(indexLedger(path, study).canonical).toBe(true);
  });

  test("rows are found in every part of a ledger that is longer than several reads", () => {
    const many = [0, 1, 2, 3, 4, 5].map((replication) =>
      failedRow(0, replication, "x".repeat(400_000 + replication)),
    );
    const index = indexLedger(ledger(many.map((each) => `${ledgerLine(each)}\n`)), study);
    expect([...ledgerRows(index, study)]).toEqual(many);
  });

  test("lines longer than a read, and text beyond ASCII, are found at their byte offsets", () => {
    const long = failedRow(0, 0, new Error("é".repeat(1_500_000)));
    const path = ledger([`${ledgerLine(long)}\n`]);
    appendFileSync(path, line(0, 1));
    const index = indexLedger(path, study);
    expect([...ledgerRows(index, study)]).toEqual([long, row(0, 1)]);
  });
});
