/** Random inputs a property or a lemma: fewer than the tests ask for. */
const RUNS = 40;
/** The same inputs for every mutant: an outcome does not depend on luck. */
const SEED = 20_211_206;

type Parameters = { readonly numRuns?: number };
type Check = (property: unknown, parameters?: Parameters) => unknown;

/** The exports of fast-check with few, fixed inputs and without shrinking: a mutant is killed or not, the smallest example does not matter. */
export async function quickProperties(): Promise<Record<string, unknown>> {
  process.env.CHECKS_RUNS = String(RUNS);
  const { default: fc, ...rest } = await import("fast-check");
  fc.configureGlobal({ seed: SEED, endOnFailure: true });
  const quick =
    (check: Check): Check =>
    (property, parameters) =>
      check(property, { ...parameters, numRuns: Math.min(parameters?.numRuns ?? RUNS, RUNS) });
  return { ...rest, default: { ...fc, assert: quick(fc.assert as Check) } };
}
