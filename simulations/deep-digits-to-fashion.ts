import { runDeep } from "./lib/runDeep.js";

/**
 * Digits to clothes, the negative example: source and target share little, and no way of training gains anything.
 *
 *   npx tsx simulations/deep-digits-to-fashion.ts --data DIR --preset full
 */
await runDeep("digits-to-fashion");
