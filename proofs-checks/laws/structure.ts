import type fc from "fast-check";
import { always, type LawOptions } from "./always.js";
import type { Law } from "./law.js";
import { atMost, every, type Verdict } from "./verdict.js";

/** f(transform(x)) is the same as image(f(x)): invariance (image the identity) and equivariance. */
export function commutes<P, V>(
  name: string,
  builder: (parameters: P) => V,
  arbitrary: fc.Arbitrary<P>,
  transform: (parameters: P) => P,
  image: (value: V, parameters: P) => V,
  same: (a: V, b: V) => Verdict,
  options: LawOptions<P> = {},
): Law {
  return always(
    name,
    (x: P) => ({ after: builder(transform(x)), before: image(builder(x), x) }),
    arbitrary,
    ({ after, before }) => same(after, before),
    options,
  );
}

/** A number that never rises along the steps that `path` makes of each example; `slack` absolute. */
export function neverRises<P>(
  name: string,
  path: (parameters: P) => readonly number[],
  arbitrary: fc.Arbitrary<P>,
  slack: number,
  options: LawOptions<P> = {},
): Law {
  return always(name, path, arbitrary, (values) => descending(values, slack), options);
}

/** A number that never falls along the steps. */
export function neverFalls<P>(
  name: string,
  path: (parameters: P) => readonly number[],
  arbitrary: fc.Arbitrary<P>,
  slack: number,
  options: LawOptions<P> = {},
): Law {
  return always(
    name,
    path,
    arbitrary,
    (values) =>
      descending(
        values.map((x) => -x),
        slack,
      ),
    options,
  );
}

export function descending(values: readonly number[], slack: number): Verdict {
  return every(...values.slice(1).map((value, i) => atMost(value, values[i]!, slack)));
}
