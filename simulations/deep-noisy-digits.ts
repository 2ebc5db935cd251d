import { runDeep } from "./lib/runDeep.js";

/**
 * Noisy digits 0-4 to noisy digits 5-9: adversarial training, pseudo-labels and both, for a linear probe with few labels, with controls for the work and the noise
 * of an attack.
 *
 *   npx tsx simulations/deep-noisy-digits.ts --data DIR --preset full
 */
await runDeep("noisy-digits");
