import { curveFigure } from "../src/report/curveFigure.js";
import { slopeText } from "./lib/measured.js";
import { STANDARD } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const problem = { dimension: 100, rank: 3, tasks: 100, labeled: 100, signal: 1 };

const simulation: Simulation = {
  id: "C1",
  title: "Standard training: the subspace error falls with labels and with tasks",
  question:
    "Standard training recovers the representation with error r (√(1/n) + √(p/(nT)) + ...), the paper says. How fast does " +
    "‖sin Θ‖ fall with n labels a task, and with T tasks? A part that does not shrink with T would show as a floor in the second figure.",
  theory: "slope −1/2 in n, and in T as long as √(p/(nT)) dominates",
  studies: [
    {
      name: "c1-labels",
      seed: 101,
      replications: 60,
      problem,
      methods: [STANDARD],
      vary: { "problem.labeled": [50, 100, 200, 400, 800, 1600] },
    },
    {
      name: "c1-tasks",
      seed: 102,
      replications: 60,
      problem,
      methods: [STANDARD],
      vary: { "problem.tasks": [50, 100, 200, 400, 800, 1600] },
    },
  ],
  figures: ([labels, tasks], styles) => [
    curveFigure(labels!, {
      id: "c1-labels",
      title: "More labels a task",
      x: "problem.labeled",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["standard"],
      slopeGuide: -0.5,
      logX: true,
      logY: true,
      styles,
    }),
    curveFigure(tasks!, {
      id: "c1-tasks",
      title: "More tasks",
      x: "problem.tasks",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["standard"],
      slopeGuide: -0.5,
      logX: true,
      logY: true,
      styles,
    }),
  ],
  seen: ([labels, tasks]) =>
    `slope in n ${slopeText(labels!, "standard", (c) => c.problem.labeled)}, ` +
    `in T ${slopeText(tasks!, "standard", (c) => c.problem.tasks)}`,
  notes: [
    "With isotropic noise the error keeps falling as √(p/(nT)) when tasks are added at fixed n: the √(1/n) term of the bound " +
      "is not visible, so the bound is loose in T.",
  ],
};

export default simulation;
await runAlone(import.meta.url, simulation);
