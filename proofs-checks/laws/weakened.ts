import type fc from "fast-check";
import { search } from "./always.js";
import { type Law, Refuted } from "./law.js";
import { holds, type Verdict } from "./verdict.js";

/** Enough tries that a search which succeeds once in a hundred fails with probability below 1e-8. */
const TRIES = 2000;

/**
 * The law that a statement is refuted when one of its hypotheses is given up: random search in the larger set must find a counterexample, whatever
 * the number of runs. It shows that the hypothesis is needed, and that the check can see the difference.
 */
export function weakened<P, V>(
  name: string,
  builder: (parameters: P) => V,
  arbitrary: fc.Arbitrary<P>,
  predicate: (value: V, parameters: P) => Verdict,
): Law {
  return {
    name,
    kind: "weakened",
    weight: 0,
    falseAlarm: 0,
    check(context) {
      const found = search({ ...context, runs: TRIES, path: null }, builder, arbitrary, predicate);
      if (found === null) {
        throw new Refuted(
          context,
          name,
          `no counterexample among ${TRIES}: the hypothesis is not needed, or not seen`,
          null,
        );
      }
      return found.text.replaceAll("\n", "; ");
    },
  };
}

/**
 * A counterexample kept by hand: the statement fails there. For statements that are false as they are often written, and for hypotheses whose
 * violations are too rare for a random search.
 */
export function counterexample<P, V>(
  name: string,
  builder: (parameters: P) => V,
  parameters: P,
  predicate: (value: V, parameters: P) => Verdict,
): Law {
  return {
    name,
    kind: "weakened",
    weight: 0,
    falseAlarm: 0,
    check(context) {
      const verdict = predicate(builder(parameters), parameters);
      if (holds(verdict)) throw new Refuted(context, name, "the counterexample is none any more", null);
      return typeof verdict === "boolean" ? null : `fails: ${verdict.text}`;
    },
  };
}
