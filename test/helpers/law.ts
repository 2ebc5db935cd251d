import fc from "fast-check";

/** `LAW_RUNS=10000 npx vitest run test/theory` tests every law on at least that many examples. */
const AT_LEAST = Number(process.env.LAW_RUNS ?? 0);

/** Runs a law on `runs` examples drawn from a fixed seed: a failure prints its counterexample and is the same everywhere. */
export function law<T>(arbitrary: fc.Arbitrary<T>, holds: (example: T) => void, runs: number = 100): void {
  fc.assert(
    fc.property(arbitrary, (example) => {
      holds(example);
    }),
    { seed: 20210507, numRuns: Math.max(runs, AT_LEAST) },
  );
}
