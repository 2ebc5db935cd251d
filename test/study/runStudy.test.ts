import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AdvTransferError } from "../../src/core/errors.js";
import { readResults, replay } from "../../src/study/readResults.js";
import { resultJson, summaryCsv } from "../../src/study/resultText.js";
import { type RunStudyOptions, runStudy } from "../../src/study/runStudy.js";
import { simulateInProcess } from "../../src/study/simulateInProcess.js";
import type { Study } from "../../src/study/study.js";
import { scratchFolder } from "../helpers/scratch.js";
import { runReplication } from "../helpers/standInReplication.js";
import { smallStudy } from "../helpers/studies.js";

const MODULE = new URL("../helpers/standInReplication.ts", import.meta.url).href;
const FILES = ["replications.jsonl", "study.json", "summary.csv"];
const study = smallStudy();

const run = (of: Study, options: RunStudyOptions): ReturnType<typeof runStudy> =>
  runStudy(of, { workers: 1, replicationModule: MODULE, ...options });

const bytes = (folder: string): string[] => FILES.map((name) => readFileSync(join(folder, name), "utf8"));

async function refusal(action: Promise<unknown>): Promise<AdvTransferError> {
  const error = await action.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AdvTransferError);
  return error as AdvTransferError;
}

async function reference(of: Study = study): Promise<string[]> {
  const folder = scratchFolder();
  await run(of, { out: folder });
  return bytes(folder);
}

describe("runStudy", () => {
  test("gives the same bytes with 1 thread and 3 worker threads, in memory and in the browser's runner", async () => {
    const expected = await reference();
    const result = await simulateInProcess(study, runReplication);
    for (const workers of [1, 3]) {
      const folder = scratchFolder();
      const found = await run(study, { out: folder, workers });
      expect(bytes(folder)).toEqual(expected);
      expect(readdirSync(folder).sort()).toEqual(FILES);
      expect(resultJson(found)).toBe(resultJson(result));
    }
    expect(resultJson(await run(study, { workers: 2 }))).toBe(resultJson(result));
    expect(expected[2]).toBe(summaryCsv(result));
  });

  test("a stopped run keeps what it computed, and resumed it ends with the bytes of one that was not", async () => {
    const slow = smallStudy({ replications: 30 }, { target: { norm: 19 } });
    const expected = await reference(slow);
    for (const workers of [1, 2]) {
      const folder = scratchFolder();
      const controller = new AbortController();
      const onProgress = ({ done }: { done: number }): void => {
        if (done >= 10) controller.abort();
      };
      const error = await refusal(run(slow, { out: folder, workers, signal: controller.signal, onProgress }));
      expect(error.code).toBe("interrupted");
      expect(readdirSync(folder).sort()).toEqual(["replications.jsonl", "study.json"]);
      const kept = readFileSync(join(folder, "replications.jsonl"), "utf8");
      expect(kept.split("\n").length - 1).toBeGreaterThanOrEqual(10);
      expect(kept.length).toBeLessThan(expected[0]!.length);
      // Two threads may stop with a gap between them; every line is one of the undisturbed run, in its order.
      const lines = expected[0]!.split("\n");
      const places = kept.split("\n").map((line) => lines.indexOf(line));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      await run(slow, { out: folder, workers, resume: true });
      expect(bytes(folder)).toEqual(expected);
    }
  });

  test("resuming computes only what is missing, and a complete study not at all", async () => {
    const folder = scratchFolder();
    await run(study, { out: folder });
    const counts: number[] = [];
    const onProgress = ({ done }: { done: number }): void => void counts.push(done);
    await run(study, { out: folder, resume: true, onProgress });
    expect(counts).toEqual([24]);
  });

  test("resuming where nothing is begins", async () => {
    const folder = join(scratchFolder(), "a", "b");
    await run(study, { out: folder, resume: true });
    expect(bytes(folder)).toEqual(await reference());
  });

  test("a ledger cut anywhere is completed to the same bytes, and it is said", async () => {
    const expected = await reference();
    for (const share of [0, 0.3, 0.77, 0.999]) {
      const folder = scratchFolder();
      await run(study, { out: folder });
      truncateSync(join(folder, "replications.jsonl"), Math.floor(share * expected[0]!.length));
      const notices: string[] = [];
      await run(study, { out: folder, resume: true, onNotice: (text) => notices.push(text) });
      expect(bytes(folder)).toEqual(expected);
      expect(notices).toHaveLength(share === 0 ? 0 : 1);
      if (share > 0) expect(notices[0]).toContain("cut off");
    }
  });

  test("damaged, repeated and strange lines are computed again, and it is said", async () => {
    const expected = await reference();
    const folder = scratchFolder();
    await run(study, { out: folder });
    const lines = expected[0]!.trimEnd().split("\n");
    lines[3] = lines[3]!.replace("errorRate", "error");
    lines[9] = "\u0000\u0000\u0000";
    lines.splice(15, 2);
    lines.push(lines[0]!);
    writeFileSync(join(folder, "replications.jsonl"), `${lines.reverse().join("\n")}\n`);
    const notices: string[] = [];
    await run(study, { out: folder, resume: true, onNotice: (text) => notices.push(text) });
    expect(bytes(folder)).toEqual(expected);
    expect(notices.join()).toContain("2 of its lines cannot be used");
  });

  test("more replications of the same study are added, to the bytes of a study that began with them", async () => {
    const folder = scratchFolder();
    await run(study, { out: folder });
    const longer = smallStudy({ replications: 13 });
    await run(longer, { out: folder, resume: true });
    expect(bytes(folder)).toEqual(await reference(longer));
  });

  test("another study's folder is refused and stays as it was", async () => {
    const folder = scratchFolder();
    await run(study, { out: folder });
    const before = bytes(folder);
    const other = smallStudy({ seed: 4 });
    for (const options of [{}, { resume: true }]) {
      const error = await refusal(run(other, { out: folder, ...options }));
      expect(error.code).toBe("bad-input");
      expect(error.message).toContain("another study");
    }
    expect((await refusal(run(study, { out: folder }))).hint).toContain("--resume");
    expect(bytes(folder)).toEqual(before);
    expect(readdirSync(folder).sort()).toEqual(FILES);
    await run(other, { out: folder, overwrite: true });
    expect(bytes(folder)).toEqual(await reference(other));
  });

  test("two runs never write one folder at the same time", async () => {
    const folder = scratchFolder();
    const slow = smallStudy({ replications: 30 }, { target: { norm: 19 } });
    const first = run(slow, { out: folder });
    const second = await refusal(run(slow, { out: folder, resume: true }));
    expect(second.message).toContain("is writing to it");
    await first;
    expect(bytes(folder)).toEqual(await reference(slow));
  });

  test("failed replications are rows and in no mean; they survive a resume unchanged", async () => {
    const unlucky = smallStudy({}, { target: { norm: 13 } });
    const folder = scratchFolder();
    const result = await run(unlucky, { out: folder });
    const cell = result.cells[1]!;
    expect(cell.failures.map(({ replication }) => replication)).toEqual([0, 3, 6]);
    expect(cell.failures[1]!.error).toBe("replication 3 is unlucky");
    expect(cell.methods.raw!.sinTheta2.n).toBe(5);
    const before = bytes(folder);
    await run(unlucky, { out: folder, resume: true });
    expect(bytes(folder)).toEqual(before);
  });

  test("a worker that breaks fails the study with its reason; nothing half-written is left", async () => {
    for (const workers of [1, 2]) {
      const folder = scratchFolder();
      const error = await refusal(
        run(study, { out: folder, workers, replicationModule: "file:///nowhere/none.js" }),
      );
      expect(error.code).toBe("study-failed");
      expect(error.message).toContain("none.js");
      expect(readdirSync(folder).filter((name) => name !== "replications.jsonl")).toEqual(["study.json"]);
    }
  });

  test.each([
    ["workers", { workers: 0 }],
    ["workers", { workers: 1.5 }],
    ["workers", { workers: 257 }],
    ["workers", { workers: Number.NaN }],
    ["together", { resume: true, overwrite: true }],
  ])("%s: %j is refused and writes nothing", async (word, options) => {
    const folder = join(scratchFolder(), "out");
    const error = await refusal(run(study, { out: folder, ...options }));
    expect(error.code).toBe("bad-input");
    expect(error.message).toContain(word);
    expect(existsSync(folder)).toBe(false);
  });
});

describe("replay", () => {
  test("a replication alone is the row of the ledger bit for bit", async () => {
    const folder = scratchFolder();
    await run(study, { out: folder });
    const { row, stored, same } = await replay(folder, 2, 5, MODULE);
    expect(same).toBe(true);
    expect(row).toEqual(stored);
    expect(row).toEqual(runReplication(study, study.cells[2]!, 5));
  });

  test("says when the ledger differs, and when it has no such row", async () => {
    const folder = scratchFolder();
    await run(study, { out: folder });
    const path = join(folder, "replications.jsonl");
    const lines = readFileSync(path, "utf8").split("\n");
    const { ledgerLine } = await import("../../src/study/rows.js");
    const altered = { ...JSON.parse(lines[1]!), replication: 0 };
    const { check: _check, ...row } = altered;
    writeFileSync(path, `${ledgerLine(row)}\n`);
    expect((await replay(folder, 0, 0, MODULE)).same).toBe(false);
    expect(await replay(folder, 0, 1, MODULE)).toMatchObject({ stored: null, same: null });
  });

  test("refuses cells and replications that the study does not have", async () => {
    const folder = scratchFolder();
    await run(study, { out: folder });
    expect((await refusal(replay(folder, 3, 0, MODULE))).message).toContain(
      "cell must be an integer in [0, 2]",
    );
    expect((await refusal(replay(folder, 0, 8, MODULE))).message).toContain("replication must be");
    expect((await refusal(replay(folder, 0, Number.NaN, MODULE))).message).toContain("received NaN");
  });
});

describe("readResults", () => {
  test("summarises a complete folder to the same result, and a part of it honestly", async () => {
    const folder = scratchFolder();
    const result = await run(study, { out: folder });
    expect(readResults(folder)).toMatchObject({ result, done: 24, total: 24, damaged: 0 });
    const path = join(folder, "replications.jsonl");
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, `${lines.slice(0, 12).join("\n")}\n${lines[12]!.slice(0, 50)}`);
    const before = readFileSync(path, "utf8");
    const part = readResults(folder);
    expect(part).toMatchObject({ done: 12, damaged: 1 });
    expect(part.result.cells[0]).toEqual(result.cells[0]);
    expect(part.result.cells[2]!.methods.raw!.sinTheta2).toMatchObject({ mean: null, n: 0 });
    expect(readFileSync(path, "utf8")).toBe(before);
    writeFileSync(path, "");
    expect(() => readResults(folder)).toThrow("at least one replication");
  });
});
