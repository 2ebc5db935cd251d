import fc from "fast-check";
import { type Law, type LawContext, Refuted } from "./law.js";
import { describeVerdict, holds, type Verdict } from "./verdict.js";

export interface LawOptions<P> {
  /** @defaultValue 1 */
  readonly weight?: number;
  /** Examples tried before the random ones: counterexamples found earlier stay here. */
  readonly examples?: readonly P[];
}

/**
 * The law that a predicate holds for everything a builder makes of the examples of an arbitrary: `predicate(builder(x), x)` for all x. Random
 * examples try to refute it, and what refutes it is shrunk.
 */
export function always<P, V>(
  name: string,
  builder: (parameters: P) => V,
  arbitrary: fc.Arbitrary<P>,
  predicate: (value: V, parameters: P) => Verdict,
  options: LawOptions<P> = {},
): Law {
  return {
    name,
    kind: "lemma",
    weight: options.weight ?? 1,
    falseAlarm: 0,
    check(context) {
      const found = search(context, builder, arbitrary, predicate, options.examples ?? []);
      if (found !== null) throw new Refuted(context, name, found.text, found.path);
      return null;
    },
  };
}

/** Random search for a counterexample; null when none was found. */
export function search<P, V>(
  context: LawContext,
  builder: (parameters: P) => V,
  arbitrary: fc.Arbitrary<P>,
  predicate: (value: V, parameters: P) => Verdict,
  examples: readonly P[] = [],
): { readonly text: string; readonly path: string | null } | null {
  const details = fc.check(
    fc.property(arbitrary, (parameters) => {
      const verdict = predicate(builder(parameters), parameters);
      if (!holds(verdict)) throw new Error(describeVerdict(verdict));
    }),
    {
      seed: context.seed,
      numRuns: context.runs + examples.length,
      examples: examples.map((example): [P] => [example]),
      ...(context.path === null ? {} : { path: context.path, endOnFailure: true }),
    },
  );
  if (!details.failed) return null;
  const error = details.errorInstance instanceof Error ? details.errorInstance : null;
  const example = fc.stringify(details.counterexample?.[0]);
  const text = [
    `counterexample (after ${details.numShrinks} shrinks): ${example}`,
    error === null ? "no error" : error.message,
  ].join("\n");
  return { text, path: details.counterexamplePath };
}
