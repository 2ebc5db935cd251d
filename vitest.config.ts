import { defineConfig, type ViteUserConfig } from "vitest/config";

/** Three projects: `unit` (mirrors src/), `checks` (the lemmas) and `e2e` (real processes, last to start). */
const config: ViteUserConfig = defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**"],
          testTimeout: 60_000,
          // No test leaves state behind, and loading the modules once a worker saves a fifth of the time.
          isolate: false,
        },
      },
      {
        test: {
          name: "checks",
          include: ["proofs-checks/**/*.check.ts"],
          testTimeout: 120_000,
          // Checks share no state, and loading the modules once a worker halves their cost.
          isolate: false,
        },
      },
      {
        test: { name: "e2e", include: ["test/e2e/**/*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000 },
      },
    ],
  },
});

export default config;
