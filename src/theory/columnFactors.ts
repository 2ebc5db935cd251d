import type { ThresholdedGroup } from "./thresholdedGroup.js";

/**
 * What column weights w^2 do to moments at each design point of a, averaged over the squared length N off the support (docs/theory.md 5.3): f multiplies
 * the means and g the skews in E[w^2 x x^T], fNoise and gNoise in the same times w^2 y^2 of a coordinate off the support; plain is E w^2.
 */
export interface ColumnFactors {
  readonly f: Float64Array;
  readonly g: Float64Array;
  readonly fNoise: Float64Array;
  readonly gNoise: Float64Array;
  readonly plain: Float64Array;
  /** Sums over the design points: w^2 y^2 off the support, its square, and Var D / D^2. */
  readonly offSums: Float64Array;
}

/** Fills in design point `i`, at which the squared length on the support has the mean `onLength` and the variance `onVariance`. */
export function averageOverLengths(
  group: ThresholdedGroup,
  onLength: number,
  onVariance: number,
  offCount: number,
  into: ColumnFactors,
  i: number,
): void {
  const sums = into.offSums;
  if (group.fixedWeight !== null) {
    const w2 = group.fixedWeight;
    const noise = w2 * group.offSquare;
    into.f[i] = w2;
    into.plain[i] = w2;
    into.fNoise[i] = w2 * noise;
    sums[0] = sums[0]! + noise;
    if (offCount > 0) {
      sums[1] = sums[1]! + noise * noise + (w2 * w2 * group.offSquareVariance) / offCount;
    }
    return;
  }
  let plain = 0;
  let f = 0;
  let g = 0;
  let fNoise = 0;
  let gNoise = 0;
  let noise = 0;
  let square = 0;
  let spread = 0;
  for (let k = 0; k < group.offLengths.length; k++) {
    const off = group.offLengths[k]!;
    const d = onLength + off;
    if (!(d > 0)) continue;
    const share = group.offWeights[k]!;
    const weight = share / d;
    const v = onVariance / (d * d);
    const ratio = offCount > 0 ? off / (d * offCount) : 0;
    plain += weight;
    f += weight * (1 + v);
    g += weight / d;
    fNoise += weight * ratio * (1 + 3 * v);
    gNoise += (2 * weight * ratio) / d;
    noise += share * ratio * (1 + v);
    square += share * ratio * ratio * (1 + 3 * v);
    spread += share * v;
  }
  into.plain[i] = plain;
  into.f[i] = f;
  into.g[i] = g;
  into.fNoise[i] = fNoise;
  into.gNoise[i] = gNoise;
  sums[0] = sums[0]! + noise;
  sums[1] = sums[1]! + square;
  sums[2] = sums[2]! + spread;
}

/** Relative variance of the squared length off the support that independent entries have anyway: no difference between columns. */
export function ownSpread(group: ThresholdedGroup, offCount: number): number {
  return offCount > 0 && group.offSquare > 0
    ? group.offSquareVariance / (offCount * group.offSquare ** 2)
    : 0;
}
