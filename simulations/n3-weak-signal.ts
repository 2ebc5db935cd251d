import { curveFigure } from "../src/report/curveFigure.js";
import { differenceText, meanText } from "./lib/measured.js";
import { SEMI_SUPERVISED, STANDARD } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const BEST = "semi-supervised, best weight";

const simulation: Simulation = {
  id: "N3",
  title: "Control: weak signal, a few pseudo-labels hurt and many reach a floor",
  question:
    "The classifiers that label are wrong in about 39 % of the cases. Above 25 % the first pooled pseudo-labels must hurt, and with many of them the error must " +
    "stop at a floor above zero. With the best weight between labelled and pseudo-labelled means they should never hurt.",
  theory: "pooled: up, then down to a floor (docs/theory.md 5.2); best weight: never worse than standard",
  studies: [
    {
      name: "n3-weak-signal",
      seed: 1301,
      replications: 40,
      problem: { dimension: 250, rank: 2, tasks: 100, labeled: 20, signal: 1 },
      methods: [STANDARD, SEMI_SUPERVISED, { name: BEST, pseudoLabels: { weight: "optimal" } }],
      vary: { "problem.unlabeled": [0, 5, 20, 80, 320, 1280, 5120] },
    },
  ],
  figures: ([result], styles) => [
    curveFigure(result!, {
      id: "n3-weak-signal",
      title: "More unlabelled samples, wrongly labelled",
      x: "problem.unlabeled",
      xValue: (cell) => cell.problem.unlabeled + 1,
      xLabel: "unlabelled samples a task, u + 1",
      metric: "sinTheta2",
      methods: ["standard", "semi-supervised", BEST],
      logX: true,
      logY: true,
      styles,
    }),
  ],
  seen: ([result]) => {
    const at = (u: number) => result!.cells.find((c) => c.problem.unlabeled === u)!;
    return (
      `pooled - standard at u = 20: ${differenceText(at(20), "semi-supervised", "standard")}; ` +
      `pooled at u = 1280 ${meanText(at(1280), "semi-supervised")}, at 5120 ${meanText(at(5120), "semi-supervised")}; ` +
      `best weight - standard at u = 20: ${differenceText(at(20), BEST, "standard")}`
    );
  },
};

export default simulation;
await runAlone(import.meta.url, simulation);
