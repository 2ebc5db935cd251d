import fc from "fast-check";

/** Units from tiny to huge, powers of ten; shrinks to 1. Far from the ends of the range, so that squares of entries exist. */
export const scale: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 4, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.constantFrom(1e-3, 1e3) },
  { weight: 1, arbitrary: fc.constantFrom(1e-100, 1e100) },
);

/** Decimals with six digits in [low, high] (both multiples of 1e-6): readable, free of subnormal numbers; shrinks to the end nearer 0. */
export function decimal(low: number, high: number): fc.Arbitrary<number> {
  return fc.integer({ min: Math.round(low * 1e6), max: Math.round(high * 1e6) }).map((k) => k / 1e6);
}

/** Entries in [-8, 8]: small integers (ties and zeros among them), tiny numbers and any others; shrinks to 0. */
export const entry: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(1e-9, -1e-9) },
  { weight: 4, arbitrary: decimal(-8, 8) },
);

/** Exponents q in [1, Infinity], both ends and their neighbourhoods among them; shrinks to 1. */
export const exponent: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 3, arbitrary: fc.constantFrom(1, 2, Infinity) },
  { weight: 2, arbitrary: fc.constantFrom(1.0001, 1.01, 1.5, 3, 4, 100, 1e4) },
  { weight: 2, arbitrary: decimal(1.02, 12) },
);

/** Angles in [0, pi/2]: the ends, their neighbourhoods, and between; shrinks to 0. */
export const angle: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 3, arbitrary: fc.constantFrom(0, Math.PI / 2, Math.PI / 4) },
  { weight: 1, arbitrary: fc.constantFrom(1e-12, 1e-6, 1e-3, Math.PI / 2 - 1e-9) },
  { weight: 4, arbitrary: decimal(0, 1.570796) },
);

/** A number in [low, high] on a logarithmic scale, both ends among them; shrinks to `low`. */
export function logUniform(low: number, high: number): fc.Arbitrary<number> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constantFrom(low, high) },
    {
      weight: 6,
      arbitrary: decimal(0, 1).map((x) => low * (high / low) ** x),
    },
  );
}

/** An integer in [low, high] on a logarithmic scale. */
export function logInteger(low: number, high: number): fc.Arbitrary<number> {
  return logUniform(low, high).map((x) => Math.min(high, Math.max(low, Math.round(x))));
}

/** A number in [0, 1], the ends among them. */
export const share: fc.Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 0.5) },
  { weight: 3, arbitrary: decimal(0, 1) },
);
