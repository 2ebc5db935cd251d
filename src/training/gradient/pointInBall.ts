import { gammaSampler } from "../../random/distributions/gamma.js";
import type { Rng } from "../../random/keyedStream.js";
import type { Ball } from "../closedForm.js";
import { lqNorm } from "../lqNorm.js";

/**
 * A point uniform in the ball ||v||_q <= radius of R^p: with g_j of density proportional to exp(-|t|^q) and E standard exponential, radius g /
 * (sum_j |g_j|^q + E)^(1/q) (Barthe, Guedon, Mendelson & Naor, Ann. Probab. 33 (2005)); |g_j|^q is Gamma(1/q). For q = Infinity the
 * coordinates are independent. Cost: p gamma draws.
 */
export function pointInBall(rng: Rng, p: number, ball: Ball): Float64Array {
  const { norm: q, radius } = ball;
  const v = new Float64Array(p);
  if (q === Infinity) {
    for (let j = 0; j < p; j++) v[j] = radius * (2 * rng.uniform() - 1);
    return v;
  }
  const gamma = gammaSampler(rng);
  for (let j = 0; j < p; j++) {
    const size = gamma(1 / q) ** (1 / q);
    v[j] = rng.uniform() < 0.5 ? size : -size;
  }
  // (sum |g|^q + E)^(1/q), as the norm of g with one more coordinate: no power overflows.
  const rest = (-Math.log(1 - rng.uniform())) ** (1 / q);
  const scale = radius / lqNorm(Float64Array.of(lqNorm(v, q), rest), q);
  for (let j = 0; j < p; j++) v[j] = v[j]! * scale;
  return v;
}
