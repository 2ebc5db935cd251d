import { contrastFigure } from "../src/report/contrastFigure.js";
import type { StudyResult } from "../src/study/results.js";
import { difference } from "./lib/measured.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const CASES = [
  { name: "standard", changes: {} },
  { name: "l2", changes: { attack: { norm: 2, radius: { filterBelow: 1.2 } } } },
  { name: "l_inf", changes: { attack: { norm: "inf", radius: { logThreshold: 0.5 } } } },
  { name: "l_3", changes: { attack: { norm: 3, radius: 0.2 } } },
  { name: "pseudo-labels", changes: { pseudoLabels: true } },
];
const methods = CASES.flatMap(({ name, changes }) => [
  { name, ...changes },
  { name: `${name}, gradient`, ...changes, solver: "gradient" },
  { name: `${name}, ridge`, ...changes, solver: "gradient", regularization: { ridge: 1 } },
]);
const contrasts = CASES.flatMap(({ name }) => [
  [`${name}, gradient`, name],
  [`${name}, ridge`, name],
]);

const simulation: Simulation = {
  id: "G1",
  title: "Linear loss: gradient training ends at the closed form",
  question:
    "The closed form of the paper is one classifier a task. Does accelerated gradient training of the same objective, with the unit ball or with a ridge, end at the " +
    "same representation, whatever the attack?",
  theory: "the same W₁, up to the solver's tolerance",
  studies: [
    {
      name: "g1-closed-form",
      seed: 4101,
      replications: 10,
      problem: {
        dimension: 60,
        rank: 2,
        tasks: 40,
        labeled: 20,
        unlabeled: 60,
        signal: [
          { share: 0.5, norm: 2 },
          { share: 0.5, norm: 1 },
        ],
      },
      methods,
      contrasts,
      vary: { "problem.labeled": [10, 40, 160] },
    },
  ],
  figures: ([result], styles) => [
    contrastFigure(result!, {
      id: "g1-closed-form",
      title: "Gradient training minus the closed form",
      x: "problem.labeled",
      metric: "sinTheta2",
      styles,
    }),
  ],
  seen: ([result]) =>
    `largest mean difference of ‖sin Θ‖²: ${largestDifference(result!).toExponential(1).replace("-", "−")} over ${CASES.length} methods, ball and ridge, ${result!.cells.length} numbers of labels`,
  notes: [
    "The proximal step of the solver is the closed form at another point, and a ridge only changes the length of a classifier: both lead to the direction of μ̂ − P(μ̂).",
  ],
};

function largestDifference(result: StudyResult): number {
  const all = result.cells.flatMap((cell) =>
    contrasts.map(([a, b]) => Math.abs(difference(cell, a!, b!).mean ?? 0)),
  );
  return Math.max(...all);
}

export default simulation;
await runAlone(import.meta.url, simulation);
