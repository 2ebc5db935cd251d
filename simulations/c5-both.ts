import { contrastFigure } from "../src/report/contrastFigure.js";
import { curveFigure } from "../src/report/curveFigure.js";
import { differenceText } from "./lib/measured.js";
import { both, SEMI_SUPERVISED, STANDARD, sparsifier } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const simulation: Simulation = {
  id: "C5",
  title: "Adversarial and semi-supervised training together: both gains at once",
  question:
    "A sparse representation, few labels, and u unlabelled samples a task. The attack removes noise coordinates, pseudo-labels lower the " +
    "noise of the rest. Is their combination better than each alone, at every u?",
  theory: "both < adversarial and both < semi-supervised for u > 0",
  studies: [
    {
      name: "c5-complementary-gains",
      seed: 501,
      replications: 40,
      problem: { dimension: 400, rank: 2, tasks: 100, labeled: 20, signal: 1.5, support: 10 },
      methods: [STANDARD, sparsifier(0.5), SEMI_SUPERVISED, both(0.5)],
      contrasts: [
        ["both", "adversarial"],
        ["both", "semi-supervised"],
      ],
      vary: { "problem.unlabeled": [50, 100, 200, 400, 800] },
    },
  ],
  figures: ([result], styles) => [
    curveFigure(result!, {
      id: "c5-complementary-gains",
      title: "Four ways to train on the source tasks",
      x: "problem.unlabeled",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["standard", "adversarial", "semi-supervised", "both"],
      logX: true,
      logY: true,
      styles,
    }),
    contrastFigure(result!, {
      id: "c5-differences",
      title: "The combination against each alone",
      caption: "Below zero: the combination is better.",
      x: "problem.unlabeled",
      metric: "sinTheta2",
      logX: true,
      styles,
    }),
  ],
  seen: ([result]) => {
    const cells = result!.cells;
    const at = (u: number): string => {
      const cell = cells.find((c) => c.problem.unlabeled === u)!;
      return `u = ${u}: both - adversarial ${differenceText(cell, "both", "adversarial")}, both - semi-supervised ${differenceText(cell, "both", "semi-supervised")}`;
    };
    return `${at(50)}; ${at(800)}`;
  },
};

export default simulation;
await runAlone(import.meta.url, simulation);
