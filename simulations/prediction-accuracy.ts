import { type Deviation, deviationFigure, deviationQuantile, deviations } from "./lib/deviationFigure.js";
import { l2Filter, SEMI_SUPERVISED, STANDARD, sparsifier } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

/** p, T, the n for which tau^2 p = p/n runs from 20 down to 0.05, and the replications, weak and strong tasks, that bring Monte Carlo errors below 1 %. */
const SHAPES = [
  { name: "wide", dimension: 20, tasks: 200, labeled: [20, 400], replications: [1250, 1300] },
  { name: "square", dimension: 100, tasks: 100, labeled: [5, 20, 100, 2000], replications: [650, 1200] },
  { name: "tall", dimension: 500, tasks: 100, labeled: [25, 100, 500, 10000], replications: [250, 180] },
  {
    name: "very-tall",
    dimension: 1200,
    tasks: 60,
    labeled: [60, 240, 1200, 24000],
    replications: [250, 150],
  },
];
const mixed = (strong: number, share: number): object[] => [
  { share, norm: strong },
  { share: 1 - share, norm: 1 },
];
/** All tasks weak, where an l2 attack cuts through their only group; and strong or mixed ones, where it cuts between groups. */
const TASKS = [
  { name: "weak", signals: [1], filterBelow: 1 },
  { name: "strong", signals: [2, mixed(2, 0.5), mixed(4, 0.3)], filterBelow: 1.2 },
];

const BEST = { name: "semi-supervised, best weight", pseudoLabels: { weight: "optimal" } };
const RAW = { name: "raw", aggregation: "raw" };
const JOINT = { name: "joint", aggregation: "joint" };
const ORACLE_WEIGHTS = { name: "oracle weights", aggregation: "oracle-weights" };

const dense = SHAPES.flatMap(({ name, dimension, tasks, labeled, replications }, i) =>
  TASKS.map(({ name: kind, signals, filterBelow }, k) => ({
    name: `accuracy-dense-${name}-${kind}`,
    seed: 2001 + 10 * i + k,
    replications: replications[k]!,
    problem: { dimension, rank: 2, tasks, unlabeled: 300, target: { samples: 30, norm: 1 } },
    methods: [
      STANDARD,
      RAW,
      JOINT,
      ORACLE_WEIGHTS,
      l2Filter(filterBelow),
      SEMI_SUPERVISED,
      BEST,
      { ...l2Filter(filterBelow), name: "both", pseudoLabels: true },
    ],
    contrasts: [],
    vary: { "problem.signal": signals, "problem.labeled": labeled },
  })),
);

const sparse = SHAPES.slice(1).map(({ name, dimension, tasks, labeled }, i) => ({
  name: `accuracy-sparse-${name}`,
  seed: 2101 + i,
  replications: 1250,
  problem: { dimension, rank: 2, tasks, unlabeled: 300, support: 10, target: { samples: 30, norm: 1 } },
  methods: [sparsifier(0.5), { ...sparsifier(0.5, "both"), pseudoLabels: true }],
  contrasts: [],
  vary: { "problem.signal": [1.5, mixed(2, 0.5)], "problem.labeled": labeled },
}));

const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
const worst = (items: readonly Deviation[]): Deviation =>
  items.reduce((a, b) => (Math.abs(a.deviation) > Math.abs(b.deviation) ? a : b));

const simulation: Simulation = {
  id: "P0",
  title: "How accurate the predictions are: 80 problems, every regime",
  question:
    "The predictions of docs/theory.md section 5 are limits for large p and T. How far are they from simulated means, over p/T from 0.1 to 20, τ²p " +
    "from 0.05 to 20, equal and mixed signals, dense and sparse representations, and every way of training?",
  theory: "median deviation at most 2 %, 95 % of the comparisons within 6 %",
  studies: [...dense, ...sparse],
  replicationModule: new URL("./lib/manyTargets.ts", import.meta.url).href,
  figures: (results, styles) => [
    deviationFigure(deviations(results, "sinTheta2"), {
      id: "accuracy-subspace",
      title: "Subspace error",
      xLabel: "simulated ‖sin Θ‖²",
      styles,
    }),
    deviationFigure(deviations(results, "excessRisk"), {
      id: "accuracy-excess-risk",
      title: "Excess risk of the target",
      xLabel: "simulated excess risk",
      styles,
    }),
  ],
  seen: (results) =>
    (["sinTheta2", "excessRisk"] as const)
      .map((metric) => {
        const items = deviations(results, metric);
        const far = worst(items);
        return (
          `${metric}: ${items.length} comparisons, median ${percent(deviationQuantile(items, 0.5))}, 95 % below ` +
          `${percent(deviationQuantile(items, 0.95))}, worst ${percent(far.deviation)} (${far.study}, cell ${far.cell}, ${far.method})`
        );
      })
      .join("; "),
};

export default simulation;
await runAlone(import.meta.url, simulation);
