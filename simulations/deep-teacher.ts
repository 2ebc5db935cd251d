import { runDeep } from "./lib/runDeep.js";

/**
 * Do the theory's four ways of training keep their order in a nonlinear network? The multi-task teacher: a known shared subspace, so that the subspace error of
 * a trained network is measured beside its target error.
 *
 *   npx tsx simulations/deep-teacher.ts
 */
await runDeep("teacher");
