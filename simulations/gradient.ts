import { commandLine } from "./lib/commandLine.js";
import { GRADIENT_SIMULATIONS } from "./lib/gradientSimulations.js";

/** Gradient training against closed forms: one report. */
process.exitCode = await commandLine(GRADIENT_SIMULATIONS, {
  title: "Training by gradients, as practitioners have it",
  command: "npx tsx simulations/gradient.ts",
  out: "results/gradient",
  intro: [
    "The paper's closed forms are for the linear loss and the exact inner maximum. Each section replaces one of the two by what practitioners run, and asks what is left of the claims.",
  ],
});
