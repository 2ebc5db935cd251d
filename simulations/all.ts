import { commandLine } from "./lib/commandLine.js";
import { SIMULATIONS } from "./lib/simulations.js";

/** The main job: every claim and every control, one table and one report. */
process.exitCode = await commandLine(SIMULATIONS, {
  title: "The paper's claims and their negative controls, simulated",
  command: "npm start",
  out: "results/start",
});
