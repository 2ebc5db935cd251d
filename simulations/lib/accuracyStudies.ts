import { l2Filter, SEMI_SUPERVISED, STANDARD, sparsifier } from "./methods.js";

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

/** The 80 problems on which predictions are compared with simulated means (docs/theory.md 5.6), as study files. */
export const ACCURACY_STUDIES: readonly object[] = [...dense, ...sparse];
