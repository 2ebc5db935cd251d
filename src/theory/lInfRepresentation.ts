import type { Problem } from "../model/problem.js";
import { type Matrix, zeros } from "../numerics/matrix.js";
import { symmetricEigen } from "../numerics/small.js";
import type { Method } from "../training/method.js";
import { expectedL1 } from "./expectedL1.js";
import { taskPoints } from "./finiteTasks.js";
import { largestSine } from "./largestSine.js";
import { lInfDenseRepresentation } from "./lInfDense.js";
import { type NoiseRows, overlapAmongRows } from "./noiseRows.js";
import type { DirectionOverlap, RepresentationPrediction } from "./representation.js";
import { sphereDesign } from "./sphereDesign.js";
import { supportDesign } from "./supportDesign.js";
import { type ThresholdedGroup, thresholdedGroups } from "./thresholdedGroup.js";
import { type GroupPopulation, groupPopulation, momentWithNoise } from "./thresholdedPopulation.js";
import { type ColumnClass, spikeOverlap } from "./weightedSpike.js";

/** What an l_inf prediction knows beyond the representation. */
export interface LInfPrediction extends RepresentationPrediction {
  /** Part of sinTheta2 that infinitely many tasks would leave: the bias of shrinking. */
  readonly bias: number;
  /** Relative variance of the columns' squared lengths from the support: the theory expands in it. */
  readonly lengthSpread: number;
  /** Whether it is the limit of a large support. */
  readonly limit: boolean;
  /** The expected l_1 norm of a unit vector of the representation. */
  readonly meanL1: number;
}

/** Beyond it the limit of a large support is used, which is its own average. */
const LARGEST_FRAME = 64;

/**
 * The representation that l_inf-adversarial training learns (docs/theory.md 5.3), radius eps > 0, with or without pseudo-labels: the columns'
 * population on the support ({@link groupPopulation}) has top eigenvectors q_i with eigenvalues l_i. Off the support columns are noise, so q_i is
 * estimated with the cos^2 of {@link spikeOverlap}; the support's other eigenvalues l_k are noise too, and take the share m_ik / (1 + sum_k m_ik) of it,
 * m_ik = kappa_i l_i l_k / (T (l_i - l_k)^2), kappa_i = E[w^4 <q_i,x>^2 ||x off q_1..q_r||^2] / (l_i sum_k l_k); and of q_i only ||B_S^T q_i||^2 lies in range(B): the bias of shrinking.
 * Averaged over a fixed design of frames B_S; for s > 64, {@link lInfDenseRepresentation}.
 *
 * Cost: 2 to 60 ms, growing with s and r, free of p, T, n, u.
 */
export function lInfRepresentation(problem: Problem, method: Method, eps: number): LInfPrediction {
  const { dimension: p, rank: r, tasks } = problem;
  const support = problem.support ?? p;
  const groups = thresholdedGroups(problem, method, eps);
  if (support > LARGEST_FRAME) return lInfDenseRepresentation(problem, method, eps);
  const s = support;
  const design = sphereDesign(problem.diversity);
  const frames = supportDesign(s, r, frameCount(s));
  const shape: Shape = { r, tasks, off: p - support };
  const cos2 = new Float64Array(3 * r);
  let bias = 0;
  let survival = 0;
  let lengthSpread = 0;
  let offShare = 0;
  let rowLengths = 0;
  let largest: number | null = 0;
  frames.frames.forEach((frame, i) => {
    const weight = frames.weights[i]!;
    const result = frameOverlaps(groups, frame, design, shape);
    for (let k = 0; k < cos2.length; k++) cos2[k] = cos2[k]! + weight * result.cos2[k]!;
    bias += weight * result.bias;
    survival += weight * result.survival;
    lengthSpread += weight * result.lengthSpread;
    offShare += weight * result.offShare;
    rowLengths += weight * result.rowLengths;
    largest = largest === null || result.largestSine === null ? null : largest + weight * result.largestSine;
  });
  const overlaps: DirectionOverlap[] = [];
  const counts = [0.25, 0.5, 0.25];
  cos2.forEach((x, k) => {
    overlaps.push({ count: counts[k % 3]!, cos2: Math.min(1, Math.max(0, x)) });
  });
  return {
    sinTheta2: overlaps.reduce((sum, o) => sum + o.count * (1 - o.cos2), 0),
    sinThetaMax: largest === null ? null : Math.min(1, largest),
    survivingTasks: tasks * Math.min(1, Math.max(0, survival)),
    overlaps,
    bias: Math.min(r, Math.max(0, bias)),
    lengthSpread,
    limit: false,
    meanL1: expectedL1(groups, eps, { off: p - s, r, tasks, offShare, rowLengths }),
  };
}

/** Fewer frames where a frame has more rows to average over. */
function frameCount(s: number): number {
  return Math.min(80, Math.max(12, Math.ceil(640 / s)));
}

interface Shape {
  readonly r: number;
  readonly tasks: number;
  readonly off: number;
}

interface FrameResult {
  /** Three points of the spread of A for each of the r directions. */
  readonly cos2: Float64Array;
  readonly bias: number;
  readonly survival: number;
  readonly lengthSpread: number;
  /** Share of the representation's squared length off the support. */
  readonly offShare: number;
  /** Sum over the support of the lengths of the representation's rows. */
  readonly rowLengths: number;
  /** Expected sine of the largest angle; null for r > 10. */
  readonly largestSine: number | null;
}

function frameOverlaps(
  groups: readonly ThresholdedGroup[],
  frame: Matrix,
  design: Matrix,
  shape: Shape,
): FrameResult {
  const { r, tasks, off } = shape;
  const s = frame.rows;
  const populations = groups.map((group) => groupPopulation(group, frame, design, off));
  const total = zeros(s, s);
  for (const population of populations) {
    for (let k = 0; k < s * s; k++)
      total.data[k] = total.data[k]! + population.share * population.moment.data[k]!;
  }
  const { values, vectors } = symmetricEigen(total);
  const captured = Float64Array.from({ length: s }, (_, k) => capturedBy(frame, vectors, k));
  const cos2 = new Float64Array(3 * r);
  const rows: NoiseRows[] = Array.from(values.subarray(r), (x) => ({ count: 1, value: Math.max(0, x) }));
  const ratios = fourthMomentRatios(populations, vectors, values, r);
  let bias = r;
  let offShare = 0;
  let tailSpread = 0;
  let width = 1;
  const rowSquares = new Float64Array(s);
  for (let i = 0; i < r; i++) {
    bias -= captured[i]!;
    const classes = populations.map((population) => classAlong(population, vectors, i));
    const mean = classes.reduce((sum, g) => sum + g.share * g.signal, 0);
    const square = classes.reduce((sum, g) => sum + g.share * g.signal ** 2, 0);
    const onShare = off === 0 ? 1 : spikeOverlap(classes, tasks / off);
    offShare += (1 - onShare) / r;
    const own1 = { own: values[i]!, rows, kappa: ratios[i]!, off, classes, tasks, factor: 1 };
    const kept = overlapAmongRows(own1);
    for (let j = 0; j < s; j++) {
      rowSquares[j] = rowSquares[j]! + kept * vectors.data[j * s + i]! ** 2 + Math.max(0, onShare - kept) / s;
    }
    const kurtosis = mean > 0 ? square / mean ** 2 : 1;
    const points = taskPoints(r, tasks, kurtosis, 0);
    tailSpread = Math.sqrt((kurtosis * r) / ((r + 2) * tasks));
    width = points.length === 1 ? 1 : points[2]!.signalFactor - points[0]!.signalFactor;
    for (let k = 0; k < 3; k++) {
      const factor = points.length === 1 ? 1 : points[k]!.signalFactor;
      const own = values[i]!;
      const spike = { own, rows, kappa: ratios[i]!, off, classes, tasks, factor };
      cos2[3 * i + k] =
        overlapAmongRows(spike) * (captured[i]! + leakage(own * factor, ratios[i]!, values, captured, shape));
    }
  }
  return {
    cos2,
    bias,
    offShare,
    largestSine: frameLargestSine(cos2, frame, vectors, tailSpread / width, off + s - r),
    rowLengths: rowSquares.reduce((sum, x) => sum + Math.sqrt(x), 0),
    survival: populations.reduce((sum, g) => sum + g.share * g.survival, 0),
    lengthSpread: populations.reduce((sum, g) => sum + g.share * g.lengthSpread, 0),
  };
}

/**
 * The expected largest sine of one frame: the bias matrix Q^T (I - B_S B_S^T) Q has unequal eigenvalues, which the noise and the spread of A blur.
 * `perWidth` is the spread of A in units of the distance of its two outer points.
 */
function frameLargestSine(
  cos2: Float64Array,
  frame: Matrix,
  vectors: Matrix,
  perWidth: number,
  freedom: number,
): number | null {
  const r = frame.cols;
  let mean = 0;
  let slope = 0;
  for (let i = 0; i < r; i++) {
    mean += (1 - (cos2[3 * i]! + 2 * cos2[3 * i + 1]! + cos2[3 * i + 2]!) / 4) / r;
    slope += (cos2[3 * i + 2]! - cos2[3 * i]!) / r;
  }
  const { values } = symmetricEigen(biasMatrix(frame, vectors));
  const bias = values.reduce((sum, x) => sum + Math.max(0, x), 0) / r;
  const noise = Math.max(0, mean - bias);
  return largestSine({ mean, excess: values[0]! - bias, count: r, spread: slope * perWidth, noise, freedom });
}

/** I - C C^T, C = B_S^T [q_1 ... q_r]: r x r. */
function biasMatrix(frame: Matrix, vectors: Matrix): Matrix {
  const { rows: s, cols: r } = frame;
  const inner = zeros(r, r);
  for (let a = 0; a < r; a++) {
    for (let i = 0; i < r; i++) {
      let sum = 0;
      for (let j = 0; j < s; j++) sum += frame.data[j * r + a]! * vectors.data[j * s + i]!;
      inner.data[a * r + i] = sum;
    }
  }
  const result = zeros(r, r);
  for (let a = 0; a < r; a++) {
    for (let b = 0; b < r; b++) {
      let sum = a === b ? 1 : 0;
      for (let i = 0; i < r; i++) sum -= inner.data[a * r + i]! * inner.data[b * r + i]!;
      result.data[a * r + b] = sum;
    }
  }
  return result;
}

/** What of range(B) the noise on the other eigenvectors of the support hits by chance: sum_k m_ik ||B_S^T q_k||^2. */
function leakage(
  own: number,
  kappa: number,
  values: Float64Array,
  captured: Float64Array,
  shape: Shape,
): number {
  let leaked = 0;
  for (let k = shape.r; k < values.length; k++) {
    const other = Math.max(0, values[k]!);
    if (own > other) leaked += (kappa * own * other * captured[k]!) / (shape.tasks * (own - other) ** 2);
  }
  return leaked;
}

/** ||B_S^T q_k||^2 */
function capturedBy(frame: Matrix, vectors: Matrix, k: number): number {
  const { rows: s, cols: r } = frame;
  let sum = 0;
  for (let a = 0; a < r; a++) {
    let inner = 0;
    for (let j = 0; j < s; j++) inner += frame.data[j * r + a]! * vectors.data[j * s + k]!;
    sum += inner * inner;
  }
  return sum;
}

function quadraticForm(m: Matrix, vectors: Matrix, i: number): number {
  const s = m.rows;
  let sum = 0;
  for (let j = 0; j < s; j++) {
    let inner = 0;
    for (let k = 0; k < s; k++) inner += m.data[j * s + k]! * vectors.data[k * s + i]!;
    sum += inner * vectors.data[j * s + i]!;
  }
  return sum;
}

/** A group's columns as the direction q_i sees them. */
function classAlong(population: GroupPopulation, vectors: Matrix, i: number): ColumnClass {
  const { share, noise, noiseVariance } = population;
  const second = quadraticForm(population.moment, vectors, i);
  const joint = momentWithNoise(population, vectors, i);
  return {
    share,
    signal: Math.max(0, second - noise),
    noise,
    covariance: joint - second * noise - noiseVariance,
    noiseVariance,
  };
}

/**
 * kappa_i: how much more than for independent factors the products <q_i, x> <q_k, x> fluctuate, on average over k >= r weighted by l_k: the
 * length that a column has off the top r eigenvectors may go with its length along q_i.
 */
function fourthMomentRatios(
  populations: readonly GroupPopulation[],
  vectors: Matrix,
  values: Float64Array,
  r: number,
): Float64Array {
  const s = vectors.rows;
  const joint = new Float64Array(r);
  const along = new Float64Array(r);
  for (const g of populations) {
    const n = g.weights.length;
    for (let t = 0; t < n; t++) {
      let rest = 0;
      for (let j = 0; j < s; j++) rest += g.means[j * n + t]! ** 2 + g.variances[j * n + t]!;
      for (let i = 0; i < r; i++) {
        let mean = 0;
        let variance = 0;
        for (let j = 0; j < s; j++) {
          const q = vectors.data[j * s + i]!;
          mean += q * g.means[j * n + t]!;
          variance += q * q * g.variances[j * n + t]!;
        }
        along[i] = mean * mean + variance;
        rest -= along[i]!;
      }
      const w4 = (g.share * g.weights[t]! ** 2) / n;
      for (let i = 0; i < r; i++) joint[i] = joint[i]! + w4 * along[i]! * Math.max(0, rest);
    }
  }
  let others = 0;
  for (let k = r; k < s; k++) others += Math.max(0, values[k]!);
  return joint.map((x, i) => (others * values[i]! > 0 ? x / (others * values[i]!) : 1));
}
