import g1 from "../gradient-closed-form.js";
import g4 from "../joint-against-per-task.js";
import g2 from "../logistic-claims.js";
import g5 from "../network-bias.js";
import g3 from "../pgd-steps.js";
import type { Simulation } from "./simulation.js";

/** Training as it is run, by gradients and with other losses, against the closed forms of docs/theory.md section 2. */
export const GRADIENT_SIMULATIONS: readonly Simulation[] = [g1, g2, g3, g4, g5];
