import fc from "fast-check";
import { lqNorm } from "../../src/training/lqNorm.js";
import { decimal, entry, exponent } from "./numbers.js";

/** A vector of a given length: ties, zeros, tiny entries; shrinks to zeros. */
export function vectorOf(length: number): fc.Arbitrary<Float64Array> {
  return fc
    .array(entry, { minLength: length, maxLength: length })
    .map((entries) => Float64Array.from(entries));
}

/** A vector of length 1 to 6. */
export const vector: fc.Arbitrary<Float64Array> = fc.integer({ min: 1, max: 6 }).chain(vectorOf);

/** A vector that is not zero: its last entry is 1 where all others vanish. */
export function nonzeroVectorOf(length: number): fc.Arbitrary<Float64Array> {
  return vectorOf(length).map((x) => {
    if (x.some((value) => value !== 0)) return x;
    x[length - 1] = 1;
    return x;
  });
}

/** A mean and an attack on it. */
export interface Attacked {
  readonly muhat: Float64Array;
  readonly q: number;
  /** eps: 0, at the kink ||muhat||_q, just beside it, or anywhere. */
  readonly eps: number;
}

/** Radii relative to ||muhat||_q: nothing, the kink and its neighbours, everything between and beyond. */
const relativeRadius: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 0.5) },
  { weight: 1, arbitrary: fc.constantFrom(1 - 1e-9, 1 + 1e-9, 1e-9) },
  { weight: 4, arbitrary: decimal(0, 1.5) },
);

export const attacked: fc.Arbitrary<Attacked> = fc
  .record({ muhat: vector, q: exponent, relative: relativeRadius })
  .map(({ muhat, q, relative }) => ({ muhat, q, eps: relative * lqNorm(muhat, q) }));

/** The same with a second vector of the same length. */
export const attackedPair: fc.Arbitrary<Attacked & { readonly other: Float64Array }> = attacked.chain((a) =>
  vectorOf(a.muhat.length).map((other) => ({ ...a, other })),
);
