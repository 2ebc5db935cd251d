import { curveFigure } from "../src/report/curveFigure.js";
import type { CellSummary } from "../src/study/results.js";
import { slopeText } from "./lib/measured.js";
import { l2Filter, STANDARD } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const ALPHAS = [2, 4, 8, 16, 32];
const alphaOf = (cell: CellSummary): number => cell.problem.signal[0]!.norm;

const simulation: Simulation = {
  id: "C2",
  title: "ℓ₂ attack, mixed signals: weak tasks are filtered, strong ones decide",
  question:
    "Half the tasks have signal norm α, the others norm 1. Standard training weighs all of them alike; an ℓ₂ attack whose radius lies " +
    "between the two lengths drops the weak ones. Does its error fall like 1/alpha while the standard one stays?",
  theory: "adversarial: slope −1 in α; standard: flat",
  studies: [
    {
      name: "c2-alpha",
      seed: 201,
      replications: 60,
      problem: { dimension: 100, rank: 3, tasks: 200, labeled: 1000 },
      methods: [STANDARD, l2Filter(1.5)],
      vary: {
        "problem.signal": ALPHAS.map((alpha) => [
          { share: 0.5, norm: alpha },
          { share: 0.5, norm: 1 },
        ]),
      },
    },
  ],
  figures: ([result], styles) => [
    curveFigure(result!, {
      id: "c2-alpha",
      title: "Stronger signal in half the tasks",
      x: "problem.signal",
      xValue: alphaOf,
      xLabel: "alpha, the norm of the strong tasks",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["adversarial", "standard"],
      slopeGuide: -1,
      logX: true,
      logY: true,
      styles,
    }),
  ],
  seen: ([result]) =>
    `slope in α: adversarial ${slopeText(result!, "adversarial", alphaOf)}, standard ${slopeText(result!, "standard", alphaOf)}`,
  notes: [
    "n is large here (τ²p = 0.1), as the claim asks: with few labels the weak tasks carry signal too, and dropping them hurts (N6).",
  ],
};

export default simulation;
await runAlone(import.meta.url, simulation);
