import { runReplication } from "../../src/study/replication.js";
import type { Method } from "../../src/training/method.js";
import type { MetricName } from "../../src/transfer/metricNames.js";
import { labelsOf, methodOf, problemOf } from "./problems.js";
import { meanOf, varianceOf } from "./statistics.js";

/** A value that an independent prototype simulated, as it was written down. */
export interface PrototypeValue {
  readonly label: string;
  readonly problem: Parameters<typeof problemOf>[0];
  /** A method, or the name of a baseline. */
  readonly method: Method | "no-transfer";
  readonly metric: MetricName;
  /** What was written down is f of the metric. */
  readonly f?: (value: number) => number;
  readonly written: number;
  /** Half a unit in its last place. */
  readonly rounding: number;
  /** Replications in the suite; more where one is cheap or noisy. */
  readonly replications: number;
}

const standard = methodOf();
const pooled = methodOf({ pseudoLabels: labelsOf() });
const best = methodOf({ pseudoLabels: labelsOf({ weight: "optimal" }) });
const softThreshold = methodOf({ attack: { norm: Infinity, radius: { logThreshold: 0.5 } } });

const series = (u: number, method: Method, written: number): PrototypeValue => ({
  label: `pseudo-labels, u = ${u}, ${method.pseudoLabels?.weight}`,
  problem: { dimension: 500, tasks: 200, labeled: 20, unlabeled: u },
  method,
  metric: "sinTheta2",
  written,
  rounding: 5e-4,
  replications: 4,
});

const mixture = (alpha: number, radius: number | null, written: number): PrototypeValue => ({
  label: `alpha = ${alpha}, ${radius === null ? "standard" : "l2 attack between the groups"}`,
  problem: {
    dimension: 200,
    rank: 3,
    tasks: 400,
    labeled: 2000,
    signal: [
      { share: 0.5, norm: alpha },
      { share: 0.5, norm: 1 },
    ],
  },
  method: radius === null ? standard : methodOf({ attack: { norm: 2, radius } }),
  metric: "sinTheta2",
  f: Math.sqrt,
  written,
  rounding: 5e-5,
  replications: 3,
});

const sparse = (p: number, method: Method, written: number): PrototypeValue => ({
  label: `p = ${p}, s = 10, ${method === standard ? "standard" : "l_inf attack"}`,
  problem: { dimension: p, tasks: 200, labeled: 100, support: 10 },
  method,
  metric: "sinTheta2",
  f: Math.sqrt,
  written,
  rounding: 5e-3,
  replications: 4,
});

/** The prototype's simulated values that the toolkit can compute so far (without joint training), cheap ones. */
export const PROTOTYPE_VALUES: readonly PrototypeValue[] = [
  {
    label: "standard",
    problem: { dimension: 500, rank: 3, tasks: 200, labeled: 100 },
    method: standard,
    metric: "sinTheta2",
    f: (x) => x / 3,
    written: 0.0723,
    rounding: 5e-5,
    replications: 8,
  },
  {
    label: "standard, 30 % of norm 2",
    problem: {
      dimension: 400,
      tasks: 100,
      labeled: 20,
      signal: [
        { share: 0.3, norm: 2 },
        { share: 0.7, norm: 1 },
      ],
    },
    method: standard,
    metric: "sinTheta2",
    f: (x) => x / 2,
    written: 0.188,
    rounding: 5e-4,
    replications: 12,
  },
  ...(
    [
      [1, pooled, 0.107, 5e-4],
      [1, standard, 0.22, 5e-4],
      [2, pooled, 0.0066, 5e-5],
    ] as const
  ).map(
    ([norm, method, written, rounding]): PrototypeValue => ({
      label: `norm ${norm}, u = 400, ${method === standard ? "standard" : "pseudo-labels"}`,
      problem: { dimension: 200, tasks: 80, labeled: 20, unlabeled: 400, signal: [{ share: 1, norm }] },
      method,
      metric: "sinTheta2",
      f: (x) => x / 2,
      written,
      rounding,
      replications: 12,
    }),
  ),
  {
    label: "l_inf, s = 10",
    problem: { dimension: 800, tasks: 200, labeled: 100, support: 10 },
    method: softThreshold,
    metric: "sinTheta2",
    written: 0.109,
    rounding: 5e-4,
    replications: 6,
  },
  ...(["normalized", "raw"] as const).map(
    (aggregation): PrototypeValue => ({
      label: `30 % of norm 4, ${aggregation}`,
      problem: {
        dimension: 300,
        rank: 3,
        tasks: 600,
        labeled: 60,
        signal: [
          { share: 0.3, norm: 4 },
          { share: 0.7, norm: 1 },
        ],
      },
      method: methodOf({ aggregation }),
      metric: "sinTheta2",
      f: (x) => x / 3,
      written: aggregation === "raw" ? 0.0045 : 0.0065,
      rounding: 5e-5,
      replications: 3,
    }),
  ),
  ...(
    [
      [standard, 0.148],
      ["no-transfer", 0.75],
    ] as const
  ).map(
    ([method, written]): PrototypeValue => ({
      label: `excess risk, m = 20, ${method === standard ? "standard" : "no transfer"}`,
      problem: { dimension: 300, rank: 3, tasks: 150, labeled: 30 },
      method,
      metric: "excessRisk",
      written,
      rounding: 5e-4,
      replications: 24,
    }),
  ),
  series(0, pooled, 0.436),
  series(10, pooled, 0.516),
  series(40, pooled, 0.578),
  series(160, pooled, 0.439),
  series(1000, pooled, 0.208),
  series(10, best, 0.431),
  series(40, best, 0.419),
  series(160, best, 0.362),
  series(1000, best, 0.204),
  mixture(2, null, 0.0368),
  mixture(4, null, 0.0328),
  mixture(8, null, 0.0321),
  mixture(16, null, 0.0317),
  mixture(2, 1.5, 0.0334),
  mixture(4, 2, 0.0166),
  mixture(8, 4, 0.0084),
  mixture(16, 8, 0.0041),
  sparse(50, standard, 0.1),
  sparse(200, standard, 0.2),
  sparse(800, standard, 0.39),
  sparse(50, softThreshold, 0.25),
  sparse(200, softThreshold, 0.28),
  sparse(800, softThreshold, 0.3),
];

/** The same value from this toolkit: mean and standard deviation over replications. */
export function measure(value: PrototypeValue, replications: number): { mean: number; sd: number } {
  const problem = problemOf(value.problem);
  const methods = value.method === "no-transfer" ? [] : [value.method];
  const name = value.method === "no-transfer" ? "no-transfer" : value.method.name;
  const values = Array.from({ length: replications }, (_, k) => {
    const row = runReplication(
      { seed: 2021 },
      { cell: 0, varied: {}, problem, methods, sampling: "auto" },
      k,
    );
    if ("error" in row) throw new Error(row.error);
    const found = row.methods[name]![value.metric]!;
    return value.f === undefined ? found : value.f(found);
  });
  return { mean: meanOf(values), sd: Math.sqrt(varianceOf(values)) };
}

/** The standard deviation of each value over replications, measured over 36 to 288 of them: a few replications of a test could not tell it. */
export const PROTOTYPE_SDS: Readonly<Record<string, number>> = {
  standard: 0.0028,
  "standard, 30 % of norm 2": 0.0092,
  "norm 1, u = 400, pseudo-labels": 0.0087,
  "norm 1, u = 400, standard": 0.016,
  "norm 2, u = 400, pseudo-labels": 0.00047,
  "l_inf, s = 10": 0.026,
  "30 % of norm 4, normalized": 0.0003,
  "30 % of norm 4, raw": 0.0002,
  "excess risk, m = 20, standard": 0.053,
  "excess risk, m = 20, no transfer": 0.053,
  "pseudo-labels, u = 0, pooled": 0.018,
  "pseudo-labels, u = 10, pooled": 0.032,
  "pseudo-labels, u = 40, pooled": 0.032,
  "pseudo-labels, u = 160, pooled": 0.025,
  "pseudo-labels, u = 1000, pooled": 0.012,
  "pseudo-labels, u = 10, optimal": 0.023,
  "pseudo-labels, u = 40, optimal": 0.02,
  "pseudo-labels, u = 160, optimal": 0.02,
  "pseudo-labels, u = 1000, optimal": 0.012,
  "alpha = 2, standard": 0.00088,
  "alpha = 4, standard": 0.00093,
  "alpha = 8, standard": 0.0012,
  "alpha = 16, standard": 0.00086,
  "alpha = 2, l2 attack between the groups": 0.00092,
  "alpha = 4, l2 attack between the groups": 0.0005,
  "alpha = 8, l2 attack between the groups": 0.00023,
  "alpha = 16, l2 attack between the groups": 0.0001,
  "p = 50, s = 10, standard": 0.0071,
  "p = 200, s = 10, standard": 0.0088,
  "p = 800, s = 10, standard": 0.0075,
  "p = 50, s = 10, l_inf attack": 0.03,
  "p = 200, s = 10, l_inf attack": 0.034,
  "p = 800, s = 10, l_inf attack": 0.043,
};
