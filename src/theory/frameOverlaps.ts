import type { Matrix } from "../numerics/matrix.js";
import { smallEigen } from "../numerics/smallEigen.js";
import { columnsAlong } from "./columnsAlong.js";
import { taskPoints } from "./finiteTasks.js";
import { frameLargestSine } from "./frameLargestSine.js";
import { type NoiseRows, overlapAmongRows } from "./noiseRows.js";
import type { ThresholdedGroup } from "./thresholdedGroup.js";
import { groupPopulation, type PopulationSpace } from "./thresholdedPopulation.js";
import { spikeOverlap } from "./weightedSpike.js";

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

/** Where a frame's populations are put: the same for every frame of a prediction. */
export interface FrameSpace {
  /** s x s. */
  readonly total: Matrix;
  readonly groups: readonly PopulationSpace[];
}

/** The eigenvectors of one frame's population, how well T columns estimate them, and what of them lies in range(B_S). */
export function frameOverlaps(
  groups: readonly ThresholdedGroup[],
  frame: Matrix,
  design: Matrix,
  shape: FrameShape,
  space: FrameSpace,
): FrameResult {
  const { r, tasks, off } = shape;
  const s = frame.rows;
  const total = space.total;
  total.data.fill(0);
  const populations = groups.map((group, i) =>
    groupPopulation(group, frame, design, off, total, space.groups[i]!),
  );
  const { values, vectors } = smallEigen(total);
  const captured = capturedBy(frame, vectors);
  const cos2 = new Float64Array(3 * r);
  const rows: NoiseRows[] = [];
  for (let k = r; k < s; k++) rows.push({ count: 1, value: Math.max(0, values[k]!) });
  const { classes: columns, kappa: ratios } = columnsAlong(populations, vectors, values, r);
  let bias = r;
  let offShare = 0;
  let perWidth = 0;
  const rowSquares = new Float64Array(s);
  for (let i = 0; i < r; i++) {
    bias -= captured[i]!;
    const classes = columns[i]!;
    let mean = 0;
    let square = 0;
    for (const g of classes) {
      mean += g.share * g.signal;
      square += g.share * g.signal ** 2;
    }
    const kurtosis = mean > 0 ? square / mean ** 2 : 1;
    const points = taskPoints(r, tasks, kurtosis, 0);
    const width = points.length === 1 ? 1 : points[2]!.signalFactor - points[0]!.signalFactor;
    perWidth = Math.sqrt((kurtosis * r) / ((r + 2) * tasks)) / width;
    const own = values[i]!;
    const kappa = ratios[i]!;
    const middle = points.length === 1 ? 0 : 1;
    points.forEach(({ signalFactor: factor }, k) => {
      const offOverlap = off === 0 ? 1 : spikeOverlap(classes, tasks / off, factor);
      const kept = overlapAmongRows({ own, rows, kappa, off, classes, tasks, factor, offOverlap });
      const right = captured[i]! + leakage(own * factor, kappa, values, captured, shape);
      // One point: r = 1, its three points are one.
      if (points.length === 1) cos2.fill(kept * right);
      else cos2[3 * i + k] = kept * right;
      // The typical A, factor 1.
      if (k !== middle) return;
      offShare += (1 - offOverlap) / r;
      const chance = Math.max(0, offOverlap - kept) / s;
      for (let j = 0; j < s; j++) {
        rowSquares[j] = rowSquares[j]! + kept * vectors.data[i * s + j]! ** 2 + chance;
      }
    });
  }
  return {
    cos2,
    bias,
    offShare,
    largestSine: frameLargestSine(cos2, frame, vectors, perWidth, off + s - r),
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

/** ||B_S^T q_k||^2 for every eigenvector. */
function capturedBy(frame: Matrix, vectors: Matrix): Float64Array {
  const { rows: s, cols: r } = frame;
  const captured = new Float64Array(s);
  for (let k = 0; k < s; k++) {
    for (let a = 0; a < r; a++) {
      let inner = 0;
      for (let j = 0; j < s; j++) inner += frame.data[j * r + a]! * vectors.data[k * s + j]!;
      captured[k] = captured[k]! + inner * inner;
    }
  }
  return captured;
}
