import { curveFigure } from "../src/report/curveFigure.js";
import { differenceText } from "./lib/measured.js";
import { STANDARD, sparsifier } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const simulation: Simulation = {
  id: "N2",
  title: "Control: on a dense representation the ℓ∞ attack hurts",
  question:
    "The ℓ∞ attack pays only when B is sparse. From 2 nonzero rows to all 200, at the same radius: where does its gain turn into a loss?",
  theory: "a gain for small s, a loss for dense B",
  studies: [
    {
      name: "n2-support",
      seed: 1201,
      replications: 40,
      problem: { dimension: 200, rank: 2, tasks: 100, labeled: 100, signal: 1 },
      methods: [STANDARD, sparsifier(0.5)],
      vary: { "problem.support": [2, 5, 10, 20, 40, 80, 200] },
    },
  ],
  figures: ([result], styles) => [
    curveFigure(result!, {
      id: "n2-support",
      title: "From sparse to dense",
      x: "problem.support",
      xLabel: "s, the nonzero rows of B (p = 200)",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["standard", "adversarial"],
      logX: true,
      logY: true,
      styles,
    }),
  ],
  seen: ([result]) => {
    const cells = result!.cells;
    const text = (i: number): string => differenceText(cells[i]!, "adversarial", "standard");
    return `adversarial - standard in ‖sin Θ‖²: s = 2 ${text(0)}, s = 200 (dense) ${text(cells.length - 1)}`;
  },
};

export default simulation;
await runAlone(import.meta.url, simulation);
