import type { CellSummary, StudyResult } from "../src/study/results.js";
import { type BestRadius, bestRadius } from "../src/theory/consequences/bestRadius.js";
import { l2Filter, STANDARD, sparsifier } from "./lib/methods.js";
import { firstCell, methodOf, pointAt, predicted, quotient, ratioAt } from "./lib/predicted.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation, Styles } from "./lib/simulation.js";
import { parabolaVertex, type TheoryPoint, theoryFigure } from "./lib/theoryFigure.js";

/** l_inf radii in units of tau sqrt(2 ln p). */
const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8];
const SPARSE_P = [100, 400, 1600];
/** l2 radii by the norm below which they filter. */
const FILTERS = [0.5, 1, 1.5, 2, 2.4, 2.8, 3.1];
const DENSE_P = [50, 200, 800];

const thresholdName = (share: number): string => `threshold ${100 * share} %`;
const filterName = (norm: number): string => `filter below ${10 * norm} tenths`;

const thresholds = {
  name: "p2-linf",
  seed: 3201,
  replications: 60,
  problem: { rank: 2, tasks: 100, labeled: 50, support: 10 },
  methods: [STANDARD, ...SHARES.map((share) => sparsifier(share, thresholdName(share)))],
  vary: { "problem.dimension": SPARSE_P },
};
const filters = {
  name: "p2-l2",
  seed: 3202,
  replications: 60,
  problem: {
    rank: 2,
    tasks: 100,
    labeled: 50,
    signal: [
      { share: 0.5, norm: 3 },
      { share: 0.5, norm: 1 },
    ],
  },
  methods: [STANDARD, ...FILTERS.map((norm) => ({ ...l2Filter(norm), name: filterName(norm) }))],
  vary: { "problem.dimension": DENSE_P },
};

const known = new Map<string, BestRadius>();

/** The predicted best radius at a dimension; several figures ask for the same one, and an l_inf answer takes half a second. */
function best(study: object, dimension: number, norm: number): BestRadius {
  const key = `${dimension} ${norm}`;
  const { problem, methods } = firstCell(study);
  const found =
    known.get(key) ?? bestRadius({ ...problem, dimension }, methodOf({ methods }, "standard"), norm)!;
  known.set(key, found);
  return found;
}

const shape = (cell: CellSummary): TheoryPoint[] =>
  SHARES.flatMap((share) => pointAt(share, cell, thresholdName(share)));

/** The radius of the smallest simulated error: the vertex of the parabola through the smallest mean and its neighbours. */
const simulatedBest = (cell: CellSummary): number => parabolaVertex(shape(cell));

function bestAgainstP(result: StudyResult, styles: Styles) {
  const curve = [50, ...SPARSE_P, 6400].map((dimension): [number, number] => {
    return [dimension, best(thresholds, dimension, Number.POSITIVE_INFINITY).logThreshold!];
  });
  return theoryFigure({
    id: "p2-best",
    title: "ℓ∞: the best radius against p",
    caption:
      "T = 100, r = 2, s = 10, n = 50, σ = 1, norm 1. Simulated: the lowest point of a parabola through the best of seven radii and its neighbours.",
    xLabel: "dimension p",
    yLabel: "best radius / (τ √(2 ln p))",
    series: [
      {
        name: "adversarial",
        simulated: result.cells.map((cell) => ({
          x: cell.problem.dimension,
          mean: simulatedBest(cell),
          half: null,
          predicted: best(thresholds, cell.problem.dimension, Number.POSITIVE_INFINITY).logThreshold,
        })),
        curve,
      },
    ],
    guides: [
      {
        label: "the level of pure noise",
        points: [
          [50, 1],
          [6400, 1],
        ],
      },
    ],
    styles,
    logX: true,
    logY: false,
    xTicks: [100, 400, 1600, 6400],
  });
}

function aroundThreshold(result: StudyResult, styles: Styles) {
  const xs = Array.from({ length: 11 }, (_, i) => 0.06 + 0.076 * i);
  return theoryFigure({
    id: "p2-linf",
    title: "ℓ∞: the error at radii around the best one",
    caption: "Grey: the predicted best radius.",
    xLabel: "radius / (τ √(2 ln p))",
    yLabel: "‖sin Θ‖²",
    panels: result.cells.map((cell) => `p = ${cell.problem.dimension}`),
    series: result.cells.map((cell, panel) => ({
      name: "adversarial",
      panel,
      simulated: shape(cell),
      curve: xs.map((share) => {
        const method = { ...methodOf(firstCell(thresholds), "standard"), name: "adversarial" };
        const attack = { norm: Number.POSITIVE_INFINITY, radius: { logThreshold: share } };
        return [share, predicted(cell.problem, { ...method, attack })] as const;
      }),
    })),
    guides: result.cells.map((cell, panel) => {
      const { logThreshold } = best(thresholds, cell.problem.dimension, Number.POSITIVE_INFINITY);
      const heights = shape(cell).map((p) => p.mean);
      return {
        label: "predicted best radius",
        panel,
        points: [
          [logThreshold!, Math.min(...heights) / 1.2],
          [logThreshold!, Math.max(...heights)],
        ],
      };
    }),
    styles,
    logX: false,
    logY: true,
  });
}

function aroundFilter(result: StudyResult, styles: Styles) {
  const norms = Array.from({ length: 36 }, (_, i) => 0.4 + 0.08 * i);
  const { methods } = firstCell(filters);
  return theoryFigure({
    id: "p2-l2",
    title: "ℓ₂: the error at radii between the groups, over standard training",
    caption:
      "Half the tasks have norm 3, half norm 1; T = 100, r = 2, n = 50, σ = 1. Below the solid line the filter helps.",
    xLabel: "norm below which the radius filters",
    yLabel: "‖sin Θ‖² / that of standard training",
    panels: result.cells.map((cell) => `p = ${cell.problem.dimension}`),
    series: result.cells.map((cell, panel) => ({
      name: "adversarial",
      panel,
      simulated: FILTERS.flatMap((norm) => ratioAt(norm, cell, filterName(norm), "standard")),
      curve: norms.map((norm) => {
        const attack = { norm: 2, radius: { filterBelow: norm } };
        const standard = methodOf({ methods }, "standard");
        return [
          norm,
          quotient(predicted(cell.problem, { ...standard, attack }), predicted(cell.problem, standard)),
        ] as const;
      }),
    })),
    guides: result.cells.flatMap((cell, panel) => {
      const { radius } = best(filters, cell.problem.dimension, 2);
      const norm2 = radius ** 2 - cell.problem.dimension / cell.problem.labeled;
      const one = {
        label: "as without the filter",
        panel,
        points: [
          [0.4, 1],
          [3.2, 1],
        ] as const,
      };
      if (!(radius > 0 && norm2 > 0)) return [one];
      const x = Math.sqrt(norm2);
      const height = { label: "predicted best radius", panel, dash: "dashdot" as const };
      return [
        one,
        {
          ...height,
          points: [
            [x, 0.5],
            [x, 2],
          ] as const,
        },
      ];
    }),
    styles,
    logX: false,
    logY: true,
  });
}

const simulation: Simulation = {
  id: "P2",
  title: "The best radius: for ℓ∞ it grows with p but stays below the noise level, for ℓ₂ there may be none",
  question:
    "The paper takes an ℓ∞ radius of the order of τ √(2 ln p), the level that pure noise reaches. Which radius minimises the predicted error, and does the simulation have its minimum there? And which " +
    "ℓ₂ radius, if any?",
  theory:
    "ℓ∞: a fifth to a half of the noise level, growing with p; ℓ₂: between the groups at p = 50 and 200, no filter at p = 800",
  studies: [thresholds, filters],
  figures: ([sparse, dense], styles) => [
    bestAgainstP(sparse!, styles),
    aroundThreshold(sparse!, styles),
    aroundFilter(dense!, styles),
  ],
  seen: ([sparse, dense]) => {
    const radii = sparse!.cells.map((cell) => {
      const predictedBest = best(thresholds, cell.problem.dimension, Number.POSITIVE_INFINITY).logThreshold!;
      return `p = ${cell.problem.dimension} ${simulatedBest(cell).toFixed(2)} (predicted ${predictedBest.toFixed(2)})`;
    });
    const gains = dense!.cells.map((cell) => {
      const ratios = FILTERS.flatMap((norm) => ratioAt(norm, cell, filterName(norm), "standard"));
      const lowest = ratios.reduce((a, b) => (b.mean < a.mean ? b : a));
      return `p = ${cell.problem.dimension} ${lowest.mean.toFixed(2)} at ${lowest.x}`;
    });
    return `best ℓ∞ radius over τ √(2 ln p): ${radii.join(", ")}; lowest error of the ℓ₂ filters over standard training: ${gains.join(", ")}`;
  },
  notes: [
    "A radius at the full noise level keeps the variance lowest and pays for it with bias: the support's own coordinates shrink.",
    "ℓ₂ radii between the two groups' lengths are all alike where the groups are told apart: the minimum is a plateau. At p = 800 every filter loses, and the predicted best radius is 0.",
  ],
};

export default simulation;
await runAlone(import.meta.url, simulation);
