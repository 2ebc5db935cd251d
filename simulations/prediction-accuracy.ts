import { ACCURACY_STUDIES } from "./lib/accuracyStudies.js";
import { type Deviation, deviationFigure, deviationQuantile, deviations } from "./lib/deviationFigure.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
const worst = (items: readonly Deviation[]): Deviation =>
  items.reduce((a, b) => (Math.abs(a.deviation) > Math.abs(b.deviation) ? a : b));

const simulation: Simulation = {
  id: "P0",
  title: "How accurate the predictions are: 80 problems, every regime",
  question:
    "The predictions of docs/theory.md section 5 are limits for large p and T. How far are they from simulated means, over p/T from 0.1 to 20, τ²p " +
    "from 0.05 to 20, equal and mixed signals, dense and sparse representations, and every way of training?",
  theory: "median deviation at most 2 %, 95 % of the comparisons within 6 %",
  studies: ACCURACY_STUDIES,
  replicationModule: new URL("./lib/manyTargets.ts", import.meta.url).href,
  figures: (results, styles) => [
    deviationFigure(deviations(results, "sinTheta2"), {
      id: "accuracy-subspace",
      title: "Subspace error",
      xLabel: "simulated ‖sin Θ‖²",
      styles,
    }),
    deviationFigure(deviations(results, "excessRisk"), {
      id: "accuracy-excess-risk",
      title: "Excess risk of the target",
      xLabel: "simulated excess risk",
      styles,
    }),
  ],
  seen: (results) =>
    (["sinTheta2", "excessRisk"] as const)
      .map((metric) => {
        const items = deviations(results, metric);
        const far = worst(items);
        return (
          `${metric}: ${items.length} comparisons, median ${percent(deviationQuantile(items, 0.5))}, 95 % below ` +
          `${percent(deviationQuantile(items, 0.95))}, worst ${percent(far.deviation)} (${far.study}, cell ${far.cell}, ${far.method})`
        );
      })
      .join("; "),
};

export default simulation;
await runAlone(import.meta.url, simulation);
