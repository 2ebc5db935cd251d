import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderName } from "../../src/cli/folderName.js";
import { resumeCommand } from "../../src/cli/program.js";
import { duration, ProgressLine } from "../../src/cli/progressLine.js";
import { readStudyFile } from "../../src/cli/readStudyFile.js";
import { estimateText, resultTable } from "../../src/cli/resultTable.js";
import { run } from "../../src/cli/run.js";
import { painter, type Stream, type Terminal } from "../../src/cli/terminal.js";
import { failedRow } from "../../src/study/rows.js";
import { summarize } from "../../src/study/summarize.js";
import { scratchFolder } from "../helpers/scratch.js";
import { LEAST_PROBLEM, rowOf, smallStudy } from "../helpers/studies.js";

class FakeStream implements Stream {
  text = "";
  readonly columns = 80;
  constructor(readonly isTTY: boolean = false) {}
  write(text: string): void {
    this.text += text;
  }
}

async function call(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const stdout = new FakeStream();
  const stderr = new FakeStream();
  const terminal: Terminal = { stdout, stderr, env: {} };
  const code = await run(argv, terminal);
  return { code, out: stdout.text, err: stderr.text };
}

describe("the command line", () => {
  test("help and version end with 0, and every command has examples", async () => {
    expect(await call("--version")).toMatchObject({ code: 0, out: "0.1.0\n", err: "" });
    for (const argv of [["--help"], ["simulate", "--help"], ["replay", "--help"], ["report", "--help"]]) {
      const { code, out, err } = await call(...argv);
      expect([code, err]).toEqual([0, ""]);
      expect(out).toContain("Examples:\n  advtransfer ");
    }
  });

  test.each([
    [[], "Usage: advtransfer"],
    [["simulat", "x.json"], "Did you mean simulate?"],
    [["simulate"], "missing required argument 'file'"],
    [["simulate", "x.json", "--sed", "3"], "Did you mean --seed?"],
    [["simulate", "x.json", "y.json"], "too many arguments"],
    [
      ["simulate", "x.json", "--seed", "x"],
      '--seed must be an integer in [0, 9007199254740991], received "x"',
    ],
    [
      ["simulate", "x.json", "--seed", "-1"],
      '--seed must be an integer in [0, 9007199254740991], received "-1"',
    ],
    [["simulate", "x.json", "--workers", "0"], "--workers must be an integer in [1, 256]"],
    [["simulate", "x.json", "--replications", "1e2"], "--replications must be an integer"],
    [["simulate", "/nowhere/x.json"], "cannot read /nowhere/x.json"],
    [["replay", "/nowhere"], "--cell"],
    [["replay", "/nowhere", "--cell", "0", "--replication", "0"], "has no study.json"],
    [["report", "/nowhere"], "must be a results folder"],
  ])("%j ends with 2 and one clear error", async (argv, words) => {
    const { code, out, err } = await call(...argv);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test("a wrong study ends with 2, names file and path, and writes nothing", async () => {
    const folder = scratchFolder();
    const file = join(folder, "bad.json");
    writeFileSync(file, JSON.stringify({ problem: { ...LEAST_PROBLEM, rank: 99 } }));
    const out = join(folder, "results");
    const { code, err } = await call("simulate", file, "--out", out);
    expect(code).toBe(2);
    expect(err).toContain(`error: ${file}: problem.rank must be at most problem.dimension = 40, received 99`);
    expect(existsSync(out)).toBe(false);
  });
});

describe("readStudyFile", () => {
  test("names a study after its file, and the command line wins over the file", () => {
    const file = join(scratchFolder(), "phase transition.json");
    writeFileSync(file, JSON.stringify({ seed: 3, replications: 5, problem: LEAST_PROBLEM }));
    expect(readStudyFile(file)).toMatchObject({ name: "phase transition", seed: 3, replications: 5 });
    const given = { seed: 4, replications: undefined };
    expect(readStudyFile(file, given)).toMatchObject({ seed: 4, replications: 5 });
  });

  test("reads the study.json of a results folder too", () => {
    const file = join(scratchFolder(), "study.json");
    const study = smallStudy();
    writeFileSync(file, JSON.stringify({ fingerprint: "x", study: study.file }));
    expect(readStudyFile(file)).toEqual(study);
  });
});

describe("what people see", () => {
  test("a table has a line a method and a line a difference, and no column without a value", () => {
    const study = smallStudy();
    const rows = [
      rowOf(0, 0, { standard: 1, raw: 2 }),
      rowOf(0, 1, { standard: 3, raw: 3 }),
      failedRow(0, 2, new Error("x")),
    ];
    const [first] = resultTable(summarize(study, rows), (_style, text) => text).split("\n\n");
    const lines = first!.split("\n");
    expect(lines[0]).toBe("cell 0 (problem.labeled = 5)");
    expect(lines.find((line) => line.startsWith("standard"))).toContain("2.0 ± 1.0");
    expect(lines.find((line) => line.startsWith("raw - standard"))).toContain("0.50 ± 0.50");
    expect(lines.at(-1)).toBe("1 replications failed");
    const none = resultTable(summarize(study, [rowOf(0, 0, { standard: 1 })]), (_style, text) => text);
    expect(none.split("\n").find((line) => line.startsWith("raw "))).toContain("-");
  });

  test("a prediction stands below the method that it is of, and nowhere else", () => {
    const rows = [rowOf(0, 0, { standard: 1, raw: 2 })];
    const result = summarize(smallStudy(), rows, (_cell, name) =>
      name === "raw" ? { sinTheta2: { predicted: 0.123456, bound: null } } : null,
    );
    const lines = resultTable(result, (_style, text) => text).split("\n");
    const place = lines.findIndex((line) => line.startsWith("  predicted"));
    expect(lines[place - 1]).toMatch(/^raw /);
    expect(lines[place]).toMatch(/^ {2}predicted +0\.1235 +- /);
    expect(lines.slice(0, 8).filter((line) => line.includes("predicted"))).toHaveLength(1);
  });

  test("an estimate is cut where its error says", () => {
    expect(estimateText({ mean: 0.123456, mcse: 0.0123, n: 5 })).toBe("0.123 ± 0.012");
    expect(estimateText({ mean: 1234.5, mcse: 56.7, n: 5 })).toBe("1235 ± 57");
    expect(estimateText({ mean: 0.123456, mcse: null, n: 1 })).toBe("0.1235");
    expect(estimateText({ mean: 100, mcse: 0, n: 3 })).toBe("100");
    expect(estimateText({ mean: null, mcse: null, n: 0 })).toBe("-");
  });

  test("progress says the time left from this run's own work, is throttled, and cleans up", () => {
    const stream = new FakeStream(true);
    let now = 0;
    const line = new ProgressLine("gains", stream, () => now);
    line.update({ done: 50, total: 100, work: 0.5 });
    now = 100;
    line.update({ done: 51, total: 100, work: 0.51 });
    expect(stream.text).not.toContain("51");
    now = 10_000;
    line.update({ done: 60, total: 100, work: 0.75 });
    // A quarter took 10 s and a quarter is left; the first half was there before.
    expect(stream.text).toContain("gains: 60 of 100 replications, 75 %, about 10 s left");
    line.clear();
    expect(stream.text.endsWith("\r\u001b[K")).toBe(true);
    const pipe = new FakeStream(false);
    new ProgressLine("gains", pipe).update({ done: 1, total: 2, work: 0.5 });
    expect(pipe.text).toBe("");
    expect([duration(7.2), duration(200), duration(7500)]).toEqual(["8 s", "3 min 20 s", "2 h 5 min"]);
  });

  test("colours are for terminals, and not where NO_COLOR is set", () => {
    expect(painter(new FakeStream(true), {})("red", "x")).toBe("\u001b[31mx\u001b[39m");
    expect(painter(new FakeStream(true), { NO_COLOR: "1" })("red", "x")).toBe("x");
    expect(painter(new FakeStream(false), {})("red", "x")).toBe("x");
  });

  test("a study name becomes a safe folder name", () => {
    expect(["gains", "a/b c", "../../etc", "Étude 1.5", "..", "***"].map(folderName)).toEqual([
      "gains",
      "a-b-c",
      "etc",
      "Étude-1.5",
      "study",
      "study",
    ]);
  });

  test("the command that resumes is this one, without --overwrite, quoted for a shell", () => {
    expect(resumeCommand(["simulate", "my study.json", "--overwrite", "--out", "r"])).toBe(
      "advtransfer simulate 'my study.json' --out r --resume",
    );
  });
});
