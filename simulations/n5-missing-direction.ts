import { curveFigure } from "../src/report/curveFigure.js";
import { meanText } from "./lib/measured.js";
import { l2Filter, SEMI_SUPERVISED, STANDARD } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const simulation: Simulation = {
  id: "N5",
  title: "Control: a direction that no task uses is recovered by no method",
  question:
    "Task diversity is what makes the representation identifiable. When no source task has a component along one of the three directions, is the " +
    "error stuck at 1 whatever the method and however many labels there are?",
  theory: "isotropic tasks: falling; a missing direction: ‖sin Θ‖² -> 1 for every method",
  studies: [
    {
      name: "n5-missing-direction",
      seed: 1501,
      replications: 40,
      problem: {
        dimension: 100,
        rank: 3,
        tasks: 100,
        unlabeled: 200,
        signal: [
          { share: 0.5, norm: 4 },
          { share: 0.5, norm: 2 },
        ],
      },
      methods: [STANDARD, l2Filter(3), SEMI_SUPERVISED],
      vary: {
        "problem.diversity": ["isotropic", "missing"],
        "problem.labeled": [20, 80, 320, 1280],
      },
    },
  ],
  figures: ([result], styles) => [
    curveFigure(result!, {
      id: "n5-missing-direction",
      title: "With and without a missing direction",
      x: "problem.labeled",
      facet: "problem.diversity",
      metric: "sinTheta2",
      methods: ["standard", "adversarial", "semi-supervised"],
      logX: true,
      logY: true,
      styles,
    }),
  ],
  seen: ([result]) => {
    const last = (kind: string) =>
      result!.cells.filter((c) => c.varied["problem.diversity"] === kind).at(-1)!;
    return `standard, n = 1280: isotropic ${meanText(last("isotropic"), "standard")}, missing direction ${meanText(last("missing"), "standard")}`;
  },
};

export default simulation;
await runAlone(import.meta.url, simulation);
