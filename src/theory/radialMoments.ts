import { gaussLegendre } from "../numerics/special/gaussLegendre.js";
import { ownSpread } from "./columnFactors.js";
import { RADII, type Radii } from "./rowLengthNodes.js";
import type { ThresholdedGroup } from "./thresholdedGroup.js";

const ANGLES = 24;

/** A group's thresholded rows as functions of their length, and the averages over the columns' lengths that weigh them. */
export interface RadialGroup {
  readonly share: number;
  readonly eta: Float64Array;
  readonly sigma: Float64Array;
  readonly single: Float64Array;
  readonly cross: Float64Array;
  /** E of the squared mean beyond its linear part, summed over the support. */
  readonly harmonics: number;
  readonly f: number;
  readonly g: number;
  readonly fNoise: number;
  readonly gNoise: number;
  readonly plain: number;
  readonly noise: number;
  readonly noiseVariance: number;
  readonly length: number;
  readonly lengthSpread: number;
  readonly survival: number;
}

/** Averages over the angle between a row and the task vector, and what the column's length makes of them. */
export function radialMoments(
  group: ThresholdedGroup,
  radii: Radii,
  r: number,
  s: number,
  off: number,
): RadialGroup {
  const rule = gaussLegendre(ANGLES);
  const angles = Array.from(rule.nodes, (x, i) => {
    const theta = (Math.PI / 4) * (1 + x);
    return {
      cosine: r === 1 ? 1 : Math.cos(theta),
      weight: rule.weights[i]! * Math.sin(theta) ** Math.max(0, r - 2),
    };
  });
  const norm = angles.reduce((sum, a) => sum + a.weight, 0);
  const [eta, sigma, single, cross] = [0, 1, 2, 3].map(() => new Float64Array(RADII));
  const row = new Float64Array(5);
  let on = 0;
  let onVariance = 0;
  let harmonics = 0;
  let logZero = off * group.offLogZero;
  for (let a = 0; a < RADII; a++) {
    const weight = radii.weights[a]!;
    let meanSquare = 0;
    for (const angle of angles) {
      const share = angle.weight / norm;
      group.table.at((group.norm * radii.nodes[a]! * angle.cosine) / Math.sqrt(s), row, 0);
      const [m, m2, skew, spread, zero] = [row[0]!, row[1]!, row[2]!, row[3]!, row[4]!];
      eta![a] = eta![a]! + share * r * m * angle.cosine;
      sigma![a] = sigma![a]! + share * r * skew * angle.cosine;
      single![a] = single![a]! + share * (m2 - m * m);
      cross![a] = cross![a]! + share * (spread - 2 * m * skew);
      meanSquare += share * m * m;
      on += s * weight * share * m2;
      onVariance += s * weight * share * spread;
      logZero += s * weight * share * Math.min(0, zero);
    }
    harmonics += s * weight * Math.max(0, meanSquare - eta![a]! ** 2 / r);
  }
  const survival = -Math.expm1(logZero);
  const lengths = survival > 1e-6 ? lengthFactors(group, on, onVariance, off) : NOTHING;
  return {
    share: group.share,
    eta: eta!,
    sigma: sigma!,
    single: single!,
    cross: cross!,
    harmonics,
    ...lengths,
    survival,
  };
}

type LengthFactors = Pick<
  RadialGroup,
  "f" | "g" | "fNoise" | "gNoise" | "plain" | "noise" | "noiseVariance" | "length" | "lengthSpread"
>;

/** A group of which less than one column in a million survives. */
const NOTHING: LengthFactors = {
  f: 0,
  g: 0,
  fNoise: 0,
  gNoise: 0,
  plain: 0,
  noise: 0,
  noiseVariance: 0,
  length: Infinity,
  lengthSpread: 0,
};

function lengthFactors(group: ThresholdedGroup, on: number, onVariance: number, off: number): LengthFactors {
  if (group.fixedWeight !== null) {
    const w2 = group.fixedWeight;
    const noise = w2 * group.offSquare;
    return {
      f: w2,
      g: 0,
      fNoise: w2 * noise,
      gNoise: 0,
      plain: w2,
      noise,
      noiseVariance: 0,
      length: Infinity,
      lengthSpread: 0,
    };
  }
  let [f, g, fNoise, gNoise, plain, noise, square, spread] = [0, 0, 0, 0, 0, 0, 0, 0];
  group.offLengths.forEach((n, k) => {
    const d = on + n;
    if (!(d > 0)) return;
    const weight = group.offWeights[k]! / d;
    const v = onVariance / (d * d);
    const ratio = off > 0 ? n / (d * off) : 0;
    plain += weight;
    f += weight * (1 + v);
    g += weight / d;
    fNoise += weight * ratio * (1 + 3 * v);
    gNoise += (2 * weight * ratio) / d;
    noise += group.offWeights[k]! * ratio * (1 + v);
    square += group.offWeights[k]! * ratio * ratio * (1 + 3 * v);
    spread += group.offWeights[k]! * v;
  });
  const noiseVariance = square - noise * noise * (1 + ownSpread(group, off));
  const length = on + group.offLengths.reduce((sum, n, k) => sum + n * group.offWeights[k]!, 0);
  return { f, g, fNoise, gNoise, plain, noise, noiseVariance, length, lengthSpread: spread };
}
