import { describe, expect, test } from "vitest";
import { resultJson, summaryCsv } from "../../src/study/resultText.js";
import { failedRow } from "../../src/study/rows.js";
import { summarize } from "../../src/study/summarize.js";
import { rowOf, smallStudy } from "../helpers/studies.js";

/** A reader of RFC 4180, written apart from the writer. */
function readCsv(text: string): string[][] {
  const records: string[][] = [[]];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted) {
      if (char === '"' && text[i + 1] === '"') field += text[++i];
      else if (char === '"') quoted = false;
      else field += char;
    } else if (char === '"') quoted = true;
    else if (char === "," || char === "\r") {
      records.at(-1)!.push(field);
      field = "";
      if (char === "\r") {
        expect(text[++i]).toBe("\n");
        records.push([]);
      }
    } else field += char;
  }
  return records.slice(0, -1);
}

const study = smallStudy({
  vary: {
    "methods.raw.attack": [null, { norm: "inf", radius: { logThreshold: 0.5 } }],
    "problem.labeled": [5],
  },
});
const rows = [
  rowOf(0, 0, { standard: 0.25, raw: null }),
  rowOf(0, 1, { standard: 0.75, raw: null }),
  failedRow(0, 2, new Error("x")),
];

describe("summaryCsv", () => {
  const records = readCsv(summaryCsv(summarize(study, rows)));

  test("has the documented columns and one row a cell, method and metric", () => {
    expect(records[0]).toEqual([
      "cell",
      "methods.raw.attack",
      "problem.labeled",
      "method",
      "metric",
      "mean",
      "mcse",
      "n",
      "failed",
      "predicted",
      "bound",
      "deviation",
    ]);
    expect(records).toHaveLength(1 + 2 * 4 * 6);
    expect(records.every((record) => record.length === 12)).toBe(true);
  });

  test("numbers are exact, null is empty, values with commas and quotes survive", () => {
    expect(records[1]).toEqual(["0", "", "5", "standard", "sinTheta2", "0.5", "0.25", "2", "1", "", "", ""]);
    expect(records[7]).toEqual(["0", "", "5", "raw", "sinTheta2", "", "", "0", "1", "", "", ""]);
    expect(JSON.parse(records[30]![1]!)).toEqual({ norm: "inf", radius: { logThreshold: 0.5 } });
  });
});

describe("resultJson", () => {
  test("is JSON that has every number back, infinities as text", () => {
    const attack = { norm: Infinity, radius: 0.1 };
    const result = summarize(smallStudy({}, { target: { attack } }), rows.slice(0, 1));
    const read = JSON.parse(resultJson(result));
    expect(read.cells[0].methods.standard.sinTheta2.mean).toBe(0.25);
    expect(read.cells[0].problem.target.attack.norm).toBe("inf");
    expect(Object.keys(read)).toEqual([
      "study",
      "question",
      "seed",
      "fingerprint",
      "version",
      "varied",
      "cells",
    ]);
  });
});
