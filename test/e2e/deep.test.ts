import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { DIGITS, imageFolder, studyFile, TINY } from "../helpers/deepFiles.js";

/** Real processes on the compiled command line: `npm run build` comes before these tests. */
const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

function cli(...argv: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [MAIN, ...argv], { env: { ...process.env, NO_COLOR: "1" } });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error("run `npm run build` first: these tests run what is compiled");
});

describe("advtransfer deep", () => {
  test("runs a study into a folder with ledger, summary, networks and report, and prints it as JSON; report and replay read it", async () => {
    const { file, out } = studyFile();
    const { code, out: json, err } = await cli("deep", file, "--out", out, "--json", "--workers", "2");
    expect(err).toBe("");
    expect(code).toBe(0);
    const result = JSON.parse(json);
    expect(result.backend).toBe("wasm");
    expect(result.probe.map(({ a, b, metric }: Record<string, string>) => [a, b, metric])).toEqual([
      ["adversarial", "standard", "errorRate@4"],
      ["adversarial", "standard", "errorRate@8"],
    ]);
    expect(readdirSync(out).sort()).toEqual([
      "networks",
      "replications.jsonl",
      "report.html",
      "study.json",
      "summary.csv",
    ]);
    const html = readFileSync(join(out, "report.html"), "utf8");
    for (const word of ["standard", "adversarial", "random", "raw"]) expect(html).toContain(word);

    const replay = await cli("replay", out, "--cell", "1", "--replication", "1");
    expect(replay).toMatchObject({ code: 0, err: "" });
    expect(replay.out).toContain("same as the ledger, bit for bit");
    const report = await cli("report", out, "--json");
    expect(report).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(report.out)).toEqual(result);
    const again = await cli("deep", file, "--out", out);
    expect(again.code).toBe(2);
    expect(again.err).toContain("has results of this study");
  });

  test("images from a folder: a study runs, and remembers what the images were", async () => {
    const folder = imageFolder(400);
    const { file, out } = studyFile({ ...DIGITS, replications: 1, methods: [{ name: "standard" }] });
    expect(await cli("deep", file, "--data", folder, "--out", out, "--quiet")).toMatchObject({
      code: 0,
      err: "",
    });
    const other = await cli("deep", file, "--data", imageFolder(399), "--out", out, "--resume");
    expect(other.code).toBe(2);
    expect(other.err).toContain("it has results of another study");
  });

  test("a loss that is not finite fails that arm's replications with the reason, and the run", async () => {
    const { file, out } = studyFile({
      replications: 1,
      training: { ...(TINY.training as object), optimizer: "sgd", learningRate: 1e30 },
    });
    const { code, err } = await cli("deep", file, "--out", out, "--quiet");
    expect(code).toBe(1);
    expect(err).toMatch(/arm standard: the loss is (NaN|Infinity) at step \d+/);
    expect(readFileSync(join(out, "replications.jsonl"), "utf8").split("\n")).toHaveLength(5);
    expect(existsSync(join(out, "report.html"))).toBe(true);
  });
});

test("doctor says which backend deep studies use", async () => {
  const { code, out } = await cli("doctor", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ deepBackend: "wasm", tensorflow: "4.22.0", simd: true, notes: [] });
  expect((await cli("doctor")).out).toMatch(/tensorflow\.js 4\.22\.0, backend wasm with SIMD\n/);
});
