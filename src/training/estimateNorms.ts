import { type Matrix, rowView } from "../numerics/matrix.js";
import { dot } from "../numerics/products.js";

/**
 * Estimates of the task norms ||mu_t|| from the labelled means (`T x p`) with noise variance tau2 a coordinate, for learners that need them
 * (optimal weights, soft labels). x_t = ||muhat_t||^2 - tau2 p is unbiased for norm_t^2 with variance 2 p tau2^2 + 4 tau2 norm_t^2, which for weak
 * tasks drowns the norm; so each x_t is shrunk towards the mean over the tasks,
 *
 *     norm_t^2 = xbar + B (x_t - xbar),   B = max(0, 1 - (2 p tau2^2 + 4 tau2 xbar) / var(x)),
 *
 * with var the variance over the tasks: equal tasks get their common norm, different ones keep their differences (linear empirical
 * Bayes; Efron & Morris, JASA 68 (1973)). Negative estimates are 0. Returns length T. Cost T p.
 */
export function estimateNorms(labeledMeans: Matrix, tau2: number): Float64Array {
  const { rows: tasks, cols: p } = labeledMeans;
  const squares = Float64Array.from({ length: tasks }, (_, t) => {
    const muhat = rowView(labeledMeans, t);
    return dot(muhat, muhat) - tau2 * p;
  });
  const mean = squares.reduce((a, b) => a + b, 0) / tasks;
  const spread = squares.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, tasks - 1);
  const noise = 2 * p * tau2 * tau2 + 4 * tau2 * Math.max(0, mean);
  const keep = spread > 0 ? Math.max(0, 1 - noise / spread) : 0;
  return squares.map((x) => Math.sqrt(Math.max(0, mean + keep * (x - mean))));
}
