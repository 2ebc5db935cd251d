import type { DeepMetric } from "../../../src/deep/study/deepMetrics.js";
import { type DeepResult, deepResult } from "../../../src/deep/study/deepResult.js";
import type { DeepCell, DeepProblem, DeepStudy } from "../../../src/deep/study/deepStudy.js";
import { resolveDeepStudy } from "../../../src/deep/study/resolveDeepStudy.js";
import type { ReplicationRow } from "../../../src/study/results.js";
import { Summary } from "../../../src/study/summarize.js";

/** The value of a metric in a replication; null where the arm does not have it. An error text makes the replication fail. */
export type DeepTruth = (cell: DeepCell, metric: DeepMetric, replication: number) => number | null | Error;

export interface FakeDeepStudy {
  /** Fields of the study file that replace those of a teacher study with four arms. */
  readonly file?: Readonly<Record<string, unknown>>;
  readonly truth?: DeepTruth;
}

const FILE = {
  kind: "deep",
  name: "teacher",
  question: "Does the order of the four ways of training hold for a network?",
  seed: 7,
  replications: 6,
  data: { from: "teacher", dimension: 40, support: 8, tasks: 10 },
  target: { labels: [5, 20, 80] },
  methods: [
    { name: "standard" },
    { name: "adversarial", attack: { norm: "inf", radius: 0.3 } },
    { name: "semi-supervised", pseudoLabels: true },
    { name: "both", pseudoLabels: true, attack: { norm: "inf", radius: 0.3 } },
  ],
};

export function fakeDeepStudy(fake: FakeDeepStudy = {}): DeepStudy {
  return resolveDeepStudy({ ...FILE, ...fake.file }, "wasm");
}

/** A deep result that looks like a real one and went through the real summaries and tests, from values of a formula: nothing is trained. */
export function fakeDeepResult(fake: FakeDeepStudy = {}): DeepResult {
  const study = fakeDeepStudy(fake);
  const truth = fake.truth ?? fakeDeepTruth;
  const rows = study.cells.flatMap((cell) =>
    Array.from({ length: study.replications }, (_, replication) => fakeRow(cell, replication, truth)),
  );
  const summary = new Summary<DeepCell, DeepMetric>(study);
  for (const row of rows) summary.add(row);
  return deepResult(study, summary.result(), rows);
}

function fakeRow(cell: DeepCell, replication: number, truth: DeepTruth): ReplicationRow {
  const values: Record<string, number | null> = {};
  for (const metric of cell.shape!.metrics as readonly DeepMetric[]) {
    const value = truth(cell, metric, replication);
    if (value instanceof Error) return { cell: cell.cell, replication, error: value.message };
    values[metric] = value;
  }
  return { cell: cell.cell, replication, methods: { [cell.problem.arm.name]: values } };
}

/** A number in [-1, 1] that looks random and is a function of its arguments. */
function wobble(...seeds: readonly number[]): number {
  const spread =
    Math.sin(seeds.reduce((sum, seed, i) => sum + (seed + 1) * (12.9898 + 65.233 * i), 0.5)) * 43758.5453;
  return 2 * (spread - Math.floor(spread)) - 1;
}

/** Errors shaped like those of real arms: attacks and pseudo-labels help, labels too, raw inputs are hard to beat, and replications have luck of their own. */
export const fakeDeepTruth: DeepTruth = (cell, metric, replication) => {
  const { arm, data, target } = cell.problem as DeepProblem;
  const [name, labels] = metric.split("@");
  const radius = arm.attack === null ? 0 : Math.min(arm.attack.radius, 1 - arm.attack.radius / 2);
  const quality =
    arm.features === "random"
      ? 0.15
      : 0.45 +
        0.3 * Math.max(0, radius) +
        (arm.pseudoLabels === null ? 0 : 0.08) +
        (arm.labels === "all" ? 0.15 : 0);
  const luck = 0.02 * wobble(replication) + 0.012 * wobble(replication, cell.cell, metric.length);
  const subspace = Math.max(0.05, 2 * (1 - quality) + 5 * luck);
  const budget = Number(labels ?? 10);
  const head = 0.35 / Math.sqrt(budget);
  const error = Math.max(0.01, 0.08 + 0.22 * (1 - quality) + head + luck);
  switch (name) {
    case "errorRate":
      return arm.features === "raw" ? 0.2 + 0.5 * head + 0.01 * wobble(replication, 3) : error;
    case "fineTuneErrorRate":
      return arm.features === "raw" ? null : error * 0.9 + 0.01 * wobble(replication, cell.cell, 5);
    case "robustErrorRate":
      return arm.features === "raw" || target.attack === null ? null : Math.min(1, error + 0.3 - radius / 3);
    case "sinTheta2":
      return data.from !== "teacher" || arm.features === "raw" ? null : subspace;
    case "gradientSinTheta2":
      return data.from !== "teacher" || arm.features === "raw" ? null : 0.8 * subspace;
    case "sourceErrorRate":
      return arm.features === "network" ? 0.05 + 0.1 * radius + 0.2 * luck : null;
    case "sourceRobustErrorRate":
      return arm.features === "network" && target.attack !== null ? 0.3 - 0.2 * radius : null;
    default:
      return arm.pseudoLabels === null ? null : 0.12 + luck;
  }
};
