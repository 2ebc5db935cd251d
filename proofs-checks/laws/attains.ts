import { type Law, Refuted } from "./law.js";
import type { Inequality } from "./verdict.js";

/**
 * The law that a bound is sharp: along a family of inputs the ratio of the two sides reaches at least `ratio`. The family is a list of
 * examples; the largest ratio is reported.
 */
export function attains<P>(
  name: string,
  inequality: (parameters: P) => Inequality,
  family: readonly P[],
  ratio: number,
): Law {
  return {
    name,
    kind: "tight",
    weight: 0,
    falseAlarm: 0,
    check(context) {
      let best = -Infinity;
      for (const parameters of family) {
        const { left, right } = inequality(parameters);
        const here = left === right ? 1 : left / right;
        if (here > best) best = here;
      }
      if (!(best >= ratio)) throw new Refuted(context, name, `largest ratio ${best}, wanted ${ratio}`, null);
      return `ratio attained: ${best.toPrecision(6)}`;
    },
  };
}
