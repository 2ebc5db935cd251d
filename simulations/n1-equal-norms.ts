import { contrastFigure } from "../src/report/contrastFigure.js";
import { curveFigure } from "../src/report/curveFigure.js";
import { difference, differenceText } from "./lib/measured.js";
import { STANDARD } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const simulation: Simulation = {
  id: "N1",
  title: "Control: equal norms, an ℓ₂ attack below every task mean changes nothing",
  question:
    "All tasks have norm 1. As long as the radius is below every ‖μ̂ₜ‖ the ℓ₂ attack filters no task, and the representation must be identical, bit " +
    "for bit, to that of standard training. Beyond, it only throws tasks away.",
  theory: "difference exactly 0 until the first task is filtered, then positive",
  studies: [
    {
      name: "n1-equal-norms",
      seed: 1101,
      replications: 40,
      problem: { dimension: 100, rank: 2, tasks: 100, labeled: 50, signal: 1 },
      methods: [STANDARD, { name: "adversarial", attack: { norm: 2, radius: 0 } }],
      vary: { "methods.adversarial.attack.radius": [0, 0.4, 0.8, 1.2, 1.5, 1.6, 1.7, 1.8] },
    },
  ],
  figures: ([result], styles) => [
    contrastFigure(result!, {
      id: "n1-difference",
      title: "The attack against standard training",
      x: "methods.adversarial.attack.radius",
      xLabel: "radius of the ℓ₂ attack",
      metric: "sinTheta2",
      styles,
    }),
    curveFigure(result!, {
      id: "n1-surviving",
      title: "Tasks that the attack leaves",
      x: "methods.adversarial.attack.radius",
      xLabel: "radius of the ℓ₂ attack",
      metric: "survivingTasks",
      methods: ["standard", "adversarial"],
      logY: false,
      styles,
    }),
  ],
  seen: ([result]) => {
    const cells = result!.cells;
    const same = cells.filter((c) => {
      const { mean, mcse } = difference(c, "adversarial", "standard");
      return mean === 0 && mcse === 0;
    });
    const largest = Math.max(...same.map((c) => Number(Object.values(c.varied)[0])));
    const last = cells[cells.length - 1]!;
    return `identical up to radius ${largest}; at 1.8 adversarial - standard ${differenceText(last, "adversarial", "standard")}`;
  },
};

export default simulation;
await runAlone(import.meta.url, simulation);
