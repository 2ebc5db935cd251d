import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { deepKind } from "../../src/deep/study/deepKind.js";
import type { DeepMetric } from "../../src/deep/study/deepMetrics.js";
import type { DeepCell, DeepStudy } from "../../src/deep/study/deepStudy.js";
import { deepModule, environmentOf } from "../../src/deep/study/environment.js";
import { resolveDeepStudy } from "../../src/deep/study/resolveDeepStudy.js";
import { replayOf } from "../../src/study/readResults.js";
import { type RunStudyOptions, runStudyOf } from "../../src/study/runStudy.js";
import { scratchFolder } from "../helpers/scratch.js";

/** Seconds of work at most: 4 tasks in 12 dimensions, a network of 6 units. */
const FILE = {
  kind: "deep",
  name: "tiny",
  seed: 3,
  replications: 2,
  data: { from: "teacher", dimension: 12, tasks: 4, unlabeled: 40, test: 50, target: { test: 200 } },
  training: {
    network: { kind: "mlp", hidden: [6] },
    batch: 16,
    steps: 120,
    fewSteps: 20,
    learningRate: 0.01,
  },
  target: { labels: [4, 8], fineTune: true },
  methods: [
    { name: "standard" },
    { name: "both", pseudoLabels: true, attack: { norm: "inf", radius: 0.2, steps: 1 } },
  ],
};
const study = resolveDeepStudy(FILE, "wasm");

const run = (of: DeepStudy, out: string, options: RunStudyOptions<DeepCell> = {}) =>
  runStudyOf<DeepStudy, DeepCell, DeepMetric>(deepKind({ backend: "wasm", data: null, out }), of, {
    workers: 1,
    ...options,
    out,
  });

const ledger = (folder: string): string => readFileSync(join(folder, "replications.jsonl"), "utf8");
const networks = (folder: string): Buffer[] =>
  readdirSync(join(folder, "networks"))
    .sort()
    .map((name) => readFileSync(join(folder, "networks", name)));

describe("a deep study", () => {
  test("has the same bytes with 1 worker, and with 2, stopped, with damaged checkpoints, resumed, and replayed", async () => {
    const whole = scratchFolder();
    const { cells } = await run(study, whole);
    expect(cells.flatMap(({ failures }) => failures)).toEqual([]);

    const stopped = scratchFolder();
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }): void => {
      if (done >= 3) controller.abort();
    };
    const options = { workers: 2, signal: controller.signal, onProgress };
    await expect(run(study, stopped, options)).rejects.toThrow("was stopped");
    expect(ledger(stopped).length).toBeLessThan(ledger(whole).length);
    mkdirSync(join(stopped, "checkpoints"), { recursive: true });
    for (const cell of [0, 1, 2, 3]) {
      writeFileSync(join(stopped, "checkpoints", `cell-${cell}-replication-1.bin`), "no checkpoint");
    }
    await run(study, stopped, { workers: 2, resume: true });
    expect(ledger(stopped)).toBe(ledger(whole));
    expect(networks(stopped)).toEqual(networks(whole));
    expect(networks(whole)).toHaveLength(3);

    const kind = deepKind({ backend: "wasm", data: null, out: null });
    expect(await replayOf(kind, whole, 1, 1)).toMatchObject({ same: true });
    const metrics = (arm: string) => cells.find(({ methods }) => arm in methods)!.methods[arm]!;
    expectEveryArmToHaveItsOwn(metrics);
    // A checkpoint every 100 steps of 120 was written, and is gone.
    expect(readdirSync(join(whole, "checkpoints"))).toEqual([]);
  });
});

/** What an arm does not have is null, never 0. */
function expectEveryArmToHaveItsOwn(
  metrics: (arm: string) => Readonly<Record<DeepMetric, { mean: number | null }>>,
): void {
  for (const arm of ["standard", "both", "random"]) {
    for (const metric of ["errorRate@4", "fineTuneErrorRate@8", "sourceErrorRate", "sinTheta2"] as const) {
      expect(metrics(arm)[metric].mean).toBeGreaterThanOrEqual(0);
    }
  }
  expect(metrics("raw")["errorRate@4"].mean).toBeGreaterThan(0);
  for (const metric of [
    "fineTuneErrorRate@4",
    "sourceErrorRate",
    "sinTheta2",
    "gradientSinTheta2",
  ] as const) {
    expect(metrics("raw")[metric].mean).toBeNull();
  }
  expect(metrics("both").pseudoLabelErrorRate.mean).toBeGreaterThan(0);
  expect(metrics("standard").pseudoLabelErrorRate.mean).toBeNull();
}

test("the environment survives its way through the URL of the module", () => {
  for (const environment of [
    { backend: "cpu" as const, data: "a folder/with & and ?", out: null },
    { backend: "tfjs-node" as const, data: null, out: "/results/ä" },
  ]) {
    expect(environmentOf(deepModule(environment))).toEqual(environment);
  }
});
