import type { Problem } from "../src/model/problem.js";
import type { FigureSpec, PlotlyObject } from "../src/report/figureSpec.js";
import { type GridHeatmap, gridHeatmap, type MapPoint } from "../src/report/gridHeatmap.js";
import type { CellSummary, StudyResult } from "../src/study/results.js";
import { filterBoundary, filterGain } from "../src/theory/consequences/filterBoundary.js";
import { l2Filter, STANDARD } from "./lib/methods.js";
import { firstCell, geometric, methodOf, ratioAt, worstDeviation } from "./lib/predicted.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const ALPHAS = [1.3, 1.7, 2.2, 3, 4.2, 6];
const LABELED = [4, 10, 30, 100, 300, 1000];

const mixed = (alpha: number): object[] => [
  { share: 0.5, norm: alpha },
  { share: 0.5, norm: 1 },
];
/** Halfway, in squared length, between the means of the two groups. */
const halfway = (alpha: number): object => l2Filter(Math.sqrt((alpha * alpha + 1) / 2));

const studies = ALPHAS.map((alpha, i) => ({
  name: `p1-filter-alpha-${alpha}`.replace(".", "-"),
  seed: 3101 + i,
  replications: 60,
  problem: { dimension: 200, rank: 2, tasks: 80, signal: mixed(alpha) },
  methods: [STANDARD, halfway(alpha)],
  vary: { "problem.labeled": LABELED },
}));

const alphaOf = (cell: CellSummary): number => cell.problem.signal[0]!.norm;
const cellsOf = (results: readonly StudyResult[]): CellSummary[] => results.flatMap((r) => [...r.cells]);

/** log2 of the error with the filter over the error without, as simulated. */
function simulated(cell: CellSummary): MapPoint[] {
  return ratioAt(alphaOf(cell), cell, "adversarial", "standard").map(({ x, mean }) => ({
    x,
    y: cell.problem.labeled,
    value: Math.log2(mean),
  }));
}

/** Cells in which the simulated difference is beyond its 95 % interval, and those of them on the predicted side. */
function agreement(cells: readonly CellSummary[]): { decided: number; right: number } {
  const sides = cells.flatMap((cell) =>
    ratioAt(0, cell, "adversarial", "standard").flatMap(({ mean, half, predicted }) =>
      Math.abs(mean - 1) > (half ?? Infinity) && predicted !== null ? [(mean - 1) * (predicted - 1) > 0] : [],
    ),
  );
  return { decided: sides.length, right: sides.filter(Boolean).length };
}

const simulation: Simulation = {
  id: "P1",
  title: "Where the ℓ₂ filter helps: predicted map and boundary over (α, n)",
  question:
    "Half the tasks have norm α, the others norm 1. A filter between the two lengths drops the weak half: it pays where the strong tasks are much better, and the lengths " +
    "can be told apart. Where is the boundary between gain (C2) and loss (N6), and does the simulation fall on the predicted side?",
  theory: "the filter helps above a boundary α(n) that falls with n; below it, it throws signal away",
  studies,
  figures: (results) => {
    const cell = firstCell({ ...studies[0]!, vary: { "problem.labeled": [100] } });
    const method = methodOf(cell, "adversarial");
    const at = (alpha: number, n: number): Problem => ({
      ...cell.problem,
      // The theory is smooth in n: only counting makes it an integer.
      labeled: n,
      signal: cell.problem.signal.map((g, i) => (i === 0 ? { ...g, norm: alpha } : g)),
    });
    const x = geometric(1.15, 7, 24);
    const y = geometric(3, 1400, 24);
    const boundary = geometric(3, 1400, 40).flatMap((n): [number, number][] => {
      const alpha = filterBoundary(at(2, n), method, "alpha", 1.02, 40);
      return alpha === null || alpha < x[0]! || alpha > x[x.length - 1]! ? [] : [[alpha, n]];
    });
    return [
      markSides({
        id: "p1-map",
        title: "Error with the filter over error without it",
        caption:
          "p = 200, T = 80, r = 2, σ = 1. The map is predicted, the triangles are simulated, on the same scale. Blue, pointing down: the filter helps; orange, up: it hurts.",
        x,
        y,
        values: y.map((n) => x.map((alpha) => negative(filterGain(at(alpha, n), method)))),
        xLabel: "α, norm of the strong half",
        yLabel: "labelled samples a task, n",
        valueLabel: "log₂ of ‖sin Θ‖² filtered / not filtered",
        logX: true,
        logY: true,
        diverging: true,
        boundaries: [{ label: "predicted boundary: no difference", points: boundary }],
        points: cellsOf(results).flatMap(simulated),
      }),
    ];
  },
  seen: (results) => {
    const cells = cellsOf(results);
    const { decided, right } = agreement(cells);
    const ratios = cells.flatMap((cell) => ratioAt(0, cell, "adversarial", "standard"));
    return (
      `${right} of the ${decided} points with a clear simulated difference lie on the predicted side of the boundary (${cells.length} points in all); ` +
      `ratio predicted/simulated: within ${worstDeviation(ratios)} where it is known to 5 %`
    );
  },
  notes: [
    "The boundary falls with n for two reasons: with few labels a mean's length is mostly noise, so the weak tasks are no worse than the strong ones by much; and the filter then cannot tell the " +
      "two groups apart, so it drops strong tasks too. Beyond n of about 200 (τ²p = 1) the lengths are signal, and with α above about 1.8 halving the tasks costs less than the weak ones do harm; below that α the filter hurts at every n.",
  ],
};

/** Simulated points as triangles that point down where the filter lowers the error: near the boundary, where colours fade, the sign stays. */
function markSides(grid: GridHeatmap): FigureSpec {
  const figure = gridHeatmap(grid);
  const symbol = (grid.points ?? []).map(({ value }) => (value! < 0 ? "triangle-down" : "triangle-up"));
  const data = figure.data.map((trace) => {
    if (trace.mode !== "markers") return trace;
    const marker = trace.marker as PlotlyObject;
    if (marker.coloraxis === undefined) {
      return {
        ...trace,
        name: "simulated: ▼ helps, ▲ hurts",
        marker: { ...marker, symbol: "triangle-up-open" },
      };
    }
    return { ...trace, marker: { ...marker, symbol, size: 12, line: { color: "#2b2b2b", width: 1.2 } } };
  });
  return { ...figure, data };
}

/** log2(filtered / not) from the natural logarithm of its inverse. */
function negative(gain: number | null): number | null {
  return gain === null ? null : -gain / Math.LN2;
}

export default simulation;
await runAlone(import.meta.url, simulation);
