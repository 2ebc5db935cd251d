import type { Problem } from "../model/problem.js";
import { zeros } from "../numerics/matrix.js";
import { symmetricEigen } from "../numerics/small.js";
import { gaussLegendre } from "../numerics/special/gaussLegendre.js";
import type { Method } from "../training/method.js";
import { expectedL1 } from "./expectedL1.js";
import { taskPoints } from "./finiteTasks.js";
import { largestSine } from "./largestSine.js";
import type { LInfPrediction } from "./lInfRepresentation.js";
import { type NoiseRows, overlapAmongRows } from "./noiseRows.js";
import type { DirectionOverlap } from "./representation.js";
import { type ThresholdedGroup, thresholdedGroups } from "./thresholdedGroup.js";
import { ownSpread } from "./thresholdedPopulation.js";
import { type ColumnClass, spikeOverlap } from "./weightedSpike.js";

const RADII = 20;
const ANGLES = 24;

/**
 * {@link lInfRepresentation} in the limit of a large support (docs/theory.md 5.3): rows of sqrt(s) B are then N(0, I_r), and averages over the rows are
 * integrals over their length beta. By rotation symmetry a thresholded row's mean, as a function of a, is eta(beta) <u, a> plus higher harmonics, so the population's
 * top eigenvectors are psi(beta) <u, e_i>, psi the top eigenvector of a matrix over the radii: rank one (eta eta^T) per group plus the diagonal of
 * the noise. Shrinking rotates psi away from beta, and (E beta psi)^2 / (E beta^2 E psi^2) is what is left of the direction.
 *
 * Needs isotropic tasks. Cost: about 1 ms. Accurate to the order r/s.
 */
export function lInfDenseRepresentation(problem: Problem, method: Method, eps: number): LInfPrediction {
  const { dimension: p, rank: r, tasks } = problem;
  const s = problem.support ?? p;
  const off = p - s;
  const radii = rowLengthNodes(r, s);
  const parameters = thresholdedGroups(problem, method, eps);
  const groups = parameters.map((group) => radialMoments(group, radii, r, s, off));
  const matrix = zeros(RADII, RADII);
  const unit = s / r;
  const add = (a: number, b: number, value: number): void => {
    matrix.data[a * RADII + b] = matrix.data[a * RADII + b]! + value;
  };
  const noiseAt = new Float64Array(RADII);
  for (const g of groups) {
    for (let a = 0; a < RADII; a++) {
      noiseAt[a] = noiseAt[a]! + g.share * (g.f * g.single[a]! - g.g * g.cross[a]!);
      for (let b = 0; b < RADII; b++) {
        const scale = (unit * Math.sqrt(radii.weights[a]! * radii.weights[b]!)) / r;
        const skew = g.sigma[a]! * g.eta[b]! + g.eta[a]! * g.sigma[b]!;
        add(a, b, g.share * scale * (g.f * g.eta[a]! * g.eta[b]! - g.g * skew));
      }
    }
  }
  for (let a = 0; a < RADII; a++) add(a, a, noiseAt[a]!);
  const { values, vectors } = symmetricEigen(matrix);
  const captured = (k: number): number => {
    let inner = 0;
    for (let a = 0; a < RADII; a++) {
      inner += Math.sqrt(radii.weights[a]!) * radii.nodes[a]! * vectors.data[a * RADII + k]!;
    }
    return (inner * inner) / r;
  };
  // Radii that hardly any row has may carry a larger eigenvalue of their own: the signal is the eigenvector along B.
  let top = 0;
  for (let k = 1; k < RADII; k++) if (captured(k) > captured(top)) top = k;
  const own = values[top]!;
  const rows: NoiseRows[] = Array.from(radii.weights, (w, a) => ({ count: (s - r) * w, value: noiseAt[a]! }));
  const harmonics = groups.reduce((sum, g) => sum + g.share * g.f * g.harmonics, 0);
  const cubic = ((r + 2) * (r + 1) * r) / 6 - r;
  if (cubic > 0) rows.push({ count: cubic, value: harmonics / cubic });
  const psi = Float64Array.from({ length: RADII }, (_, a) => vectors.data[a * RADII + top]!);
  const classes = groups.map((g) => classAlong(g, psi, radii, unit, r));
  const kappa = couplingRatio(groups, psi, radii, unit, r);
  const mean = classes.reduce((sum, g) => sum + g.share * g.signal, 0);
  const square = classes.reduce((sum, g) => sum + g.share * g.signal ** 2, 0);
  const points = taskPoints(r, tasks, mean > 0 ? square / mean ** 2 : 1, 0);
  const overlaps: DirectionOverlap[] = points.map(({ weight, signalFactor: factor }) => {
    let leaked = 0;
    for (let k = 0; k < RADII; k++) {
      if (k === top) continue;
      const l = own * factor;
      if (l > values[k]!)
        leaked += (l * Math.max(0, values[k]!) * captured(k)) / (tasks * (l - values[k]!) ** 2);
    }
    const cos2 = overlapAmongRows({ own, rows, kappa, off, classes, tasks, factor });
    return { count: r * weight, cos2: Math.min(1, cos2 * (captured(top) + leaked)) };
  });
  const [first, last] = [overlaps[0]!, overlaps[overlaps.length - 1]!];
  const width = points[points.length - 1]!.signalFactor - points[0]!.signalFactor;
  const slope = width > 0 ? (last.cos2 - first.cos2) / width : 0;
  const offShare = off === 0 ? 0 : 1 - spikeOverlap(classes, tasks / off);
  const onShare = 1 - offShare;
  const kept = overlapAmongRows({ own, rows, kappa, off, classes, tasks, factor: 1 });
  let rowLengths = 0;
  for (let a = 0; a < RADII; a++) {
    const w = radii.weights[a]!;
    if (w > 0)
      rowLengths +=
        s * w * Math.sqrt((kept * psi[a]! ** 2) / (w * unit) + (r * Math.max(0, onShare - kept)) / s);
  }
  const sinTheta2 = overlaps.reduce((sum, o) => sum + o.count * (1 - o.cos2), 0);
  return {
    sinTheta2,
    sinThetaMax: largestSine({
      mean: sinTheta2 / r,
      excess: 0,
      count: r,
      spread: slope * Math.sqrt(((mean > 0 ? square / mean ** 2 : 1) * r) / ((r + 2) * tasks)),
      noise: Math.max(0, sinTheta2 / r - (1 - captured(top))),
      freedom: p - r,
    }),
    survivingTasks: tasks * groups.reduce((sum, g) => sum + g.share * g.survival, 0),
    overlaps,
    bias: r * Math.max(0, 1 - captured(top)),
    lengthSpread: groups.reduce((sum, g) => sum + g.share * g.lengthSpread, 0),
    limit: true,
    meanL1: expectedL1(parameters, eps, { off, r, tasks, offShare, rowLengths }),
  };
}

interface Radii {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Quadrature for beta, s beta_j^2 of a Haar row: beta^2 / s is a Beta(r/2, (s - r)/2) variable, E beta^2 = r. Against the chi law of the limit this
 * narrows the spread of beta^2 by (s - r)/(s + 2), and with it the bias of shrinking. The nodes are scaled to E beta^2 = r exactly.
 */
function rowLengthNodes(r: number, s: number): Radii {
  const rule = gaussLegendre(RADII);
  const low = Math.max(0, Math.sqrt(r) - 3);
  const high = Math.min(Math.sqrt(s), Math.sqrt(r) + 3);
  const nodes = rule.nodes.map((x) => (low + high) / 2 + ((high - low) / 2) * x);
  const weights = rule.weights.map((w, i) => {
    const beta = nodes[i]!;
    return w * Math.exp((r - 1) * Math.log(beta) + ((s - r) / 2 - 1) * Math.log1p((-beta * beta) / s));
  });
  const total = weights.reduce((a, b) => a + b, 0);
  const second = nodes.reduce((sum, beta, i) => sum + (weights[i]! / total) * beta * beta, 0);
  return {
    nodes: nodes.map((beta) => beta * Math.sqrt(r / second)),
    weights: weights.map((w) => w / total),
  };
}

interface RadialGroup {
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
function radialMoments(
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

function classAlong(g: RadialGroup, psi: Float64Array, radii: Radii, unit: number, r: number): ColumnClass {
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
function couplingRatio(
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
