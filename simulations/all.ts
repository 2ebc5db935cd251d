import { commandLine } from "./lib/commandLine.js";
import { SIMULATIONS } from "./lib/simulations.js";

/** The figures of every claim and every control, in one report: what is shown is what was simulated, with no test (`npm start` tests). */
process.exitCode = await commandLine(SIMULATIONS, {
  title: "The paper's claims and their negative controls, simulated",
  command: "npm run simulations",
  out: "results/simulations",
});
