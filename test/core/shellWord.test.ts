import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellWord } from "../../src/core/shellWord.js";

test("words that no shell touches stay as they are, others are quoted", () => {
  expect(["r", "--out", "a/b.json", "x=1,2%"].map(shellWord)).toEqual(["r", "--out", "a/b.json", "x=1,2%"]);
  expect(["my study", "~", "", "it's", "$HOME"].map(shellWord)).toEqual([
    "'my study'",
    "'~'",
    "''",
    "'it'\\''s'",
    "'$HOME'",
  ]);
});

test("always: a shell gives the word back", () => {
  const words = fc.sample(fc.string({ unit: fc.constantFrom(..."ab '\"\\$`~*?!;&|<>()\t") }), {
    numRuns: 100,
    seed: 1,
  });
  const { stdout } = spawnSync("sh", ["-c", `printf '%s\\n' ${words.map(shellWord).join(" ")}`], {
    encoding: "utf8",
  });
  expect(stdout.split("\n").slice(0, -1)).toEqual(words);
});
