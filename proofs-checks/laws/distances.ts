import type { Rng } from "../../src/random/keyedStream.js";
import type { Law } from "./law.js";
import { drawsOf, FALSE_ALARM, MISS, requirePower, type Sampling, statistical } from "./statistical.js";

interface DistanceSampling extends Sampling {
  /** A distance between distribution functions (largest difference) that must be seen. @defaultValue 0.4 */
  readonly alternative?: number;
}

/**
 * A sample of a known continuous law: the Kolmogorov-Smirnov distance with Massart's bound P(D > d) <= 2 exp(-2 N d^2), which also says how
 * far off a law must be to be seen with probability 1 - {@link MISS}.
 */
export function hasLaw(
  name: string,
  draw: (rng: Rng) => number,
  cdf: (x: number) => number,
  options: DistanceSampling,
): Law {
  return statistical(name, options, (context, rng) => {
    const n = drawsOf(context, options.draws);
    const seen = Math.sqrt(Math.log(2 / FALSE_ALARM) / (2 * n)) + Math.sqrt(Math.log(2 / MISS) / (2 * n));
    requireSight(seen, n, options);
    const sample = Float64Array.from({ length: n }, () => draw(rng)).sort();
    const limit = Math.sqrt(Math.log(2 / FALSE_ALARM) / (2 * n));
    let distance = 0;
    for (let i = 0; i < n; i++) {
      const f = cdf(sample[i]!);
      const gap = Math.max((i + 1) / n - f, f - i / n);
      if (!(gap <= distance)) distance = gap;
    }
    if (!(distance <= limit)) return { refuted: `distance ${distance} > ${limit} (${n} draws)` };
    return { measured: distanceText(distance, limit, seen) };
  });
}

/**
 * Two samplers of one law: the two-sample distance with P(D > d) <= 2 exp(-N d^2) for N >= 458 draws each (Wei & Dudley, Statist. Probab. Lett.
 * 82 (2012)). Laws farther apart than the limit and twice Massart's distance at {@link MISS} / 2 are told apart with probability 1 - {@link MISS}.
 */
export function sameLaw(
  name: string,
  first: (rng: Rng) => number,
  second: (rng: Rng) => number,
  options: DistanceSampling,
): Law {
  return statistical(name, options, (context, rng) => {
    const n = Math.max(458, drawsOf(context, options.draws));
    const seen = Math.sqrt(Math.log(2 / FALSE_ALARM) / n) + 2 * Math.sqrt(Math.log(4 / MISS) / (2 * n));
    requireSight(seen, n, options);
    const limit = Math.sqrt(Math.log(2 / FALSE_ALARM) / n);
    const a = Float64Array.from({ length: n }, () => first(rng)).sort();
    const b = Float64Array.from({ length: n }, () => second(rng)).sort();
    const distance = twoSampleDistance(a, b);
    if (!(distance <= limit)) return { refuted: `distance ${distance} > ${limit} (${n} draws each)` };
    return { measured: distanceText(distance, limit, seen) };
  });
}

function requireSight(seen: number, n: number, { alternative = 0.4 }: DistanceSampling): void {
  requirePower(seen <= alternative, n, alternative);
}

function distanceText(distance: number, limit: number, seen: number): string {
  const [d, l, s] = [distance, limit, seen].map((x) => x.toPrecision(3));
  return `distance ${d} (limit ${l}; from ${s} on, laws are told apart)`;
}

export function twoSampleDistance(a: Float64Array, b: Float64Array): number {
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < a.length && j < b.length) {
    const at = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === at) i++;
    while (j < b.length && b[j] === at) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}
