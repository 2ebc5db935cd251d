import { defineConfig, type ViteUserConfig } from "vitest/config";

/** What mutation testing runs (stryker.config.json): the tests and lemmas that see numerics, training, transfer and theory. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/{numerics,training,transfer,theory}/**/*.test.ts", "proofs-checks/**/*.check.ts"],
    exclude: ["test/training/memory.test.ts"],
    testTimeout: 120_000,
  },
});

export default config;
