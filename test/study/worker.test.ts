import { expect, test } from "vitest";
import work from "../../src/study/worker.js";
import { runReplication } from "../helpers/standInReplication.js";
import { smallStudy } from "../helpers/studies.js";

const study = smallStudy();
const task = {
  module: new URL("../helpers/standInReplication.ts", import.meta.url).href,
  seed: study.seed,
  methodNames: study.methodNames,
  cell: study.cells[1]!,
  block: { cell: 1, first: 2, count: 3 },
};

test("a worker computes the rows of its block and nothing else", async () => {
  const rows = await work({ ...task, stop: new Int32Array(1) });
  expect(rows).toEqual([2, 3, 4].map((replication) => runReplication(study, study.cells[1]!, replication)));
});

test("a worker that is told to stop computes no further replication", async () => {
  expect(await work({ ...task, stop: new Int32Array([1]) })).toEqual([]);
});

test("a worker whose module has no runReplication says so", async () => {
  const module = new URL("../helpers/studies.ts", import.meta.url).href;
  await expect(work({ ...task, module, stop: new Int32Array(1) })).rejects.toThrow("must export a function");
});
