import type { Matrix } from "../../../src/numerics/matrix.js";

/**
 * The oracle for two classes, written without the code that it tests: the w, b that minimise
 *
 *     sum_i weight_i log(1 + exp(-s_i (w . x_i + b))) / sum_i weight_i + (lambda / 4) ||w||^2,   s = +1 for class 1, -1 for class 0,
 *
 * by damped Newton steps on the full Hessian, Gaussian elimination included. With w = w_1 - w_0 and w_1 = -w_0 this is the multinomial problem of two classes.
 */
export function binaryLogistic(
  points: Matrix,
  labels: ArrayLike<number>,
  lambda: number,
  weights: ArrayLike<number> = new Float64Array(points.rows).fill(1),
): { w: number[]; b: number } {
  const d = points.cols;
  const total = Array.from(weights).reduce((sum, weight) => sum + weight, 0);
  const at = (i: number, j: number): number => (j === d ? 1 : points.data[i * d + j]!);
  const value = (theta: readonly number[]): number => {
    let sum = 0;
    for (let i = 0; i < points.rows; i++) {
      const s = labels[i] === 1 ? 1 : -1;
      const margin = s * theta.reduce((z, t, j) => z + t * at(i, j), 0);
      sum += (weights[i]! / total) * (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
    }
    return sum + (lambda / 4) * theta.slice(0, d).reduce((square, t) => square + t * t, 0);
  };
  let theta = new Array<number>(d + 1).fill(0);
  for (let iteration = 0; iteration < 100; iteration++) {
    const gradient = theta.map((t, j) => (j < d ? (lambda / 2) * t : 0));
    const hessian = theta.map((_, j) => theta.map((_, l) => (j === l && j < d ? lambda / 2 : 0)));
    for (let i = 0; i < points.rows; i++) {
      const probability = 1 / (1 + Math.exp(-theta.reduce((z, t, j) => z + t * at(i, j), 0)));
      const weight = weights[i]! / total;
      for (let j = 0; j <= d; j++) {
        gradient[j] = gradient[j]! + weight * (probability - labels[i]!) * at(i, j);
        for (let l = 0; l <= d; l++) {
          hessian[j]![l] = hessian[j]![l]! + weight * probability * (1 - probability) * at(i, j) * at(i, l);
        }
      }
    }
    const step = solved(hessian, gradient);
    let length = 1;
    const moved = (): number[] => theta.map((t, j) => t - length * step[j]!);
    while (length > 1e-10 && !(value(moved()) <= value(theta) + 1e-15)) length /= 2;
    theta = moved();
    if (Math.max(...step.map(Math.abs)) < 1e-13) break;
  }
  return { w: theta.slice(0, d), b: theta[d]! };
}

function solved(a: readonly (readonly number[])[], rhs: readonly number[]): number[] {
  const n = rhs.length;
  const m = a.map((row, i) => [...row, rhs[i]!]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(m[i]![k]!) > Math.abs(m[pivot]![k]!)) pivot = i;
    [m[k], m[pivot]] = [m[pivot]!, m[k]!];
    for (let i = k + 1; i < n; i++) {
      const factor = m[i]![k]! / m[k]![k]!;
      for (let j = k; j <= n; j++) m[i]![j] = m[i]![j]! - factor * m[k]![j]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = m[i]![n]!;
    for (let j = i + 1; j < n; j++) rest -= m[i]![j]! * x[j]!;
    x[i] = rest / m[i]![i]!;
  }
  return x;
}
