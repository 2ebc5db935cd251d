import { curveFigure } from "../src/report/curveFigure.js";
import type { CellSummary, StudyResult } from "../src/study/results.js";
import { slopeText } from "./lib/measured.js";
import { both, l2Filter, SEMI_SUPERVISED, STANDARD, sparsifier } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const LOGISTIC = { loss: "logistic" } as const;
const logistic = (method: object): object => ({ ...method, ...LOGISTIC });
const linearBeside = { ...STANDARD, name: "linear loss" };
const ridge = { ...STANDARD, ...LOGISTIC, name: "ridge", regularization: { ridge: 0.1 } };

const ALPHAS = [2, 4, 8, 16];
const mixed = (alpha: number): object[] => [
  { share: 0.5, norm: alpha },
  { share: 0.5, norm: 1 },
];

const labels = {
  name: "g2-labels",
  seed: 4201,
  replications: 8,
  problem: { dimension: 40, rank: 2, tasks: 40, labeled: 25, signal: 1 },
  methods: [logistic(STANDARD), ridge, linearBeside],
  vary: { "problem.labeled": [25, 50, 100, 200, 400] },
};
const alphas = {
  name: "g2-alpha",
  seed: 4202,
  replications: 8,
  problem: { dimension: 30, rank: 2, tasks: 40, labeled: 200 },
  methods: [logistic(STANDARD), logistic(l2Filter(1.5)), { ...l2Filter(1.5), name: "linear loss" }],
  vary: { "problem.signal": ALPHAS.map(mixed) },
};
const dimensions = {
  name: "g2-dimension",
  seed: 4203,
  replications: 8,
  problem: { dimension: 50, rank: 2, tasks: 40, labeled: 50, signal: 1, support: 8 },
  methods: [logistic(STANDARD), logistic(sparsifier(0.5)), sparsifier(0.5, "linear loss")],
  vary: { "problem.dimension": [50, 100, 200, 400] },
};
const unlabeled = {
  name: "g2-unlabeled",
  seed: 4204,
  replications: 8,
  problem: { dimension: 100, rank: 2, tasks: 30, labeled: 20, signal: 3, support: 8 },
  methods: [STANDARD, SEMI_SUPERVISED, sparsifier(0.5), both(0.5)].map(logistic),
  vary: { "problem.unlabeled": [25, 100, 400] },
};

const errorAt = (cell: CellSummary, method: string): number => cell.methods[method]!.sinTheta2.mean!;
const last = (result: StudyResult): CellSummary => result.cells[result.cells.length - 1]!;
const ratio = (result: StudyResult, a: string, b: string): string =>
  (errorAt(last(result), a) / errorAt(last(result), b)).toFixed(2);

const simulation: Simulation = {
  id: "G2",
  title: "Logistic loss: do C1 to C5 survive?",
  question:
    "The paper trains with the linear loss, which sees nothing of a task but its mean. Practitioners take the logistic loss, adversarial or not. Do the rates in n and p, the " +
    "gain of the filter, of sparsity, of pseudo-labels and of both together survive the change?",
  theory:
    "a task is filtered under the same condition; the certificate is the closed form at a reweighted mean: the same shape, other constants",
  studies: [labels, alphas, dimensions, unlabeled],
  figures: ([byLabels, byAlpha, byDimension, byUnlabeled], styles) => [
    curveFigure(byLabels!, {
      id: "g2-labels",
      title: "C1: labels a task (standard: logistic, unit ball)",
      x: "problem.labeled",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["standard", "ridge", "linear loss"],
      slopeGuide: -0.5,
      logX: true,
      logY: true,
      styles,
    }),
    curveFigure(byAlpha!, {
      id: "g2-alpha",
      title: "C2: mixed signals, norms α = 2, 4, 8, 16 and 1 in halves",
      x: "problem.signal",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["standard", "adversarial", "linear loss"],
      logY: true,
      styles,
    }),
    curveFigure(byDimension!, {
      id: "g2-dimension",
      title: "C3: sparse representation, more dimensions",
      x: "problem.dimension",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["standard", "adversarial", "linear loss"],
      slopeGuide: 0.5,
      logX: true,
      logY: true,
      styles,
    }),
    curveFigure(byUnlabeled!, {
      id: "g2-unlabeled",
      title: "C4 and C5: pseudo-labels, alone and with the attack",
      x: "problem.unlabeled",
      metric: "sinTheta2",
      methods: ["standard", "adversarial", "semi-supervised", "both"],
      logX: true,
      logY: true,
      styles,
    }),
  ],
  seen: ([byLabels, byAlpha, byDimension, byUnlabeled]) =>
    `slope in n ${slopeText(byLabels!, "standard", (c) => c.problem.labeled)} (linear loss ${slopeText(byLabels!, "linear loss", (c) => c.problem.labeled)}); ` +
    `error over that of the linear loss ${ratio(byLabels!, "standard", "linear loss")} at n = 400; filter ÷ standard at α = 16 ${ratio(byAlpha!, "adversarial", "standard")}; ` +
    `slope in p: standard ${slopeText(byDimension!, "standard", (c) => c.problem.dimension)}, ℓ∞ attack ${slopeText(byDimension!, "adversarial", (c) => c.problem.dimension)}; ` +
    `at u = 400 semi-supervised ÷ standard ${ratio(byUnlabeled!, "semi-supervised", "standard")}, both ÷ semi-supervised ${ratio(byUnlabeled!, "both", "semi-supervised")}`,
  notes: [
    "The logistic loss gives samples beyond the margin less weight, so that a task's classifier averages fewer of them: a constant factor more error than the linear loss, which for this model is the better one.",
    "The figures of C4 and C5 are all logistic; the first three have the linear loss beside it.",
  ],
};

export default simulation;
await runAlone(import.meta.url, simulation);
