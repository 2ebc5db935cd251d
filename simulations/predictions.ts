import { commandLine } from "./lib/commandLine.js";
import { PREDICTIONS } from "./lib/predictions.js";

/** The consequences of the predictions, P1-P6, beside simulations: one report. */
process.exitCode = await commandLine(PREDICTIONS, {
  title: "What the predictions imply, and whether simulations agree",
  command: "npx tsx simulations/predictions.ts",
  out: "results/predictions",
  intro: [
    "Each section asks one question of the exact predictions of docs/theory.md section 5: dashed curves are predictions, markers are simulated means on " +
      "draws that the predictions have never seen.",
  ],
});
