import type { Problem } from "../../src/model/problem.js";
import { predict } from "../../src/theory/predict.js";
import type { Method } from "../../src/training/method.js";
import { labelsOf, methodOf, problemOf } from "../helpers/problems.js";
import { type Bench, type BenchRow, interleavedTimes, milliseconds } from "./harness.js";

const MIXED = [
  { share: 0.5, norm: 2 },
  { share: 0.5, norm: 1 },
];
const SMALL = problemOf({ dimension: 400, tasks: 100, labeled: 40, unlabeled: 400, signal: MIXED });
const LARGE = { ...SMALL, dimension: 4e8, tasks: 1e8, labeled: 4e7, unlabeled: 4e8 };
const SPARSE_SMALL = { ...SMALL, support: 10 };
const SPARSE_LARGE = { ...LARGE, support: 10 };

const FEW = problemOf({
  dimension: 400,
  tasks: 20,
  labeled: 20,
  signal: [
    { share: 0.9, norm: 1 },
    { share: 0.1, norm: 1.5 },
  ],
});

const l2 = { norm: 2, radius: { filterBelow: 1.5 } };
const linf = { norm: Infinity, radius: { logThreshold: 0.5 } };
const CASES: readonly [string, Problem, Problem, Method][] = [
  ["standard", SMALL, LARGE, methodOf()],
  ["l2 attack", SMALL, LARGE, methodOf({ attack: l2 })],
  ["pseudo-labels", SMALL, LARGE, methodOf({ pseudoLabels: labelsOf() })],
  ["l2 attack on pseudo-labels", SMALL, LARGE, methodOf({ attack: l2, pseudoLabels: labelsOf() })],
  ["l_inf attack, s = 10", SPARSE_SMALL, SPARSE_LARGE, methodOf({ attack: linf })],
  [
    "l_inf attack on pseudo-labels",
    SPARSE_SMALL,
    SPARSE_LARGE,
    methodOf({ attack: linf, pseudoLabels: labelsOf() }),
  ],
  ["l_inf attack, dense", SMALL, LARGE, methodOf({ attack: linf })],
  [
    "l2 attack that few tasks survive",
    FEW,
    { ...FEW, dimension: 4e8, labeled: 2e7 },
    methodOf({ attack: { norm: 2, radius: { filterBelow: 1.4 } } }),
  ],
];

/** Wider supports and higher ranks: measured for the record. */
const WIDE: readonly [number, number][] = [
  [20, 3],
  [40, 4],
];

/** One prediction of every metric: against a millisecond, and at p, T, n, u a million times larger. */
export const predictBench: Bench = {
  name: "predict",
  run: () => [...CASES.flatMap(measure), ...WIDE.map(recorded)],
};

function recorded([support, rank]: (typeof WIDE)[number]): BenchRow {
  const problem = problemOf({ ...SMALL, support, rank, diversity: new Array<number>(rank).fill(1) });
  const task = (): unknown => predict(problem, methodOf({ attack: linf }));
  for (let i = 0; i < 5; i++) task();
  const [cost] = interleavedTimes([task], 5, [10]) as [number];
  return {
    name: `predict l_inf attack, s = ${support}, r = ${rank}`,
    baseline: "1 ms",
    candidate: milliseconds(cost),
    ratio: 1 / cost,
    target: null,
    note: "grows with s and r",
    holds: true,
  };
}

function measure([name, small, large, method]: (typeof CASES)[number]): BenchRow[] {
  const tasks = [small, large].map((problem) => () => predict(problem, method));
  // As in a curve of many cells: compiled code, not the first calls.
  for (let i = 0; i < 150; i++) for (const task of tasks) task();
  const [few, many] = interleavedTimes(tasks, 5, [40, 40]) as [number, number];
  return [
    {
      name: `predict ${name}`,
      baseline: "1 ms",
      candidate: milliseconds(few),
      ratio: 1 / few,
      target: 1,
      note: `p, T, n, u a million times larger: ${milliseconds(many)}`,
      holds: few <= 1,
    },
    {
      name: `  the same at any size`,
      baseline: milliseconds(few),
      candidate: milliseconds(many),
      ratio: few / many,
      target: 0.5,
      note: "cost free of p, T, n and u",
      holds: many <= 2 * few,
    },
  ];
}
