import { type Matrix, rowView, transpose, zeros } from "../../../src/numerics/matrix.js";
import { multiply, multiplyTransposeLeft, multiplyTransposeRight } from "../../../src/numerics/products.js";
import { smallSvd } from "../../../src/numerics/small.js";
import { topRightSubspace } from "../../../src/numerics/topSubspace.js";

/** sum_t max(0, ||W^T muhat_t|| - radius) by its definition; W is `p x k`, means are rows. */
export function jointValue(means: Matrix, w: Matrix, radius: number): number {
  let value = 0;
  for (let t = 0; t < means.rows; t++) {
    const head = multiply({ rows: 1, cols: means.cols, data: rowView(means, t) }, w).data;
    value += Math.max(0, Math.hypot(...head) - radius);
  }
  return value;
}

/** sum over the active tasks of muhat_t (W^T muhat_t)^T / ||W^T muhat_t||, `p x k`. */
export function jointGradient(means: Matrix, w: Matrix, radius: number): Matrix {
  const heads = multiply(means, w);
  for (let t = 0; t < means.rows; t++) {
    const head = rowView(heads, t);
    const length = Math.hypot(...head);
    head.forEach((x, i) => {
      head[i] = length > radius ? x / length : 0;
    });
  }
  return multiplyTransposeLeft(means, heads);
}

/** The generalised power method, as it is written down: W <- polar factor of the gradient; every value on the way. */
export function powerMethod(
  means: Matrix,
  start: Matrix,
  radius: number,
  steps: number,
): { w: Matrix; values: number[] } {
  let w = start;
  const values = [jointValue(means, w, radius)];
  for (let step = 0; step < steps; step++) {
    const { u, v } = smallSvd(jointGradient(means, w, radius));
    w = multiplyTransposeRight(u, v);
    values.push(jointValue(means, w, radius));
  }
  return { w, values };
}

/** The top-r subspace of the unit means longer than the radius, `p x r`: where joint training starts. */
export function perTaskStart(means: Matrix, r: number, radius: number): Matrix {
  const kept: Float64Array[] = [];
  for (let t = 0; t < means.rows; t++) {
    const row = rowView(means, t);
    const length = Math.hypot(...row);
    if (length > radius) kept.push(row.map((x) => x / length));
  }
  const stack = zeros(kept.length, means.cols);
  kept.forEach((row, i) => {
    rowView(stack, i).set(row);
  });
  return topRightSubspace(stack, r).basis;
}

/** The part of the gradient outside range(W), relative to the whole. */
export function relativeSlope(means: Matrix, w: Matrix, radius: number): number {
  const gradient = jointGradient(means, w, radius);
  const inside = multiply(w, multiply(transpose(w), gradient));
  let outside = 0;
  let whole = 0;
  gradient.data.forEach((x, i) => {
    outside += (x - inside.data[i]!) ** 2;
    whole += x * x;
  });
  return Math.sqrt(outside / whole);
}
