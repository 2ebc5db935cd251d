import { type Matrix, rowView, zeros } from "../../numerics/matrix.js";
import { addScaled, multiplyTransposeLeft, multiplyTransposeRight, norm2 } from "../../numerics/products.js";
import type { FrameObjective, FrameValue } from "./frameObjective.js";
import { rowLengths } from "./rowLengths.js";

/** The share of a mean's length below which the direction of its head is rounding error. */
const VANISHED = 1e-14;

/**
 * The objective of joint two-layer training with the linear loss, standard (radius 0) or under an l2 attack (docs/theory.md section 2):
 *
 *     F(W) = sum_t max(0, ||W^T muhat_t||_2 - radius),   dF/dW = sum over ||W^T muhat_t|| > radius of muhat_t (W^T muhat_t)^T / ||W^T muhat_t||,
 *
 * for the means as rows (`T x d`) and W^T as a frame. F is convex in W, so that its kinks are never maxima: a task whose head vanishes at
 * radius 0 enters the gradient with a unit head that no other such task cancels, a subgradient along which F increases. Cost of one evaluation 2 T d r.
 */
export function jointObjective(means: Matrix, radius: number): FrameObjective {
  const lengths = rowLengths(means);
  return (frame): FrameValue => {
    const heads = multiplyTransposeRight(means, frame);
    const lost: number[] = [];
    let value = 0;
    for (let t = 0; t < means.rows; t++) {
      const head = rowView(heads, t);
      const length = norm2(head);
      if (radius === 0 && length <= VANISHED * lengths[t]!) lost.push(t);
      if (length > radius) value += length - radius;
      const factor = length > radius ? 1 / length : 0;
      for (let i = 0; i < head.length; i++) head[i] = factor * head[i]!;
    }
    if (lost.length > 0) replaceHeads(means, heads, lost);
    return { value, gradient: multiplyTransposeLeft(heads, means) };
  };
}

/** The heads W^T muhat_t of the active tasks (`T x r`), zero rows for those no longer than the radius. */
export function activeHeads(means: Matrix, radius: number, frame: Matrix): Matrix {
  const heads = multiplyTransposeRight(means, frame);
  for (let t = 0; t < means.rows; t++) {
    const head = rowView(heads, t);
    const active = norm2(head) > Math.max(radius, VANISHED * norm2(rowView(means, t)));
    if (!active) head.fill(0);
  }
  return heads;
}

/** Gives each lost task the unit head that adds most to the sum of mean times head over the lost tasks before it. */
function replaceHeads(means: Matrix, heads: Matrix, lost: readonly number[]): void {
  const sum = zeros(heads.cols, means.cols);
  for (const t of lost) {
    const mean = rowView(means, t);
    const head = multiplyTransposeRight({ rows: 1, cols: mean.length, data: mean }, sum).data;
    const length = norm2(head);
    if (length > 0) for (let i = 0; i < head.length; i++) head[i] = head[i]! / length;
    else head[0] = 1;
    rowView(heads, t).set(head);
    for (let i = 0; i < heads.cols; i++) addScaled(rowView(sum, i), head[i]!, mean);
  }
}
