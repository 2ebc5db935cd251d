import { type Matrix, rowView } from "../numerics/matrix.js";
import { haarFrame } from "../random/distributions/haarFrame.js";
import { keyedStream } from "../random/keyedStream.js";
import { calibratedWeights } from "./calibratedWeights.js";

/** Fixed frames B_S (`s x r`, orthonormal columns) whose weighted average stands for the average over random ones. */
export interface SupportDesign {
  readonly frames: readonly Matrix[];
  /** Sum to 1. */
  readonly weights: Float64Array;
}

const CANDIDATES = 1500;
const cache = new Map<string, SupportDesign>();

/**
 * A deterministic design for averages over the Haar law of the nonzero rows of B (docs/theory.md 5.3): `count` fixed pseudo-random frames,
 * weighted so that four shape statistics of the row norms beta_j - the sums of beta, beta^4 and beta^6, and tr (sum_j beta_j^2 b_j b_j^T)^2 - have
 * the averages that 1500 frames have. These statistics explain about 90 % of the spread of the predicted error over frames,
 * which the weights therefore remove (regression estimator; Cochran, Sampling Techniques, ch. 7). Cost: 10 ms once per (s, r).
 */
export function supportDesign(s: number, r: number, count: number): SupportDesign {
  const key = `${s} ${r} ${count}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const rng = keyedStream(["supportDesign", s, r]);
  const frames: Matrix[] = [];
  const features: number[][] = [];
  const target = new Array<number>(4).fill(0);
  const candidates = Math.max(count, Math.min(CANDIDATES, Math.ceil(60_000 / s)));
  for (let i = 0; i < candidates; i++) {
    const frame = haarFrame(rng, s, r);
    const feature = shapeStatistics(frame);
    feature.forEach((value, k) => {
      target[k] = target[k]! + value / candidates;
    });
    if (i < count) {
      frames.push(frame);
      features.push(feature);
    }
  }
  const design = { frames, weights: calibratedWeights(features, target) };
  cache.set(key, design);
  return design;
}

function shapeStatistics(frame: Matrix): number[] {
  const r = frame.cols;
  const fourth = new Float64Array(r * r);
  let first = 0;
  let square = 0;
  let cube = 0;
  for (let j = 0; j < frame.rows; j++) {
    const row = rowView(frame, j);
    let beta2 = 0;
    for (const x of row) beta2 += x * x;
    first += Math.sqrt(beta2);
    square += beta2 ** 2;
    cube += beta2 ** 3;
    for (let a = 0; a < r; a++) {
      for (let b = 0; b < r; b++) fourth[a * r + b] = fourth[a * r + b]! + beta2 * row[a]! * row[b]!;
    }
  }
  return [first, square, cube, fourth.reduce((sum, x) => sum + x * x, 0)];
}
