import type { RadialGroup } from "./radialMoments.js";
import { RADII, type Radii } from "./rowLengthNodes.js";
import type { ColumnClass } from "./weightedSpike.js";

interface Along {
  /** Squared mean length along the direction, without weights; and its product with the skews. */
  readonly square: number;
  readonly skew: number;
  readonly single: number;
  readonly cross: number;
}

function along(g: RadialGroup, psi: Float64Array, radii: Radii, unit: number, r: number): Along {
  let mean = 0;
  let skew = 0;
  let single = 0;
  let cross = 0;
  for (let a = 0; a < RADII; a++) {
    const q = psi[a]! * Math.sqrt(radii.weights[a]! * unit);
    mean += q * g.eta[a]!;
    skew += q * g.sigma[a]!;
    single += psi[a]! ** 2 * g.single[a]!;
    cross += psi[a]! ** 2 * g.cross[a]!;
  }
  return { square: (mean * mean) / r, skew: (mean * skew) / r, single, cross };
}

/** A group's columns as the direction psi(beta) <u, e_i> sees them. */
export function classAlongRadii(
  g: RadialGroup,
  psi: Float64Array,
  radii: Radii,
  unit: number,
  r: number,
): ColumnClass {
  const { square, skew, single, cross } = along(g, psi, radii, unit, r);
  const second = g.f * (square + single) - g.g * (2 * skew + cross);
  const joint = g.fNoise * (square + single) - g.gNoise * (2 * skew + cross);
  return {
    share: g.share,
    signal: Math.max(0, second - g.noise),
    noise: g.noise,
    covariance: joint - second * g.noise - g.noiseVariance,
    noiseVariance: g.noiseVariance,
  };
}

/**
 * kappa between the direction and the rest of the support: over the groups, and within a group by the length that both are divided by -
 * E[Y R / D^2] / (E[Y/D] E[R/D]) = 1 + Var D / D^2 - Cov(Y, D) / (Y D) to first order.
 */
export function couplingRatio(
  groups: readonly RadialGroup[],
  psi: Float64Array,
  radii: Radii,
  unit: number,
  r: number,
): number {
  let joint = 0;
  let own = 0;
  let others = 0;
  for (const g of groups) {
    const { square, skew, single, cross } = along(g, psi, radii, unit, r);
    const y = square + single;
    const total = g.single.reduce((sum, x, a) => sum + unit * r * radii.weights[a]! * x, 0) + g.harmonics;
    const coupling = g.length < Infinity && y > 0 ? g.lengthSpread - (2 * skew + cross) / (y * g.length) : 0;
    joint += g.share * g.plain ** 2 * y * total * Math.max(0, 1 + coupling);
    own += g.share * g.plain * y;
    others += g.share * g.plain * total;
  }
  return own * others > 0 ? joint / (own * others) : 1;
}
