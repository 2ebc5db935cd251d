import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { scratchFolder } from "../helpers/scratch.js";

/** Real processes on the compiled command line: `npm run build` comes before these tests. */
const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

function start(
  argv: readonly string[],
  onOut: (child: ChildProcess, text: string) => void = () => {},
  command: readonly string[] = [process.execPath, MAIN, "verify"],
): Promise<Ended> {
  const [program, ...first] = command;
  const child = spawn(program!, [...first, ...argv], { cwd: ROOT, env: { ...process.env, NO_COLOR: "1" } });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    onOut(child, out);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

const FALSE_CLAIM = `
const study = { name: "reversed", problem: { dimension: 20, rank: 1, tasks: 12, labeled: 20 }, methods: [{ name: "standard" }],
  vary: { "problem.labeled": [10, 640] } };
const at = (n) => ({ study, method: "standard", where: ({ problem }) => problem.labeled === n });
const test = { kind: "ordering", pairs: [{ smaller: at(10), larger: at(640) }] };
export const claims = [{ id: "mine.reversed", title: "fewer labels are better <b>", test }];
`;

/** One claim that is decided at once, and one whose first look takes minutes. */
const ENDLESS = `
const study = { name: "short", problem: { dimension: 60, rank: 1, tasks: 40, labeled: 20 },
  methods: [{ name: "standard" }, { name: "again" }, { name: "raw", aggregation: "raw" }] };
const long = { ...study, name: "long", problem: { ...study.problem, dimension: 61 }, effort: 2000 };
const of = (method) => ({ study, method });
export const claims = [
  { id: "mine.same", title: "same", test: { kind: "identity", a: of("again"), b: of("standard") } },
  { id: "mine.tie", title: "tie",
    test: { kind: "value", of: [{ study: long, method: "raw" }], equals: [{ study: long, method: "standard" }], margin: 1e-12 } },
];
`;

/** A claim whose data are not there, beside one that is tested. */
const ABSENT = `
const study = { name: "short", problem: { dimension: 20, rank: 1, tasks: 12, labeled: 20 }, methods: [{ name: "standard" }, { name: "again" }] };
const absent = { ...study, name: "absent", missing: () => "no images in data/digits" };
const same = (of) => ({ kind: "identity", a: { study: of, method: "again" }, b: { study: of, method: "standard" } });
export const claims = [{ id: "mine.absent", title: "absent", test: same(absent) }, { id: "mine.same", title: "same", test: same(study) }];
`;

describe("npm start", () => {
  test("is verify from the sources as they are, whatever was built", async () => {
    const out = join(scratchFolder(), "results");
    const argv = ["--claim", "N4", "--workers", "1", "--out", out];
    const { code, out: text } = await start(argv, undefined, ["npm", "start", "--"]);
    expect(text).toContain("2 hold, 0 violated, 0 open");
    expect(text).toContain(`report: ${join(out, "report.html")}`);
    expect(code).toBe(0);
    expect(existsSync(join(out, "report.html"))).toBe(true);
  });
});

describe("advtransfer verify", () => {
  test("claims that hold: exit code 0, a line each, a report and verdicts", async () => {
    const out = join(scratchFolder(), "results");
    const { code, out: text } = await start([
      "--preset",
      "smoke",
      "--claim",
      "N4",
      "--workers",
      "2",
      "--out",
      out,
    ]);
    expect(code).toBe(0);
    expect(text).toMatch(/^holds +N4\.subspace/m);
    expect(text).toContain("2 hold, 0 violated, 0 open");
    const verdicts = JSON.parse(readFileSync(join(out, "verdicts.json"), "utf8"));
    expect(verdicts.claims.map((claim: { verdict: string }) => claim.verdict)).toEqual(["holds", "holds"]);
    expect(verdicts).toMatchObject({ failed: false, seed: 2021, levels: { violated: 0.01, holds: 0.04 } });
    const html = readFileSync(join(out, "report.html"), "utf8");
    expect(html).toContain("<math");
    expect(html).toContain("npx advtransfer verify --preset smoke --seed 2021 --claim N4.risk");
    expect(html.replaceAll(/<script[\s\S]*?<\/script>/g, "")).not.toMatch(/(?:src|href)="http/);
  });

  test("a claim alone brings its controls, and says so", async () => {
    const out = scratchFolder();
    const argv = [
      "--preset",
      "smoke",
      "--claim",
      "C3.better",
      "--seconds",
      "100",
      "--workers",
      "1",
      "--out",
      out,
    ];
    const { code, out: text } = await start(argv);
    expect(code).toBe(0);
    expect(text).toContain("with the control N2: without them");
    const { claims, command } = JSON.parse(readFileSync(join(out, "verdicts.json"), "utf8"));
    expect(command).toBe("npx advtransfer verify --preset smoke --seed 2021 --seconds 100 --claim C3.better");
    expect(claims.map(({ id }: { id: string }) => id)).toEqual(["C3.better", "N2.dense"]);
  });

  test("a violated claim: exit code 1, and its text is text in the report", async () => {
    const folder = scratchFolder();
    const file = join(folder, "mine.mjs");
    writeFileSync(file, FALSE_CLAIM);
    const { code, out } = await start([
      "--with",
      file,
      "--preset",
      "smoke",
      "--workers",
      "1",
      "--json",
      "--out",
      folder,
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ failed: true, counts: { violated: 1 } });
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("fewer labels are better &lt;b&gt;");
  });

  test("a study with a replication of its own finds it in compiled code, in worker threads too", async () => {
    const argv = ["--preset", "smoke", "--claim", "G5.linear", "--seconds", "100", "--out", scratchFolder()];
    for (const workers of ["1", "2"]) {
      const { code, out, err } = await start([...argv, "--workers", workers, "--json"]);
      expect([code, err]).toEqual([0, ""]);
      expect(JSON.parse(out).claims).toMatchObject([{ verdict: "holds", failures: 0 }]);
    }
  });

  test("a claim whose data are absent is skipped with the reason, and the exit code is that of the others", async () => {
    const folder = scratchFolder();
    const file = join(folder, "absent.mjs");
    writeFileSync(file, ABSENT);
    const argv = ["--with", file, "--preset", "smoke", "--workers", "1", "--out", folder];
    const { code, out } = await start(argv);
    expect(code).toBe(0);
    expect(out).toMatch(/^skipped +mine\.absent +absent\n +not run: no images in data\/digits$/m);
    expect(out).toContain("1 hold, 0 violated, 0 open, 1 skipped");
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("no images in data/digits");
    const { counts, failed } = JSON.parse(readFileSync(join(folder, "verdicts.json"), "utf8"));
    expect([counts.skipped, counts.inconclusive, failed]).toEqual([1, 0, false]);
  });

  test("Ctrl-C: exit code 130, and what was decided is kept", async () => {
    const out = scratchFolder();
    const file = join(out, "endless.mjs");
    writeFileSync(file, ENDLESS);
    let asked = false;
    const argv = ["--with", file, "--preset", "full", "--workers", "1", "--out", out];
    const { code, err } = await start(argv, (child, text) => {
      if (!asked && /^holds/m.test(text)) asked = child.kill("SIGINT");
    });
    expect(code).toBe(130);
    expect(err).toContain("what was decided is kept");
    expect(existsSync(join(out, "report.html"))).toBe(true);
    const { ended, claims } = JSON.parse(readFileSync(join(out, "verdicts.json"), "utf8"));
    expect(ended).toBe("interrupted");
    expect(claims.map(({ verdict }: { verdict: string }) => verdict)).toEqual(["holds", "inconclusive"]);
  });

  test("mistakes: exit code 2 and one clear error", async () => {
    const wrong = await start(["--claim", "C1.label"]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("Did you mean C1.labels");
    const preset = await start(["--preset", "huge"]);
    expect(preset.code).toBe(2);
    expect(preset.err).toContain("smoke, quick or full");
    const list = await start(["--list"]);
    expect(list.code).toBe(0);
    expect(list.out).toContain("C5.complementary");
  });
});
