import { gaussLegendre } from "../numerics/special/gaussLegendre.js";
import { normalCdf } from "../numerics/special/normal.js";

const MANY = 28;
const FEW = 20;

/** Points of the law of a cosine, with weights that sum to 1. */
export interface AngleRule {
  readonly cosines: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The law of the cosine of the angle between a unit vector e of R^k and the observation rho e + z, z ~ N(0, I_k) (docs/theory.md 5.4), by a product
 * rule: in polar coordinates around the origin when the observation may come close to it (k < 10 and rho < 6; 28 points), else in the noise
 * along e (normal) and across it (chi with k - 1 degrees of freedom; 560 points). At k = 1 the angle is 0 or pi, with probabilities Phi(+-rho).
 * Averages of functions that are analytic on the scale 1 have errors below 1e-6. Cost: 560 exponentials at most.
 */
export function angleRule(k: number, rho: number): AngleRule {
  if (k === 1) {
    return { cosines: Float64Array.of(1, -1), weights: Float64Array.of(normalCdf(rho), normalCdf(-rho)) };
  }
  return k < 10 && rho < 6 ? polarRule(k, rho) : cartesianRule(k, rho);
}

/**
 * E h(cos) under an {@link angleRule}.
 *
 * @example averageOverAngle(angleRule(3, 2), (cos) => cos) // K(3, 2) = 0.7699
 */
export function averageOverAngle({ cosines, weights }: AngleRule, h: (cosine: number) => number): number {
  let sum = 0;
  for (let i = 0; i < cosines.length; i++) sum += weights[i]! * h(cosines[i]!);
  return sum;
}

function polarRule(k: number, rho: number): AngleRule {
  const angles = gaussLegendre(MANY);
  const radii = gaussLegendre(FEW);
  const end = rho + Math.sqrt(k) + 6;
  const cosines = angles.nodes.map((x) => Math.cos((Math.PI / 2) * (1 + x)));
  const weights = cosines.map((cosine, i) => {
    let density = 0;
    for (let j = 0; j < FEW; j++) {
      const radius = (end / 2) * (1 + radii.nodes[j]!);
      density += radii.weights[j]! * radius ** (k - 1) * Math.exp(radius * (rho * cosine - radius / 2));
    }
    return angles.weights[i]! * Math.sqrt(1 - cosine * cosine) ** (k - 2) * density;
  });
  return normalized(cosines, weights);
}

function cartesianRule(k: number, rho: number): AngleRule {
  const g = gaussLegendre(MANY);
  const chi = gaussLegendre(FEW);
  const mode = Math.sqrt(k - 1);
  const low = Math.max(0, mode - 5);
  const high = mode + 5;
  // The chi density at its nodes, up to its norm; in logarithms around the mode, for any k.
  const log = (c: number): number => (k - 2) * Math.log(c / mode) - (c * c - mode * mode) / 2;
  const across = chi.nodes.map((x) => (low + high) / 2 + ((high - low) / 2) * x);
  const acrossWeights = across.map((c, j) => chi.weights[j]! * Math.exp(log(c)));
  const cosines = new Float64Array(MANY * FEW);
  const weights = new Float64Array(MANY * FEW);
  for (let i = 0, at = 0; i < MANY; i++) {
    const z = 6 * g.nodes[i]!;
    const weight = g.weights[i]! * Math.exp(-0.5 * z * z);
    const along = rho + z;
    for (let j = 0; j < FEW; j++, at++) {
      const length = Math.sqrt(along * along + across[j]! * across[j]!);
      cosines[at] = along / length;
      weights[at] = weight * acrossWeights[j]!;
    }
  }
  return normalized(cosines, weights);
}

function normalized(cosines: Float64Array, weights: Float64Array): AngleRule {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { cosines, weights: weights.map((weight) => weight / total) };
}
