import type { Problem } from "../src/model/problem.js";
import type { CellSummary, StudyResult } from "../src/study/results.js";
import type { Method } from "../src/training/method.js";
import { l2Filter, STANDARD } from "./lib/methods.js";
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
import { type TheorySeries, theoryFigure } from "./lib/theoryFigure.js";

const ALPHA = 3;
const LABELED = [10, 20, 40, 100, 300, 1000];
const ALPHAS = [1.3, 1.8, 2.5, 3.5, 5];

const RAW = { name: "raw", aggregation: "raw" };
const JOINT = { name: "joint", aggregation: "joint" };
const RAW_FILTERED = "raw, filtered";
const WEIGHTS = { name: "oracle weights", aggregation: "oracle-weights" };
const WEIGHTS_FILTERED = "oracle weights, filtered";
const NAMES = ["adversarial", "raw", JOINT.name, RAW_FILTERED, WEIGHTS.name, WEIGHTS_FILTERED];

const mixed = (alpha: number): object[] => [
  { share: 0.5, norm: alpha },
  { share: 0.5, norm: 1 },
];

function methods(alpha: number): object[] {
  const filter = l2Filter(Math.sqrt((alpha * alpha + 1) / 2));
  return [
    STANDARD,
    filter,
    RAW,
    JOINT,
    { ...filter, ...RAW, name: RAW_FILTERED },
    WEIGHTS,
    { ...filter, ...WEIGHTS, name: WEIGHTS_FILTERED },
  ];
}

const problem = { dimension: 200, rank: 2, tasks: 100 };
const byLabels = {
  name: "p5-labels",
  seed: 3501,
  replications: 60,
  problem: { ...problem, signal: mixed(ALPHA) },
  methods: methods(ALPHA),
  vary: { "problem.labeled": LABELED },
};
const byAlpha = ALPHAS.map((alpha, i) => ({
  name: `p5-alpha-${alpha}`.replace(".", "-"),
  seed: 3511 + i,
  replications: 60,
  problem: { ...problem, labeled: 200, signal: mixed(alpha) },
  methods: methods(alpha),
}));

const alphaOf = (cell: CellSummary): number => cell.problem.signal[0]!.norm;
const cellsOf = (results: readonly StudyResult[]): CellSummary[] => results.flatMap((r) => [...r.cells]);

/** The predicted error of a method over that of standard training; the filter's radius follows alpha. */
function relative(at: Problem, found: readonly Method[], name: string): number | null {
  return quotient(predicted(at, methodOf({ methods: found }, name)), predicted(at, found[0]!));
}

function figureOf(
  parts: { id: string; title: string; caption: string; xLabel: string; ticks?: readonly number[] },
  cells: readonly CellSummary[],
  x: (cell: CellSummary) => number,
  curve: (name: string) => readonly (readonly [number, number | null])[],
  styles: Styles,
) {
  const series = NAMES.map(
    (name): TheorySeries => ({
      name,
      simulated: cells.flatMap((cell) => ratioAt(x(cell), cell, name, "standard")),
      curve: curve(name),
    }),
  );
  const xs = cells.map(x);
  return theoryFigure({
    ...parts,
    yLabel: "‖sin Θ‖² / that of standard training",
    series,
    guides: [
      {
        label: "standard (normalised columns)",
        points: [
          [Math.min(...xs), 1],
          [Math.max(...xs), 1],
        ],
      },
    ],
    styles,
    logX: true,
    logY: true,
    ...(parts.ticks === undefined ? {} : { xTicks: parts.ticks }),
  });
}

function againstLabels(result: StudyResult, styles: Styles) {
  const start = firstCell({ ...byLabels, vary: { "problem.labeled": [10] } });
  const ns = geometric(LABELED[0]!, LABELED[LABELED.length - 1]!, 36);
  return figureOf(
    {
      id: "p5-labels",
      title: `Against the labels a task, α = ${ALPHA}`,
      caption:
        "p = 200, T = 100, r = 2, σ = 1; half the tasks have norm α, half norm 1. Below the grey line: better than standard. Raw columns and the best weights all but coincide, with the filter as without it.",
      xLabel: "labelled samples a task, n",
      ticks: LABELED,
    },
    result.cells,
    (cell) => cell.problem.labeled,
    (name) => ns.map((labeled) => [labeled, relative({ ...start.problem, labeled }, start.methods, name)]),
    styles,
  );
}

function againstAlpha(results: readonly StudyResult[], styles: Styles) {
  const alphas = geometric(ALPHAS[0]!, ALPHAS[ALPHAS.length - 1]!, 24);
  const starts = alphas.map((alpha) =>
    firstCell({
      ...byAlpha[0]!,
      problem: { ...byAlpha[0]!.problem, signal: mixed(alpha) },
      methods: methods(alpha),
    }),
  );
  return figureOf(
    {
      id: "p5-alpha",
      title: "Against the strong tasks' norm, n = 200",
      caption: "The same with n = 200: τ²p = 1.",
      xLabel: "α, norm of the strong half",
      ticks: ALPHAS,
    },
    cellsOf(results),
    alphaOf,
    (name) => starts.map((cell, i) => [alphas[i]!, relative(cell.problem, cell.methods, name)]),
    styles,
  );
}

/** (standard - filter) / (standard - oracle weights): the filter's gain in units of what the best weights gain. */
function share(cell: CellSummary, which: "mean" | "predicted"): string {
  const error = (name: string): number => cell.methods[name]!.sinTheta2[which]!;
  const gain = (name: string): number => error("standard") - error(name);
  return `${Math.round((100 * gain("adversarial")) / gain(WEIGHTS.name))} %`.replace("-", "−");
}

const simulation: Simulation = {
  id: "P5",
  title: "Where the gain of the ℓ₂ filter comes from: column weights",
  question:
    "An ℓ₂ attack gives a task's column the weight 0 or 1. Is that all it does? Compare it with raw columns, with the joint training of both layers, with the best weights that know every norm, and with the filter on top of either.",
  theory:
    "the best weights are never beaten; on top of them the filter can only lose; raw columns are close to them",
  studies: [byLabels, ...byAlpha],
  figures: ([labels, ...alphas], styles) => [againstLabels(labels!, styles), againstAlpha(alphas, styles)],
  seen: ([labels, ...alphas]) => {
    const cells = [...labels!.cells, ...cellsOf(alphas)];
    const at = (n: number): CellSummary => labels!.cells.find((cell) => cell.problem.labeled === n)!;
    const ratios = (names: readonly string[]) =>
      names.flatMap((name) => cells.flatMap((cell) => ratioAt(0, cell, name, "standard")));
    const text = (n: number): string =>
      `n = ${n} ${share(at(n), "mean")} (predicted ${share(at(n), "predicted")})`;
    return (
      `the filter's gain as a share of the best weights' gain, α = ${ALPHA}: ${[20, 100, 1000].map(text).join(", ")}; ratio predicted/simulated within ` +
      `${worstDeviation(ratios(NAMES.filter((name) => name !== RAW_FILTERED && name !== WEIGHTS_FILTERED)))}, ` +
      `${worstDeviation(ratios([RAW_FILTERED, WEIGHTS_FILTERED]))} with the filter on unnormalised columns`
    );
  },
  notes: [
    "A column's weight explains the whole gain of the filter: the best weights, which know every norm, always gain at least as much, and filtering on top of them only throws tasks away.",
    "Raw columns need no knowledge and no radius: a mean of norm α has weight α² against 1 by its own length. The paper normalises; with mixed signals and isotropic noise that costs more than the filter wins back.",
    "Joint training of both layers weighs a column by one over the length of its head, w² = 1/α whatever the noise. With many labels that lies between normalised columns, 1/(α² + τ²p), and raw ones; with few, normalising hardly weighs at all, and joint training is behind both.",
  ],
};

export default simulation;
await runAlone(import.meta.url, simulation);
