import type { NoiseLaw } from "../model/noiseLaw.js";
import { dot, norm2 } from "../numerics/products.js";
import { normalCdf } from "../numerics/special/normal.js";
import type { Ball } from "../training/closedForm.js";
import { dualExponent, lqNorm } from "../training/lqNorm.js";

/**
 * The excess risk of a linear predictor v (unit or zero) on a task of mean mu = B a under the linear loss: ||mu|| - <v, mu>, in [0, 2 ||mu||].
 * For a unit v it is computed as ||mu|| ||v - mu/||mu|| ||^2 / 2, which is the same number and keeps its digits when it is small.
 */
export function excessRisk(v: Float64Array, mu: Float64Array): number {
  const norm = norm2(mu);
  if (norm === 0 || norm2(v) === 0) return norm;
  let distance2 = 0;
  for (let j = 0; j < v.length; j++) distance2 += (v[j]! - mu[j]! / norm) ** 2;
  return norm * Math.min(2, distance2 / 2);
}

/**
 * The probability that sign <v, x> differs from the label of a new sample: Phi(-<v, mu> / sd(<v, eta>)), exact for Gaussian noise
 * (isotropic or not); 1/2 for the zero predictor; null for other noise, where it has no closed form.
 *
 * With an attack of the l_q ball, Phi((eps ||v||_{q*} - <v, mu>) / sd(<v, eta>)): the error rate on the worst inputs within the ball.
 */
export function errorRate(
  v: Float64Array,
  mu: Float64Array,
  law: NoiseLaw,
  attack: Ball | null = null,
): number | null {
  if (!law.gaussian) return null;
  const sd = norm2(v.map((value, j) => value * law.scales[j]!));
  if (sd === 0) return 0.5;
  const shift = attack === null ? 0 : attack.radius * lqNorm(v, dualExponent(attack.norm));
  return normalCdf((shift - dot(v, mu)) / sd);
}
