import { contrastFigure } from "../src/report/contrastFigure.js";
import { curveFigure } from "../src/report/curveFigure.js";
import { differenceText } from "./lib/measured.js";
import { l2Filter, STANDARD } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const simulation: Simulation = {
  id: "N6",
  title: "Control: with few labels the ℓ₂ filter throws signal away",
  question:
    "The same mixed signals as in C2, α = 2, but from 5 labels a task. As long as τ²p is above the signal, the weak tasks are noisy but not useless. Does " +
    "the filter hurt there, and from which n on does it help?",
  theory: "adversarial above standard for small n, below for large n",
  studies: [
    {
      name: "n6-filter-hurts",
      seed: 1601,
      replications: 60,
      problem: {
        dimension: 200,
        rank: 2,
        tasks: 100,
        signal: [
          { share: 0.5, norm: 2 },
          { share: 0.5, norm: 1 },
        ],
      },
      methods: [STANDARD, l2Filter(1.5)],
      vary: { "problem.labeled": [5, 10, 20, 40, 80, 160, 320, 640, 1280] },
    },
  ],
  figures: ([result], styles) => [
    curveFigure(result!, {
      id: "n6-labels",
      title: "Few labels to many",
      x: "problem.labeled",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["standard", "adversarial"],
      logX: true,
      logY: true,
      styles,
    }),
    contrastFigure(result!, {
      id: "n6-difference",
      title: "The filter against standard training",
      caption: "Above zero: the filter hurts.",
      x: "problem.labeled",
      metric: "sinTheta2",
      logX: true,
      styles,
    }),
  ],
  seen: ([result]) => {
    const text = (n: number): string => {
      const cell = result!.cells.find((c) => c.problem.labeled === n)!;
      return `n = ${n} ${differenceText(cell, "adversarial", "standard")}`;
    };
    return `adversarial - standard in ‖sin Θ‖²: ${text(10)}, ${text(1280)}`;
  },
};

export default simulation;
await runAlone(import.meta.url, simulation);
