import { curveFigure } from "../src/report/curveFigure.js";
import { meanText } from "./lib/measured.js";
import { l2Filter, STANDARD } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const LEVELS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

const simulation: Simulation = {
  id: "N4",
  title: "Control: an ℓ₂ attack above all norms filters everything",
  question:
    "All tasks have norm 1, and the radius grows to the length of means of norm 2. When fewer than r tasks are left the representation is rank-deficient, and " +
    "every missing direction must count as fully wrong.",
  theory: "‖sin Θ‖² rises to r = 2, excess risk to ‖a‖ = 1",
  studies: [
    {
      name: "n4-all-filtered",
      seed: 1401,
      replications: 40,
      problem: { dimension: 100, rank: 2, tasks: 100, labeled: 50, signal: 1 },
      methods: [STANDARD, l2Filter(1)],
      vary: { "methods.adversarial.attack.radius": LEVELS.map((filterBelow) => ({ filterBelow })) },
    },
  ],
  figures: ([result], styles) => [
    curveFigure(result!, {
      id: "n4-subspace",
      title: "Subspace error",
      x: "methods.adversarial.attack.radius",
      xLabel: "the norm below which tasks are filtered",
      metric: "sinTheta2",
      methods: ["standard", "adversarial"],
      logX: false,
      logY: false,
      styles,
    }),
    curveFigure(result!, {
      id: "n4-surviving",
      title: "Tasks left",
      x: "methods.adversarial.attack.radius",
      xLabel: "the norm below which tasks are filtered",
      metric: "survivingTasks",
      methods: ["standard", "adversarial"],
      logX: false,
      logY: false,
      styles,
    }),
  ],
  seen: ([result]) => {
    const last = result!.cells[result!.cells.length - 1]!;
    const of = (metric: "sinTheta2" | "excessRisk" | "survivingTasks"): string =>
      meanText(last, "adversarial", metric);
    return `at level 2: ${of("survivingTasks")} tasks left, ‖sin Θ‖² ${of("sinTheta2")}, excess risk ${of("excessRisk")}`;
  },
};

export default simulation;
await runAlone(import.meta.url, simulation);
