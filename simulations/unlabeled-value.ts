import type { Problem } from "../src/model/problem.js";
import type { CellSummary, StudyResult } from "../src/study/results.js";
import { pseudoLabelValue, unlabeledFloor } from "../src/theory/consequences/unlabeledValue.js";
import { differenceText, meanText } from "./lib/measured.js";
import { SEMI_SUPERVISED, STANDARD } from "./lib/methods.js";
import {
  firstCell,
  geometric,
  methodOf,
  predicted,
  quotient,
  ratioAt,
  worstDeviation,
} from "./lib/predicted.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation, Styles } from "./lib/simulation.js";
import { type Guide, type TheorySeries, theoryFigure } from "./lib/theoryFigure.js";

const BEST = "semi-supervised, best weight";
const METHODS = [STANDARD, SEMI_SUPERVISED, { name: BEST, pseudoLabels: { weight: "optimal" } }];
const SEMI = ["semi-supervised", BEST];
const LABELED = 20;
const UNLABELED = [2, 5, 20, 60, 200, 600, 2000, 6000];
const SIGNALS = [1, 2.5];
const problem = { dimension: 200, rank: 2, tasks: 80, labeled: LABELED };

/** Norms of the tasks from hopeless to clear, for the sign of the first pseudo-labels' effect. */
const NORMS = [1, 1.25, 1.5, 1.75, 2, 2.3, 2.8];
const FEW = 5;

const study = {
  name: "p3-unlabeled",
  seed: 3301,
  replications: 40,
  problem,
  methods: METHODS,
  vary: { "problem.signal": SIGNALS, "problem.unlabeled": UNLABELED },
};
const few = {
  name: "p3-a-few",
  seed: 3302,
  replications: 60,
  problem: { ...problem, unlabeled: FEW },
  methods: METHODS,
  vary: { "problem.signal": NORMS },
};

const start = firstCell({ ...study, vary: {} });
const normOf = (cell: CellSummary): number => cell.problem.signal[0]!.norm;
const withSignal = (norm: number, unlabeled: number): Problem => ({
  ...start.problem,
  unlabeled,
  signal: [{ share: 1, norm }],
});
const wrong = (norm: number): number => pseudoLabelValue(withSignal(norm, 1), norm).error;
const relative = (norm: number, unlabeled: number, method: string): number | null => {
  const at = withSignal(norm, unlabeled);
  return quotient(predicted(at, methodOf(start, method)), predicted(at, methodOf(start, "standard")));
};
const points = (cells: readonly CellSummary[], method: string, x: (cell: CellSummary) => number) =>
  cells.flatMap((cell) => ratioAt(x(cell), cell, method, "standard"));

function againstU(result: StudyResult, styles: Styles, norm: number) {
  const us = geometric(1, 30000, 48);
  const span = [us[0]!, us[us.length - 1]!] as const;
  const cells = result.cells.filter((cell) => normOf(cell) === norm);
  const series = SEMI.map(
    (name): TheorySeries => ({
      name,
      simulated: points(cells, name, (cell) => cell.problem.unlabeled),
      curve: us.map((u) => [u, relative(norm, u, name)] as const),
    }),
  );
  const none = predicted(withSignal(norm, 0), methodOf(start, "standard"));
  const floor = unlabeledFloor(withSignal(norm, 0), methodOf(start, "semi-supervised")).metrics.sinTheta2;
  const level = (label: string, y: number, dash: "solid" | "dashdot"): Guide => ({
    label,
    dash,
    points: span.map((x) => [x, y] as const),
  });
  const share = Math.round(100 * wrong(norm));
  return theoryFigure({
    id: `p3-norm-${norm}`,
    title: `Norm ${norm}: ${share} % wrong pseudo-labels`,
    caption: `p = 200, T = 80, r = 2, n = ${LABELED}, σ = 1. Relative to standard training on the same draws.`,
    xLabel: "unlabelled samples a task, u",
    yLabel: "‖sin Θ‖² / that of standard training",
    series,
    guides: [
      level("as without unlabelled samples", 1, "solid"),
      level("predicted floor, u → ∞", quotient(floor, none)!, "dashdot"),
    ],
    styles,
    logX: true,
  });
}

function aFew(result: StudyResult, styles: Styles) {
  const norms = geometric(NORMS[0]!, NORMS[NORMS.length - 1]!, 40);
  const series = SEMI.map(
    (name): TheorySeries => ({
      name,
      simulated: points(result.cells, name, (cell) => wrong(normOf(cell))),
      curve: norms.map((norm) => [wrong(norm), relative(norm, FEW, name)] as const),
    }),
  );
  const heights = series.flatMap((s) => s.simulated.map((p) => p.mean));
  const [low, high] = [Math.min(...heights, 0.9), Math.max(...heights, 1.1)];
  return theoryFigure({
    id: "p3-a-few",
    title: `The first ${FEW} unlabelled samples: the 25 % rule`,
    caption: `u = ${FEW}, n = ${LABELED}; the tasks' norm runs from ${NORMS[NORMS.length - 1]} (left) to ${NORMS[0]} (right). Above 1: they hurt.`,
    xLabel: "share e of wrong pseudo-labels",
    yLabel: "‖sin Θ‖² / that of standard training",
    series,
    guides: [
      {
        label: "as without unlabelled samples",
        points: [
          [wrong(norms[norms.length - 1]!), 1],
          [wrong(norms[0]!), 1],
        ],
      },
      {
        label: "e = 1/4",
        dash: "dashdot",
        points: [
          [0.25, low],
          [0.25, high],
        ],
      },
    ],
    styles,
    logX: false,
    logY: true,
  });
}

const simulation: Simulation = {
  id: "P3",
  title: "What unlabelled data are worth: a floor, and a little of it can hurt",
  question:
    "How does the error fall with the number u of unlabelled samples, where does it stop, and when do the first of them do harm? Pooled pseudo-labels count like labels; the best " +
    "weight counts a pseudo-label that is wrong with probability e as (1 − 2e)² of one.",
  theory:
    "pooled pseudo-labels hurt at first when e > 1/4, the best weight never hurts; both end at one floor above zero",
  studies: [study, few],
  figures: ([all, first], styles) => [
    ...SIGNALS.map((norm) => againstU(all!, styles, norm)),
    aFew(first!, styles),
  ],
  seen: ([all, first]) => {
    const weak = all!.cells.filter((cell) => normOf(cell) === SIGNALS[0]);
    const at = (u: number): CellSummary => weak.find((cell) => cell.problem.unlabeled === u)!;
    const floor = unlabeledFloor(withSignal(SIGNALS[0]!, 0), methodOf(start, "semi-supervised")).metrics
      .sinTheta2!;
    const everything = SEMI.flatMap((name) => [
      ...points(all!.cells, name, () => 0),
      ...points(first!.cells, name, () => 0),
    ]);
    return (
      `norm ${SIGNALS[0]}: pooled − standard in ‖sin Θ‖² ${differenceText(at(5), "semi-supervised", "standard")} at u = 5, best weight − standard ` +
      `${differenceText(at(5), BEST, "standard")}; pooled at u = 6000 ${meanText(at(6000), "semi-supervised")}, floor ${floor.toFixed(4)}; ` +
      `ratio predicted/simulated within ${worstDeviation(everything)}`
    );
  },
  notes: [
    "The floor is what the labels leave: they decide how many pseudo-labels are wrong, and each task's pseudo-labelled mean keeps a part of its labelled noise. More tasks lower it, more " +
      "unlabelled samples do not.",
    "The 25 % rule is the derivative at u = 0; at u = 5 the pooled curve crosses 1 a little above it, at e of about 0.28.",
  ],
};

export default simulation;
await runAlone(import.meta.url, simulation);
