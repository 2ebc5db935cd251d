import { curveFigure } from "../src/report/curveFigure.js";
import { meanText } from "./lib/measured.js";
import { l2Filter, SEMI_SUPERVISED, STANDARD } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const simulation: Simulation = {
  id: "C6",
  title: "Target risk: between the oracle representation and no transfer",
  question:
    "A target task with m labels learns a head of r numbers on the representation of the source tasks. Its excess risk is bounded by the " +
    "representation's error plus √((r + log n)/m). Does the risk lie between that of the true representation and that of learning in R^p, and does it level " +
    "off at the representation's error?",
  theory: "oracle < source training < no transfer for small m; a floor from the representation for large m",
  studies: [
    {
      name: "c6-target",
      seed: 601,
      replications: 120,
      problem: {
        dimension: 200,
        rank: 3,
        tasks: 60,
        labeled: 40,
        unlabeled: 400,
        signal: [
          { share: 0.5, norm: 3 },
          { share: 0.5, norm: 1 },
        ],
      },
      methods: [STANDARD, l2Filter(2), SEMI_SUPERVISED],
      vary: { "problem.target.samples": [2, 5, 10, 20, 50, 100, 200] },
    },
  ],
  figures: ([result], styles) => [
    curveFigure(result!, {
      id: "c6-excess-risk",
      title: "Excess risk of the target task",
      x: "problem.target.samples",
      metric: "excessRisk",
      logX: true,
      logY: true,
      styles,
    }),
    curveFigure(result!, {
      id: "c6-error-rate",
      title: "Error rate of the target task",
      x: "problem.target.samples",
      metric: "errorRate",
      logX: true,
      styles,
    }),
  ],
  seen: ([result]) => {
    const text = (m: number): string => {
      const cell = result!.cells.find((c) => c.problem.target.samples === m)!;
      const of = (method: string): string => meanText(cell, method, "excessRisk");
      return `m = ${m}: oracle ${of("oracle")}, semi-supervised ${of("semi-supervised")}, standard ${of("standard")}, no transfer ${of("no-transfer")}`;
    };
    return `excess risk at ${text(10)}; ${text(200)}`;
  },
};

export default simulation;
await runAlone(import.meta.url, simulation);
