import { describe, expect, it } from "vitest";
import { couplingRatio } from "../../src/theory/radialDirection.js";
import type { RadialGroup } from "../../src/theory/radialMoments.js";
import { RADII, rowLengthNodes } from "../../src/theory/rowLengthNodes.js";

const constant = (x: number): Float64Array => new Float64Array(RADII).fill(x);

/** A group without means, whose variances y and Cov(y^2, y^2 + ...) = d are the same at every length: y along any direction is y. */
function group(share: number, plain: number, y: number, changes: Partial<RadialGroup> = {}): RadialGroup {
  return {
    share,
    eta: constant(0),
    sigma: constant(0),
    single: constant(y),
    cross: constant(0),
    harmonics: 0,
    f: plain,
    g: 0,
    fNoise: 0,
    gNoise: 0,
    plain,
    noise: 0,
    noiseVariance: 0,
    length: Infinity,
    lengthSpread: 0,
    survival: 1,
    ...changes,
  };
}

const [r, s] = [3, 120];
const radii = rowLengthNodes(r, s);
/** A direction of length 1 over the radii. */
const psi = constant(1 / Math.sqrt(RADII));
const kappa = (...groups: RadialGroup[]): number => couplingRatio(groups, psi, radii, s / r, r);

describe("couplingRatio", () => {
  it("is 1 for columns that are all weighed alike", () => {
    expect(kappa(group(1, 2, 0.7))).toBeCloseTo(1, 12);
    expect(kappa(group(0.4, 2, 0.7), group(0.6, 2, 0.7))).toBeCloseTo(1, 12);
  });

  it("is E[w^4 Y R] / (E[w^2 Y] E[w^2 R]) over groups, R = s y and what is beyond the linear part", () => {
    const groups = [group(0.3, 2, 0.5, { harmonics: 40 }), group(0.7, 1, 0.2, { harmonics: 3 })];
    const rest = [s * 0.5 + 40, s * 0.2 + 3];
    const joint = 0.3 * 4 * 0.5 * rest[0]! + 0.7 * 0.2 * rest[1]!;
    const own = 0.3 * 2 * 0.5 + 0.7 * 0.2;
    const others = 0.3 * 2 * rest[0]! + 0.7 * rest[1]!;
    expect(kappa(...groups)).toBeCloseTo(joint / (own * others), 12);
  });

  it("is 1 + Var D / D^2 - Cov(Y, D) / (Y D) where both are divided by one length, never negative", () => {
    const divided = (lengthSpread: number, d: number): number =>
      kappa(group(1, 1, 0.5, { length: 4, lengthSpread, cross: constant(d) }));
    expect(divided(0.1, 0)).toBeCloseTo(1.1, 12);
    expect(divided(0.1, 0.6)).toBeCloseTo(1.1 - 0.6 / (0.5 * 4), 12);
    expect(divided(0, 5)).toBe(0);
    // A mean along the direction: Y = E[w y]^2 / r + y, and twice its product with the skew.
    const eta = constant(0.05);
    const sigma = constant(0.01);
    const q = psi.reduce((sum, x, a) => sum + x * Math.sqrt((radii.weights[a]! * s) / r), 0);
    const mean = (q * 0.05) ** 2 / r;
    const skew = (q * 0.05 * q * 0.01) / r;
    const found = kappa(group(1, 1, 0.5, { length: 4, lengthSpread: 0.1, eta, sigma }));
    expect(found).toBeCloseTo(1.1 - (2 * skew) / ((mean + 0.5) * 4), 12);
  });

  it("is 1 where nothing survives, or no length is divided by", () => {
    expect(kappa(group(1, 0, 0.5))).toBe(1);
    expect(kappa(group(1, 1, 0, { length: 4 }))).toBe(1);
    expect(kappa(group(1, 1, 0.5, { length: Infinity, lengthSpread: 0.3 }))).toBeCloseTo(1, 12);
  });
});
