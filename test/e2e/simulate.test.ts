import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { scratchFolder } from "../helpers/scratch.js";

/** Real processes on the compiled command line: `npm run build` comes before these tests. */
const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const SOURCE = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FILES = ["replications.jsonl", "study.json", "summary.csv"];

/** Long enough to be stopped half way, short enough for a test. */
const STUDY = {
  seed: 5,
  replications: 20,
  problem: { dimension: 60, rank: 2, tasks: 40, labeled: 20, unlabeled: 50, support: 10 },
  vary: { "problem.dimension": [60, 120, 180] },
};

interface Ended {
  code: number | null;
  signal: string | null;
  out: string;
  err: string;
}

function start(command: string, argv: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(command, argv, { cwd: ROOT, env: { ...process.env, NO_COLOR: "1" } });
  let out = "";
  let err = "";
  child.stdout!.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, out, err }));
  });
  return { child, ended };
}

const cli = (...argv: string[]): Promise<Ended> => start(process.execPath, [MAIN, ...argv]).ended;
const bytes = (folder: string): string[] => FILES.map((name) => readFileSync(join(folder, name), "utf8"));
const ledgerLines = (folder: string): number => {
  const path = join(folder, "replications.jsonl");
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;
};

/** Starts a study and signals it when its ledger has some rows and is not at its end. */
async function stopped(file: string, folder: string, signal: NodeJS.Signals): Promise<Ended> {
  const { child, ended } = start(process.execPath, [
    MAIN,
    "simulate",
    file,
    "--out",
    folder,
    "--workers",
    "2",
  ]);
  while (child.exitCode === null && ledgerLines(folder) < 3)
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill(signal);
  return ended;
}

function studyFile(study: unknown = STUDY): string {
  const file = join(scratchFolder(), "gains.json");
  writeFileSync(file, typeof study === "string" ? study : JSON.stringify(study));
  return file;
}

describe("simulate, as a process", () => {
  let expected: string[];
  let json: string;

  beforeAll(async () => {
    expect(existsSync(MAIN), "run npm run build first").toBe(true);
  });

  test("gives the same bytes with 1 and 2 workers, compiled and through tsx, and again in a report", async () => {
    const file = studyFile();
    const folder = scratchFolder();
    const [one, two, source] = ["one", "two", "source"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const first = await cli("simulate", file, "--out", one, "--workers", "1", "--json");
    expect(first).toMatchObject({ code: 0, err: "" });
    expected = bytes(one);
    json = first.out;
    const result = JSON.parse(json);
    expect(result).toMatchObject({ study: "gains", seed: 5 });
    expect(result.cells).toHaveLength(3);
    for (const cell of result.cells) {
      const { standard, oracle } = cell.methods;
      expect(standard.sinTheta2.n).toBe(20);
      expect(Math.abs(standard.sinTheta2.deviation)).toBeLessThan(0.3);
      expect(standard.sinTheta2.bound).toBeGreaterThan(0);
      expect(standard.sinTheta2.mean).toBeGreaterThan(0);
      expect(standard.excessRisk.mean).toBeGreaterThan(oracle.excessRisk.mean);
      expect(standard.robustErrorRate.mean).toBeNull();
    }

    const second = await cli("simulate", file, "--out", two, "--workers", "2", "--json");
    expect(second).toMatchObject({ code: 0, out: json });
    expect(bytes(two)).toEqual(expected);
    const reports = [one, two].map((name) => readFileSync(join(name, "report.html")));
    expect(reports[1]!.equals(reports[0]!)).toBe(true);
    expect(readdirSync(two).sort()).toEqual([...FILES, "report.html"].sort());

    const tsx = ["--import", "tsx", SOURCE, "simulate", file, "--out", source, "--workers", "2", "--json"];
    expect(await start(process.execPath, tsx).ended).toMatchObject({ code: 0, out: json });
    expect(bytes(source)).toEqual(expected);

    writeFileSync(join(two, "summary.csv"), "lost");
    expect(await cli("report", two, "--json")).toMatchObject({ code: 0, out: json, err: "" });
    expect(bytes(two)).toEqual(expected);

    const replayed = await cli("replay", two, "--cell", "2", "--replication", "7");
    expect(replayed.code).toBe(0);
    expect(replayed.out).toContain("same as the ledger, bit for bit");
  });

  test("kill -9 in the middle and --resume end with the bytes of an undisturbed run", async () => {
    const file = studyFile();
    const folder = join(scratchFolder(), "out");
    const killed = await stopped(file, folder, "SIGKILL");
    expect(killed.signal).toBe("SIGKILL");
    expect(ledgerLines(folder)).toBeLessThan(60);
    expect(existsSync(join(folder, "summary.csv"))).toBe(false);
    const resumed = await cli("simulate", file, "--out", folder, "--workers", "2", "--resume", "--json");
    expect(resumed).toMatchObject({ code: 0, out: json });
    expect(bytes(folder)).toEqual(expected);
  });

  test("Ctrl-C ends with 130, keeps what was computed and says how to go on", async () => {
    const file = studyFile();
    const folder = join(scratchFolder(), "out");
    const { code, err, out } = await stopped(file, folder, "SIGINT");
    expect(code).toBe(130);
    expect(out).toBe("");
    expect(err).toMatch(/stopped; \d+ of 60 replications are kept/);
    expect(err).toContain("--resume");
    expect(readdirSync(folder).sort()).toEqual(["replications.jsonl", "study.json"]);
    const kept = readFileSync(join(folder, "replications.jsonl"), "utf8").split("\n");
    expect(expected[0]!.split("\n")).toEqual(expect.arrayContaining(kept));
    const resumed = await cli("simulate", file, "--out", folder, "--resume", "--json");
    expect(resumed).toMatchObject({ code: 0, out: json });
    expect(bytes(folder)).toEqual(expected);
  });

  test("a damaged ledger is used as far as it can be read, and it is said", async () => {
    const file = studyFile();
    const folder = join(scratchFolder(), "out");
    mkdirSync(folder);
    writeFileSync(join(folder, "study.json"), expected[1]!);
    const lines = expected[0]!.split("\n");
    lines[4] = lines[4]!.slice(0, 100);
    lines[40] = lines[40]!.replace("0.", "0.1");
    writeFileSync(join(folder, "replications.jsonl"), lines.slice(0, 55).join("\n"));
    const { code, err, out } = await cli("simulate", file, "--out", folder, "--resume", "--json");
    expect({ code, out }).toEqual({ code: 0, out: json });
    expect(err).toMatch(/3 of its lines cannot be used; they are computed again, the other 52 are kept/);
    expect(bytes(folder)).toEqual(expected);
  });

  test("a folder of another study, or of this one without --resume, is refused and not touched", async () => {
    const folder = join(scratchFolder(), "out");
    mkdirSync(folder);
    writeFileSync(join(folder, "study.json"), expected[1]!);
    writeFileSync(join(folder, "replications.jsonl"), expected[0]!);
    const other = studyFile({ ...STUDY, seed: 6 });
    const again = await cli("simulate", studyFile(), "--out", folder);
    expect(again.code).toBe(2);
    expect(again.err).toContain("--resume");
    const foreign = await cli("simulate", other, "--out", folder, "--resume");
    expect(foreign.code).toBe(2);
    expect(foreign.err).toContain("another study");
    expect(readFileSync(join(folder, "replications.jsonl"), "utf8")).toBe(expected[0]);
    expect(readdirSync(folder).sort()).toEqual(["replications.jsonl", "study.json"]);
  });

  test("a folder that cannot be made, and a full disk, are one clear error without a half-written summary", async () => {
    const file = studyFile();
    const below = await cli("simulate", file, "--out", join(file, "out"));
    expect(below).toMatchObject({ code: 2, out: "" });
    expect(below.err).toContain("cannot create");
    const proc = await cli("simulate", file, "--out", "/proc/advtransfer/out");
    expect(proc).toMatchObject({ code: 2, out: "" });
    expect(proc.err).toContain("cannot create /proc/advtransfer");
    // A limit on the size of files stands for the full disk: the write fails in the same place.
    const folder = join(scratchFolder(), "out");
    const line = `ulimit -f 20; exec "${process.execPath}" "${MAIN}" simulate "${file}" --out "${folder}"`;
    const full = await start("bash", ["-c", line]).ended;
    expect(full).toMatchObject({ code: 2, out: "" });
    expect(full.err).toContain(`cannot write ${join(folder, "replications.jsonl")}`);
    expect(readdirSync(folder).sort()).toEqual(["replications.jsonl", "study.json"]);
    const resumed = await cli("simulate", file, "--out", folder, "--resume");
    expect(resumed.code).toBe(0);
    expect(resumed.out).toContain("cell 2 (problem.dimension = 180)");
    expect(resumed.out).toContain("±");
    expect(bytes(folder)).toEqual(expected);
  });

  test("bad input ends with 2 and writes nothing", async () => {
    const folder = join(scratchFolder(), "out");
    for (const study of ["{", { problem: {} }, { ...STUDY, replications: 0 }]) {
      const { code, out, err } = await cli("simulate", studyFile(study), "--out", folder);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(/^error: .*gains\.json/);
      expect(existsSync(folder)).toBe(false);
    }
  });
});
