import { curveFigure } from "../src/report/curveFigure.js";
import { borrowMethod, meanText } from "./lib/measured.js";
import { SEMI_SUPERVISED, STANDARD } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const LABELED = 20;
const UNLABELED = [0, 20, 80, 180, 580, 1980];
const problem = { dimension: 100, rank: 2, tasks: 100, labeled: LABELED, signal: 3 };

const simulation: Simulation = {
  id: "C4",
  title: "Pseudo-labels: with a strong signal, unlabelled samples count almost like labelled ones",
  question:
    "Each task has 20 labels and u unlabelled samples that its own classifier labels. With a strong signal the paper replaces n by n + u in " +
    "the rate. Does the error fall with u, and how close is it to that of standard training on n + u true labels?",
  theory: "the error of standard training with n + u labels",
  studies: [
    {
      name: "c4-unlabeled",
      seed: 401,
      replications: 40,
      problem,
      methods: [SEMI_SUPERVISED],
      vary: { "problem.unlabeled": UNLABELED },
    },
    {
      name: "c4-all-labels",
      seed: 402,
      replications: 40,
      problem,
      methods: [STANDARD],
      vary: { "problem.labeled": UNLABELED.map((u) => u + LABELED) },
    },
  ],
  figures: ([semi, labels], styles) => [
    curveFigure(borrowMethod(semi!, labels!, "standard", "standard"), {
      id: "c4-unlabeled",
      title: "More unlabelled samples a task",
      caption: "standard: the same number of samples, n + u, all of them labelled.",
      x: "problem.unlabeled",
      xValue: (cell) => cell.problem.unlabeled + LABELED,
      xLabel: "samples a task, n + u (n = 20)",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["semi-supervised", "standard"],
      slopeGuide: -0.5,
      logX: true,
      logY: true,
      styles,
    }),
  ],
  seen: ([semi, labels]) => {
    const last = semi!.cells.length - 1;
    return (
      `‖sin Θ‖² from ${meanText(semi!.cells[0]!, "semi-supervised")} without unlabelled samples to ` +
      `${meanText(semi!.cells[last]!, "semi-supervised")} with 1980; ${meanText(labels!.cells[last]!, "standard")} with 2000 labels`
    );
  },
  notes: ["With a weak signal this fails: see N3."],
};

export default simulation;
await runAlone(import.meta.url, simulation);
