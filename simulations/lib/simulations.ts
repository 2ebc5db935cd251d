import c1 from "../c1-standard-rate.js";
import c2 from "../c2-l2-attack.js";
import c3 from "../c3-linf-attack.js";
import c4 from "../c4-unlabeled.js";
import c5 from "../c5-both.js";
import c6 from "../c6-target.js";
import n1 from "../n1-equal-norms.js";
import n2 from "../n2-dense.js";
import n3 from "../n3-weak-signal.js";
import n4 from "../n4-all-filtered.js";
import n5 from "../n5-missing-direction.js";
import n6 from "../n6-filter-hurts.js";
import type { Simulation } from "./simulation.js";

/** The claims C1-C6 and the negative controls N1-N6, in order. */
export const SIMULATIONS: readonly Simulation[] = [c1, c2, c3, c4, c5, c6, n1, n2, n3, n4, n5, n6];
