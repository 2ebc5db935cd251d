import { numberText } from "../src/core/numberText.js";
import { curveFigure } from "../src/report/curveFigure.js";
import type { StudyResult } from "../src/study/results.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const STEPS = [1, 2, 4, 8, 16];
const PATHS = ["exact", "by PGD"];

function study(name: string, seed: number, attack: object, problem: object) {
  return {
    name,
    seed,
    replications: 8,
    problem: { dimension: 60, rank: 2, tasks: 40, labeled: 40, ...problem },
    methods: [
      { name: "standard" },
      { name: "exact", attack, solver: "gradient" },
      { name: "by PGD", attack: { ...attack, inner: { pgd: { steps: 1, starts: 1 } } }, solver: "gradient" },
    ],
    contrasts: [["by PGD", "exact"]],
    vary: { "methods.by PGD.attack.inner.pgd.steps": STEPS },
  };
}

const linf = study(
  "g3-linf",
  4301,
  { norm: "inf", radius: { logThreshold: 0.5 } },
  { support: 6, signal: 1 },
);
const l2 = study(
  "g3-l2",
  4302,
  { norm: 2, radius: { filterBelow: 1.5 } },
  {
    signal: [
      { share: 0.5, norm: 3 },
      { share: 0.5, norm: 1 },
    ],
  },
);

/** Mean error of PGD training over that of exact training, at each number of steps. */
function ratios(result: StudyResult): string {
  return result.cells
    .map((cell, i) => {
      const error = (name: string): number => cell.methods[name]!.sinTheta2.mean!;
      return `${STEPS[i]}: ${numberText(error("by PGD") / error("exact"), 3)}`;
    })
    .join(", ");
}

const simulation: Simulation = {
  id: "G3",
  title: "How many PGD steps are enough?",
  question:
    "In practice the inner maximum is not exact: k steps of projected gradient ascent from a random start in the ball, of length 4ε/k, and descent on the perturbed samples. From how many steps on is the representation that of " +
    "the exact maximum?",
  theory:
    "the loss of a linear classifier rises along one direction only, so that one long step is nearly exact",
  studies: [linf, l2],
  figures: (results, styles) =>
    results.map((result, i) =>
      curveFigure(result, {
        id: ["g3-linf", "g3-l2"][i]!,
        title: ["ℓ∞ attack, sparse representation", "ℓ₂ attack, mixed signals"][i]!,
        x: "methods.by PGD.attack.inner.pgd.steps",
        xLabel: "steps of the attack, k",
        metric: "sinTheta2",
        methods: ["standard", ...PATHS],
        logX: true,
        styles,
      }),
    ),
  seen: ([first, second]) =>
    `‖sin Θ‖² by PGD over exact, by steps. ℓ∞: ${ratios(first!)}. ℓ₂: ${ratios(second!)}`,
  notes: [
    "Which tasks are filtered is the same for any inner maximum and decided before training. What is left of the difference at many steps is the descent's: the worst case over an ℓ∞ ball has no gradient where a coordinate of the classifier is 0, so that " +
      "classifiers by PGD are nearly sparse, and never quite.",
  ],
};

export default simulation;
await runAlone(import.meta.url, simulation);
