import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { isProgram, programOnPath } from "../../src/report/programOnPath.js";
import { scratchFolder } from "../helpers/scratch.js";

/** A folder with a program `tool`, a file `notes` that may not be run, and a folder `dir`. */
function binFolder(name = "tool"): string {
  const folder = scratchFolder();
  writeFileSync(join(folder, name), "");
  chmodSync(join(folder, name), 0o755);
  writeFileSync(join(folder, "notes"), "");
  chmodSync(join(folder, "notes"), 0o644);
  mkdirSync(join(folder, "dir"));
  return folder;
}

test("the first name that PATH has counts, in the first folder that has it", () => {
  const [first, second] = [binFolder("other"), binFolder()];
  const PATH = ["", "/no/such/folder", first, second].join(delimiter);
  expect(programOnPath(["tool"], { PATH })).toBe(join(second, "tool"));
  expect(programOnPath(["none", "tool", "other"], { PATH })).toBe(join(second, "tool"));
  expect(programOnPath(["other", "tool"], { PATH })).toBe(join(first, "other"));
  const twice = [second, binFolder()].join(delimiter);
  expect(programOnPath(["tool"], { PATH: twice })).toBe(join(second, "tool"));
});

test("what is not there, may not be run, or is a folder is no program", () => {
  const PATH = binFolder();
  for (const name of ["none", "notes", "dir"]) {
    expect(programOnPath([name], { PATH })).toBeNull();
    expect(isProgram(join(PATH, name))).toBe(false);
  }
  expect(isProgram(join(PATH, "tool"))).toBe(true);
  expect(programOnPath(["tool"], {})).toBeNull();
});
