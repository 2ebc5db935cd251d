import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.js";
import type { Stream } from "../../src/cli/terminal.js";
import { DIGITS, imageFolder, studyFile } from "../helpers/deepFiles.js";
import { scratchFolder } from "../helpers/scratch.js";

/** A command line in this process. */
async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: "", err: "" };
  const stream = (name: "out" | "err"): Stream => ({
    write: (text) => {
      said[name] += text;
    },
    isTTY: false,
    columns: 80,
  });
  const code = await run(argv, { stdout: stream("out"), stderr: stream("err"), env: {} });
  return { code, ...said };
}

describe("advtransfer deep", () => {
  test.each([
    ["an unknown backend", {}, ["--backend", "gpu"], 'backend must be "auto", "tfjs-node", "wasm" or "cpu"'],
    [
      "a negative radius",
      { methods: [{ name: "a", attack: { norm: 2, radius: -1 } }] },
      [],
      "methods.a.attack.radius must be a finite number >= 0, received -1",
    ],
    ["no folder for images", DIGITS, [], '--data must be a folder with the image set "mnist"'],
    [
      "a folder that is not there",
      DIGITS,
      ["--data", "/nowhere"],
      "/nowhere: there is no such file or folder",
    ],
    ["a folder without the set", DIGITS, ["--data", () => scratchFolder()], "mnist"],
    [
      "a wrong magic number",
      DIGITS,
      ["--data", () => imageFolder(40, { images: Buffer.alloc(16 + 640) })],
      "mnist-images-idx3-ubyte.gz",
    ],
    [
      "truncated labels",
      DIGITS,
      ["--data", () => imageFolder(40, { labels: Buffer.from([0, 0, 8, 1, 0, 0, 0, 40, 1, 2]) })],
      "mnist-labels-idx1-ubyte",
    ],
    [
      "images that are fewer than labels",
      DIGITS,
      ["--data", () => imageFolder(40, { labels: Buffer.from([0, 0, 8, 1, 0, 0, 0, 2, 1, 2]) })],
      "mnist-labels-idx1-ubyte",
    ],
  ] as [string, object, (string | (() => string))[], string][])(
    "%s is one clear error, and nothing is written",
    async (_label, changes, argv, words) => {
      const { file, out } = studyFile(changes);
      const { code, err } = await cli(
        "deep",
        file,
        "--out",
        out,
        ...argv.map((one) => (typeof one === "string" ? one : one())),
      );
      expect(code).toBe(2);
      expect(err).toContain(words);
      expect(err).not.toMatch(/\n {4}at /);
      expect(existsSync(out)).toBe(false);
    },
  );

  test("an unknown study names the near ones; a deep study in simulate names its command", async () => {
    const unknown = await cli("deep", "noisy-digit");
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain("Did you mean noisy-digits?");
    const { file } = studyFile();
    const wrong = await cli("simulate", file);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("advtransfer deep");
  });

  test("the sets of a folder are listed, and without a network nothing is half-written", async () => {
    const listed = await cli("deep", "data", "list", imageFolder(20));
    expect(listed).toMatchObject({ code: 0, err: "" });
    expect(listed.out).toMatch(/^mnist +idx /);
    const folder = join(scratchFolder(), "data");
    mkdirSync(folder);
    const unknown = await cli("deep", "data", "fetch", "mnits", "--out", folder);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain("mnist");
    expect(readdirSync(folder)).toEqual([]);
  });
});
