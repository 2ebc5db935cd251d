import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cellCost } from "../../src/study/blocks.js";
import { readResultsOf, replayOf } from "../../src/study/readResults.js";
import { summaryCsv } from "../../src/study/resultText.js";
import { runStudy, runStudyOf } from "../../src/study/runStudy.js";
import { COINS, type CoinCell, type CoinMetric, type CoinStudy, resolveCoins } from "../helpers/coinKind.js";
import { scratchFolder } from "../helpers/scratch.js";
import { smallStudy } from "../helpers/studies.js";

const study = resolveCoins({ name: "coins", replications: 4, coins: [0.5, 1] });
const run = (of: CoinStudy, out?: string) =>
  runStudyOf<CoinStudy, CoinCell, CoinMetric>(COINS, of, { out, workers: 1 });

describe("a study of another kind", () => {
  test("has rows of its own shape, summarised by its own metrics, and no baselines of the linear model", async () => {
    const { cells } = await run(study);
    expect(Object.keys(cells[0]!.methods)).toEqual(["coin 0"]);
    expect(Object.keys(cells[1]!.methods["coin 1"]!)).toEqual(["heads", "thread"]);
    expect(cells.map((cell, i) => cell.methods[`coin ${i}`]!.heads.mean)).toEqual([0.25, 0.5]);
    expect(cells.flatMap(({ failures }) => failures)).toEqual([]);
  });

  test("runs in a worker thread even when there is only one, where its kind is long", async () => {
    const long = { ...COINS, long: true };
    const there = await runStudyOf<CoinStudy, CoinCell, CoinMetric>(long, study, { workers: 1 });
    expect(there.cells[0]!.methods["coin 0"]!.thread.mean).toBe(1);
    expect((await run(study)).cells[0]!.methods["coin 0"]!.thread.mean).toBe(0);
  });

  test("a row that lacks a metric of its shape is a failure with the reason", async () => {
    const { cells } = await run(resolveCoins({ name: "coins", replications: 1, coins: [-1] }));
    expect(cells[0]!.failures[0]!.error).toContain("thread of coin 0 must be a finite number or null");
  });

  test("keeps, resumes, reads back and replays a results folder like any other", async () => {
    const [short, whole] = [scratchFolder(), scratchFolder()];
    await run(resolveCoins({ ...study.file, replications: 2 }), short);
    await runStudyOf(COINS, study, { out: short, resume: true, workers: 1 });
    const result = await run(study, whole);
    for (const file of ["replications.jsonl", "summary.csv"]) {
      expect(readFileSync(join(short, file), "utf8")).toBe(readFileSync(join(whole, file), "utf8"));
    }
    expect(summaryCsv(result)).toContain("coin 1,heads,0.5,");
    expect(readResultsOf(COINS, whole).result).toEqual(result);
    expect(await replayOf(COINS, whole, 1, 3)).toMatchObject({
      same: true,
      row: { cell: 1, replication: 3, methods: { "coin 1": { heads: 1 } } },
    });
  });

  test("a folder of one kind is refused for a study of the other, and stays as it was", async () => {
    const folder = scratchFolder();
    await run(study, folder);
    const before = readFileSync(join(folder, "study.json"), "utf8");
    await expect(runStudy(smallStudy(), { out: folder, resume: true, workers: 1 })).rejects.toThrow(
      'it has results of another study ("coins"',
    );
    expect(readFileSync(join(folder, "study.json"), "utf8")).toBe(before);
    const linear = scratchFolder();
    await runStudy(smallStudy({ replications: 1 }), { out: linear, workers: 1 });
    await expect(run(study, linear)).rejects.toThrow('it has results of another study ("small"');
  });

  test("brings the cost of its cells, by which progress is weighed", () => {
    expect(study.cells.map(cellCost)).toEqual([1, 2]);
  });
});
