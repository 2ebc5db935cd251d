import type { Problem } from "../../src/model/problem.js";
import type { CellSummary, Contrast, Estimate, MetricSummary, StudyResult } from "../../src/study/results.js";
import { METRIC_NAMES, type MetricName } from "../../src/transfer/metricNames.js";

/** The true value of a metric of a method in a cell; null where it is not defined. */
export type Truth = (method: string, metric: MetricName, problem: Problem) => number | null;

export interface FakeStudy {
  readonly name?: string;
  readonly question?: string | null;
  readonly vary?: Readonly<Record<string, readonly unknown[]>>;
  readonly methods?: readonly string[];
  readonly contrasts?: readonly (readonly [string, string])[];
  readonly truth?: Truth;
  /** Relative standard error of a mean. */
  readonly relativeError?: number;
  readonly predictions?: boolean;
  readonly bounds?: boolean;
}

export const FAKE_METHODS: readonly string[] = [
  "standard",
  "adversarial",
  "semi-supervised",
  "both",
  "no-transfer",
  "oracle",
];

const PROBLEM: Problem = {
  dimension: 400,
  rank: 2,
  tasks: 100,
  labeled: 20,
  unlabeled: 400,
  noise: { sd: 1, family: "gaussian", degreesOfFreedom: 5, condition: 10 },
  signal: [{ share: 1, norm: 1.5 }],
  diversity: [1, 1],
  support: 10,
  target: { samples: 20, norm: 1, attack: null },
};

/** A study result that looks like a real one, made of smooth formulas and small deterministic deviations: nothing is simulated. */
export function fakeStudyResult(fake: FakeStudy = {}): StudyResult {
  const vary = fake.vary ?? {
    "problem.dimension": [100, 200, 400, 800, 1600],
    "problem.unlabeled": [0, 400],
  };
  const paths = Object.keys(vary);
  const grid = paths.reduce<Record<string, unknown>[]>(
    (cells, path) => cells.flatMap((cell) => vary[path]!.map((value) => ({ ...cell, [path]: value }))),
    [{}],
  );
  return {
    study: fake.name ?? "complementary-gains",
    question:
      fake.question === undefined ? "Do adversarial training and pseudo-labels add up?" : fake.question,
    seed: 7,
    fingerprint: "0123456789abcdef",
    version: "0.1.0",
    varied: paths,
    cells: grid.map((varied, cell) => fakeCell(cell, varied, fake)),
  };
}

function fakeCell(cell: number, varied: Record<string, unknown>, fake: FakeStudy): CellSummary {
  const problem = structuredClone(PROBLEM) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(varied)) {
    if (!path.startsWith("problem.")) continue;
    const keys = path.split(".").slice(1);
    const at = keys.slice(0, -1).reduce((o, key) => o[key] as Record<string, unknown>, problem);
    at[keys[keys.length - 1]!] = value;
  }
  const truth = fake.truth ?? fakeTruth;
  const methods = Object.fromEntries(
    (fake.methods ?? FAKE_METHODS).map((name, k) => [
      name,
      metricRecord((metric, m) =>
        summary(
          truth(name, metric, problem as unknown as Problem),
          metric,
          cell * 31 + k * 7 + m,
          fake,
          name,
        ),
      ),
    ]),
  );
  return {
    cell,
    varied,
    problem: problem as unknown as Problem,
    methods,
    contrasts: (fake.contrasts ?? []).map(([a, b]) => contrast(a, b, methods)),
    failures: [],
  };
}

function metricRecord<T>(of: (metric: MetricName, index: number) => T): Record<MetricName, T> {
  return Object.fromEntries(METRIC_NAMES.map((m, i) => [m, of(m, i)])) as Record<MetricName, T>;
}

function summary(
  value: number | null,
  metric: MetricName,
  index: number,
  fake: FakeStudy,
  method: string,
): MetricSummary {
  if (value === null) return { mean: null, mcse: null, n: 0, predicted: null, bound: null, deviation: null };
  const relative = metric === "survivingTasks" ? 0 : (fake.relativeError ?? 0.03);
  // A deviation of known size in place of Monte Carlo error: the golden ratio spreads its multiples evenly.
  const deviation = 2 * ((index * 0.6180339887) % 1) - 1;
  const theory = method !== "no-transfer" && method !== "oracle";
  return {
    mean: value * (1 + relative * deviation),
    mcse: value === 0 ? 0 : Math.abs(value) * relative,
    n: 40,
    predicted: fake.predictions !== false && theory ? value : null,
    bound: fake.bounds === true && method === "standard" ? 40 * Math.abs(value) ** 0.85 : null,
    deviation:
      fake.predictions !== false && theory && value !== 0 ? 1 / (1 + relative * deviation) - 1 : null,
  };
}

function contrast(a: string, b: string, methods: CellSummary["methods"]): Contrast {
  const metrics = metricRecord((metric): Estimate => {
    const [first, second] = [methods[a]![metric], methods[b]![metric]];
    if (first.mean === null || second.mean === null) return { mean: null, mcse: null, n: 0 };
    return { mean: first.mean - second.mean, mcse: 0.6 * (first.mcse! + second.mcse!), n: 40 };
  });
  return { a, b, metrics };
}

/** Errors shaped like those of the model: noise level p/(n_eff T), support-size instead of p under attack, everything at most r. */
export const fakeTruth: Truth = (method, metric, problem) => {
  const { rank: r, dimension: p, tasks: t, labeled: n, unlabeled: u, target } = problem;
  const semi = method === "semi-supervised" || method === "both";
  const adversarial = method === "adversarial" || method === "both";
  const samples = n + (semi ? 0.4 * u : 0);
  const dimension = adversarial ? 0.25 * (problem.support ?? p) * Math.log(p) : p;
  const noise = (r * dimension) / (samples * t);
  const sinTheta2 = method === "oracle" ? 0 : method === "no-transfer" ? null : (r * noise) / (1 + noise);
  if (metric === "survivingTasks") return method === "no-transfer" || method === "oracle" ? null : t;
  if (metric === "robustErrorRate") return null;
  if (metric === "sinTheta2") return sinTheta2;
  if (metric === "sinThetaMax") return sinTheta2 === null ? null : Math.sqrt(sinTheta2 / r);
  const head = method === "no-transfer" ? p / (p + target.samples) : r / (r + 2 * target.samples);
  const excess = head + 0.5 * ((sinTheta2 ?? 0) / r);
  return metric === "excessRisk" ? excess : 0.16 + 0.34 * excess;
};
