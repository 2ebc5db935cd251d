import { curveFigure } from "../src/report/curveFigure.js";
import { slopeText } from "./lib/measured.js";
import { STANDARD, sparsifier } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const simulation: Simulation = {
  id: "C3",
  title: "ℓ∞ attack, sparse representation: the ambient dimension nearly drops out",
  question:
    "Only 10 rows of B are nonzero. An ℓ∞ attack turns every task mean into its soft threshold, so that noise coordinates vanish. Does " +
    "its error stay nearly flat in p, where the standard one grows like √p?",
  theory: "standard: slope 1/2 in p; adversarial: p replaced by s² up to logarithms",
  studies: [
    {
      name: "c3-dimension",
      seed: 301,
      replications: 40,
      problem: { dimension: 100, rank: 2, tasks: 100, labeled: 100, signal: 1, support: 10 },
      methods: [STANDARD, sparsifier(0.5)],
      vary: { "problem.dimension": [50, 100, 200, 400, 800, 1600] },
    },
  ],
  figures: ([result], styles) => [
    curveFigure(result!, {
      id: "c3-dimension",
      title: "More ambient dimensions",
      x: "problem.dimension",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["standard", "adversarial"],
      slopeGuide: 0.5,
      logX: true,
      logY: true,
      styles,
    }),
  ],
  seen: ([result]) =>
    `slope in p: standard ${slopeText(result!, "standard", (c) => c.problem.dimension)}, ` +
    `adversarial ${slopeText(result!, "adversarial", (c) => c.problem.dimension)}`,
  notes: [
    "In low dimension the attack hurts: soft thresholding biases the rows of B that it keeps, and there is little noise to remove. The curves " +
      "cross where the noise that it removes outweighs that bias.",
  ],
};

export default simulation;
await runAlone(import.meta.url, simulation);
