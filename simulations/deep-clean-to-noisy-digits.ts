import { runDeep } from "./lib/runDeep.js";

/**
 * Clean digits 0-4 to noisy digits 5-9: what adversarial features are worth where the target has noise that the source has not.
 *
 *   npx tsx simulations/deep-clean-to-noisy-digits.ts --data DIR --preset full
 */
await runDeep("clean-to-noisy-digits");
