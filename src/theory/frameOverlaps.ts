import { type Matrix, zeros } from "../numerics/matrix.js";
import { symmetricEigen } from "../numerics/small.js";
import { taskPoints } from "./finiteTasks.js";
import { fourthMomentRatios } from "./fourthMomentRatios.js";
import { frameLargestSine } from "./frameLargestSine.js";
import { type NoiseRows, overlapAmongRows } from "./noiseRows.js";
import type { ThresholdedGroup } from "./thresholdedGroup.js";
import { type GroupPopulation, groupPopulation, momentWithNoise } from "./thresholdedPopulation.js";
import { type ColumnClass, spikeOverlap } from "./weightedSpike.js";

/** What a frame does not say of the problem: r, T and p - s. */
export interface FrameShape {
  readonly r: number;
  readonly tasks: number;
  readonly off: number;
}

/** What a group of columns learns on the support of one frame. */
export interface FrameResult {
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

/** The eigenvectors of one frame's population, how well T columns estimate them, and what of them lies in range(B_S). */
export function frameOverlaps(
  groups: readonly ThresholdedGroup[],
  frame: Matrix,
  design: Matrix,
  shape: FrameShape,
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

/** What of range(B) the noise on the other eigenvectors of the support hits by chance: sum_k m_ik ||B_S^T q_k||^2. */
function leakage(
  own: number,
  kappa: number,
  values: Float64Array,
  captured: Float64Array,
  shape: FrameShape,
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
