import type { Matrix } from "../../numerics/matrix.js";
import { dot, multiplyTransposeLeft, multiplyTransposeRight } from "../../numerics/products.js";
import { type LbfgsOptions, minimizeConvex, type SmoothMinimum, type ValueAndGradient } from "./lbfgs.js";

/** Samples of a classification problem in 64 bits: `points` is `n x d`, labels are in 0..classes-1. */
export interface LabeledPoints {
  readonly points: Matrix;
  readonly labels: Uint8Array;
  readonly classes: number;
}

/**
 * The objective of multinomial logistic regression, and its gradient,
 *
 *     F(W, b) = (1/n) sum_i [ logsumexp(W x_i + b) - (W x_i + b)_{y_i} ] + (lambda/2) ||W||_F^2,
 *
 * as a function of one vector: W (`k x d`, row-major), then b (k). Strictly convex in W for lambda > 0; b is not penalised, and adding a number to all of b
 * changes nothing. The gradient is orthogonal to that, so a minimisation that starts from sum(b) = 0 stays there. Cost: two products of n d k.
 */
export function softmaxRidge(
  { points, labels, classes }: LabeledPoints,
  lambda: number,
): (parameters: Float64Array) => ValueAndGradient {
  const { rows: n, cols: d } = points;
  return (parameters) => {
    const weights: Matrix = { rows: classes, cols: d, data: parameters.subarray(0, classes * d) };
    const bias = parameters.subarray(classes * d);
    const logits = multiplyTransposeRight(points, weights);
    const loss = softmaxErrors(logits, bias, labels);
    const slopes = multiplyTransposeLeft(logits, points);
    const gradient = new Float64Array(parameters.length);
    for (let j = 0; j < classes * d; j++) gradient[j] = slopes.data[j]! / n + lambda * weights.data[j]!;
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < classes; c++) gradient[classes * d + c]! += logits.data[i * classes + c]! / n;
    }
    return { value: loss / n + (lambda / 2) * dot(weights.data, weights.data), gradient };
  };
}

/** The minimum of {@link softmaxRidge} from a start, by {@link minimizeConvex}. */
export function solveSoftmaxRidge(
  data: LabeledPoints,
  lambda: number,
  start: Float64Array,
  options: Pick<LbfgsOptions, "tolerance" | "maxIterations"> = {},
): SmoothMinimum {
  // The curvature of undecided classes on features of variance 1. Weights feel the penalty and biases do not: one size for both would be slow.
  const { classes } = data;
  const biases = start.length - classes;
  const inverseDiagonal = new Float64Array(start.length)
    .fill(1 / (lambda + 1 / classes))
    .fill(classes, biases);
  return minimizeConvex(softmaxRidge(data, lambda), start, { ...options, inverseDiagonal });
}

/** The solution without features, W = 0 and b the logarithms of the class shares, centred: where every fit starts. Every class must occur. */
export function logPriors({ points, labels, classes }: LabeledPoints): Float64Array {
  const parameters = new Float64Array(classes * points.cols + classes);
  const bias = parameters.subarray(classes * points.cols);
  for (const label of labels) bias[label] = bias[label]! + 1;
  for (let c = 0; c < classes; c++) bias[c] = Math.log(bias[c]!);
  const mean = bias.reduce((sum, b) => sum + b, 0) / classes;
  for (let c = 0; c < classes; c++) bias[c] = bias[c]! - mean;
  return parameters;
}

/** W x + b for every row x: `n x k`. */
export function logitsAt(parameters: Float64Array, points: Matrix, classes: number): Matrix {
  const size = classes * points.cols;
  const weights: Matrix = { rows: classes, cols: points.cols, data: parameters.subarray(0, size) };
  const logits = multiplyTransposeRight(points, weights);
  for (let i = 0; i < logits.data.length; i++) {
    logits.data[i] = logits.data[i]! + parameters[size + (i % classes)]!;
  }
  return logits;
}

/** Turns logits without the bias into probabilities minus indicators of the labels, in place; returns the sum of the cross-entropies. */
function softmaxErrors(logits: Matrix, bias: Float64Array, labels: Uint8Array): number {
  const { rows, cols: k, data } = logits;
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const at = i * k;
    let largest = -Infinity;
    for (let c = 0; c < k; c++) {
      const logit = data[at + c]! + bias[c]!;
      data[at + c] = logit;
      if (logit > largest) largest = logit;
    }
    const own = data[at + labels[i]!]!;
    let total = 0;
    for (let c = 0; c < k; c++) {
      const power = Math.exp(data[at + c]! - largest);
      data[at + c] = power;
      total += power;
    }
    for (let c = 0; c < k; c++) data[at + c] = data[at + c]! / total;
    data[at + labels[i]!]! -= 1;
    loss += Math.log(total) + largest - own;
  }
  return loss;
}
