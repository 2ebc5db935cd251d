import { expect, test } from "vitest";
import { importTfjsNode, meansAbsent, restoreFormerUtil } from "../../../src/deep/tensors/importTfjsNode.js";

test("a package that is not installed is absent, whatever else is wrong is not", async () => {
  const error = await importTfjsNode().then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(meansAbsent(error)).toBe(true);
  const coded = (message: string): Error => Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });
  expect(meansAbsent(coded("Cannot find module '@tensorflow/tfjs-node'\nRequire stack: ..."))).toBe(true);
  expect(meansAbsent(coded("Cannot find module 'tar'\nRequire stack: '@tensorflow/tfjs-node'"))).toBe(false);
  expect(meansAbsent(new Error("Cannot find module '@tensorflow/tfjs-node'"))).toBe(false);
  expect(meansAbsent("a string")).toBe(false);
});

test("functions that newer versions of Node have no more are there again, those that are there stay", () => {
  type Util = Record<string, (value: unknown) => boolean>;
  const newer: Util = {};
  restoreFormerUtil(newer);
  expect([null, undefined, 0, ""].map(newer.isNullOrUndefined!)).toEqual([true, true, false, false]);
  expect([[], {}].map(newer.isArray!)).toEqual([true, false]);
  const isArray = (): boolean => true;
  const older: Util = { isArray };
  restoreFormerUtil(older);
  expect(older.isArray).toBe(isArray);
});

test("they are put back in node:util before tfjs-node is looked for", async () => {
  const { createRequire } = await import("node:module");
  const util = createRequire(import.meta.url)("node:util") as Record<string, unknown>;
  const former = Object.getOwnPropertyDescriptor(util, "isNullOrUndefined");
  delete util.isNullOrUndefined;
  try {
    await importTfjsNode().catch(() => {});
    expect(typeof util.isNullOrUndefined).toBe("function");
  } finally {
    if (former !== undefined) Object.defineProperty(util, "isNullOrUndefined", former);
  }
});
