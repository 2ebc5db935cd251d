import p2 from "../best-radius.js";
import p1 from "../filter-phase-diagram.js";
import p4 from "../transition.js";
import p3 from "../unlabeled-value.js";
import p6 from "../what-to-collect-next.js";
import p5 from "../where-the-gain-comes-from.js";
import type { Simulation } from "./simulation.js";

/** What follows from the predictions of docs/theory.md 5.5, each beside simulations: P1-P6, in order. */
export const PREDICTIONS: readonly Simulation[] = [p1, p2, p3, p4, p5, p6];
