import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { alive, tf } from "./bothBackends.js";
import { trainedDigest } from "./trainedDigest.js";

test("a seed and a backend give the same weights, byte by byte, and no tensor is left; another seed or backend gives others", () => {
  const before = alive();
  const digest = trainedDigest(tf, 1);
  expect(trainedDigest(tf, 2)).not.toBe(digest);
  void tf.setBackend("cpu");
  const cpu = trainedDigest(tf, 1);
  expect(trainedDigest(tf, 1)).toBe(cpu);
  void tf.setBackend("wasm");
  expect(cpu).not.toBe(digest);
  expect(trainedDigest(tf, 1)).toBe(digest);
  expect(alive()).toEqual(before);
});

test("a process of its own gives the same bytes, prints no banner, and an uncaught error ends it as it ends any other", () => {
  const urlOf = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    const { loadBackend } = await import(${urlOf("../../../src/deep/tensors/loadBackend.ts")});
    const { trainedDigest } = await import(${urlOf("./trainedDigest.ts")});
    for (const name of ["cpu", "wasm"]) console.log(trainedDigest((await loadBackend(name)).tf, 1));
    process.on("exit", (code) => console.log("exit handler", code));
    setTimeout(() => { throw new Error("an error of ours"); });`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    { encoding: "utf8", cwd: fileURLToPath(new URL("../../../", import.meta.url)) },
  );
  void tf.setBackend("cpu");
  const cpu = trainedDigest(tf, 1);
  void tf.setBackend("wasm");
  expect(stdout.split("\n")).toEqual([cpu, trainedDigest(tf, 1), "exit handler 1", ""]);
  expect(status).toBe(1);
  expect(stderr).toContain("Error: an error of ours");
  expect(stderr).not.toContain("TensorFlow.js");
  expect(stderr.length).toBeLessThan(1000);
}, 60_000);
