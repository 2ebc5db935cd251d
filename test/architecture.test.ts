import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { architectureProblems, importsOf, type SourceFile } from "./helpers/importGraph.js";

const FOLDERS = ["src", "simulations", "proofs-checks", "test"];
/** These name Math.random on purpose, to show that it is caught. */
const EXEMPT = ["test/architecture.test.ts", "test/helpers/importGraph.ts"];

function projectFiles(): SourceFile[] {
  const root = new URL("../", import.meta.url);
  return FOLDERS.filter((folder) => existsSync(new URL(folder, root))).flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .filter((path) => /\.(?:ts|mts|js|mjs)$/.test(path) && !EXEMPT.includes(path))
      .map((path) => ({ path, text: readFileSync(new URL(path, root), "utf8") })),
  );
}

/** The problems of a small project given as path -> text. */
const problemsOf = (files: Record<string, string>): string[] =>
  architectureProblems(Object.entries(files).map(([path, text]) => ({ path, text })));

test("the house has one direction: no upward import, no cycle, no Node below study, one door to each library", () => {
  const files = projectFiles();
  // The reader sees the project: a path that is wrong would find nothing to object to.
  expect(files.length).toBeGreaterThan(60);
  expect(files.some((file) => file.path === "src/numerics/topSubspace.ts")).toBe(true);
  expect(architectureProblems(files)).toEqual([]);
});

test("every form of import is seen, and comments and strings are not imports", () => {
  const text = `
    import a from "a1"; import { b, type C } from "a2"; import type { D } from 'a3';
    import * as e from "a4"; import "a5"; export { f } from "a6"; export * from "a7";
    export type { G } from "a8"; const h = await import("a9"); type I = import("a10").J;
    import {
      k,
      l as m,
    } from "a11";
    const worker = new URL("./a12.js", import.meta.url); const n = require("a13");
    export * as o from "a14";
    // import x from "no1";
    /* import y from "no2"; */
    const text = "import z from no3";
    const url = "http://a//b"; import p from "a15";
  `;
  expect(importsOf(text).sort()).toEqual(
    Array.from({ length: 15 }, (_, i) => (i === 11 ? "./a12.js" : `a${i + 1}`)).sort(),
  );
});

test("an upward import is caught in every form, a downward one is not", () => {
  const up = "src/numerics/x.ts: imports ../random/y.js: random is above numerics";
  for (const text of [
    'import { y } from "../random/y.js";',
    'import type { Y } from "../random/y.js";',
    'export * from "../random/y.js";',
    'const y = await import("../random/y.js");',
  ]) {
    expect(problemsOf({ "src/numerics/x.ts": text })).toEqual([up]);
  }
  expect(problemsOf({ "src/random/y.ts": 'import { x } from "../numerics/x.js";' })).toEqual([]);
  expect(problemsOf({ "src/random/deep/y.ts": 'import { x } from "../../cli/x.js";' })).toEqual([
    "src/random/deep/y.ts: imports ../../cli/x.js: cli is above random",
  ]);
  expect(problemsOf({ "src/cli/x.ts": 'import { all } from "../index.js";' })).toEqual([
    "src/cli/x.ts: imports ../index.js: the public list is above cli",
  ]);
  expect(problemsOf({ "src/index.ts": 'export { x } from "./cli/x.js";' })).toEqual([]);
});

test("src never imports simulations, checks or tests", () => {
  for (const outside of ["simulations", "proofs-checks", "test"]) {
    expect(problemsOf({ "src/cli/x.ts": `import "../../${outside}/y.js";` })).toEqual([
      `src/cli/x.ts: imports ../../${outside}/y.js: src never imports what is outside it`,
    ]);
  }
  expect(problemsOf({ "simulations/y.ts": 'import "../src/index.js";' })).toEqual([]);
});

test("cycles are caught, type imports and a file that imports itself included", () => {
  expect(
    problemsOf({
      "src/core/a.ts": 'import type { B } from "./b.js";',
      "src/core/b.ts": 'import { c } from "./c.js";',
      "src/core/c.ts": 'export { a } from "./a.js";',
    }),
  ).toEqual(["cycle: src/core/a.ts -> src/core/b.ts -> src/core/c.ts -> src/core/a.ts"]);
  expect(problemsOf({ "src/core/a.ts": 'import "./a.js";' })).toEqual([
    "cycle: src/core/a.ts -> src/core/a.ts",
  ]);
  // Two ways to one file are no cycle.
  expect(
    problemsOf({
      "src/core/a.ts": 'import "./b.js"; import "./c.js";',
      "src/core/b.ts": 'import "./c.js";',
      "src/core/c.ts": "",
    }),
  ).toEqual([]);
});

test("Node is caught below study, and allowed from study on", () => {
  const inBrowser = "Node is not available in a browser";
  expect(problemsOf({ "src/theory/x.ts": 'import { readFileSync } from "node:fs";' })).toEqual([
    `src/theory/x.ts: imports node:fs: ${inBrowser}`,
  ]);
  expect(problemsOf({ "src/core/x.ts": 'import fs from "fs";' })).toHaveLength(1);
  expect(problemsOf({ "src/core/x.ts": "const b = Buffer.from([1]);" })).toHaveLength(1);
  expect(problemsOf({ "src/core/x.ts": "const m = process.env.MODE;" })).toHaveLength(1);
  expect(problemsOf({ "src/core/x.ts": 'const text = "process"; // the process' })).toEqual([]);
  expect(problemsOf({ "src/study/x.ts": 'import "node:fs"; process.exitCode = 1;' })).toEqual([]);
});

test("ml-matrix and @stdlib are caught outside their doors", () => {
  expect(problemsOf({ "src/numerics/x.ts": 'import { SVD } from "ml-matrix";' })).toHaveLength(1);
  expect(problemsOf({ "src/numerics/small.ts": 'import { SVD } from "ml-matrix";' })).toEqual([]);
  expect(problemsOf({ "src/model/x.ts": 'import e from "@stdlib/math-base-special-erfc";' })).toHaveLength(1);
  expect(problemsOf({ "src/numerics/x.ts": 'import e from "@stdlib/math-base-special-erfc";' })).toHaveLength(
    1,
  );
  expect(problemsOf({ "src/numerics/special/x.ts": 'import e from "@stdlib/y";' })).toEqual([]);
  expect(problemsOf({ "src/random/distributions/x.ts": 'import e from "@stdlib/y";' })).toEqual([]);
});

test("tensorflow.js is caught outside its door, types too", () => {
  for (const text of [
    'import * as tf from "@tensorflow/tfjs-core";',
    'import type { Tensor } from "@tensorflow/tfjs-core";',
    'const tf = await import("@tensorflow/tfjs-backend-wasm");',
    'type Tf = typeof import("@tensorflow/tfjs-core");',
  ]) {
    for (const path of ["src/deep/network/x.ts", "src/cli/x.ts", "src/theory/x.ts", "src/index.ts"]) {
      expect(problemsOf({ [path]: text })).toHaveLength(1);
    }
    expect(problemsOf({ "src/deep/tensors/x.ts": text })).toEqual([]);
    expect(problemsOf({ "src/deep/tensors/wasm/x.ts": text })).toEqual([]);
  }
});

test("Math.random is caught everywhere, in any spelling, but not in a comment", () => {
  for (const path of ["src/cli/x.ts", "simulations/x.ts", "proofs-checks/x.ts", "test/x.test.ts"]) {
    for (const text of [
      "const x = Math.random();",
      "f(Math . random)",
      'Math["random"]()',
      "Math?.random()",
    ]) {
      expect(problemsOf({ [path]: text })).toEqual([`${path}: Math.random (use a keyed stream)`]);
    }
    expect(problemsOf({ [path]: "// never Math.random" })).toEqual([]);
  }
});

test("a file of more than 250 lines and a folder that is no layer are caught", () => {
  expect(problemsOf({ "src/core/x.ts": "x;\n".repeat(250) })).toEqual([]);
  expect(problemsOf({ "src/core/x.ts": "x;\n".repeat(251) })).toEqual([
    "src/core/x.ts: 251 lines (at most 250)",
  ]);
  expect(problemsOf({ "src/helpers/x.ts": "" })).toEqual(["src/helpers/x.ts: its folder is not a layer"]);
});
