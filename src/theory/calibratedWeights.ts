/**
 * Weights close to 1/K, summing to 1, whose weighted mean of the feature vectors (K x d) is `target`: the weights of the linear regression
 * estimator, w = 1/K + (target - mean)^T Cov^{-1} (f_k - mean) / K. Features that do not vary are left out; a small ridge keeps nearly
 * dependent ones from blowing up. Cost K d^2.
 */
export function calibratedWeights(
  features: readonly (readonly number[])[],
  target: readonly number[],
): Float64Array {
  const count = features.length;
  const mean = target.map((_, k) => features.reduce((sum, f) => sum + f[k]! / count, 0));
  const sd = target.map((_, k) =>
    Math.sqrt(features.reduce((sum, f) => sum + (f[k]! - mean[k]!) ** 2 / count, 0)),
  );
  const used = target.map((_, k) => k).filter((k) => sd[k]! > 1e-9 * Math.abs(mean[k]!));
  const z = features.map((f) => used.map((k) => (f[k]! - mean[k]!) / sd[k]!));
  const gap = used.map((k) => (target[k]! - mean[k]!) / sd[k]!);
  const gram = used.map((_, a) =>
    used.map((_, b) => z.reduce((sum, row) => sum + (row[a]! * row[b]!) / count, 0) + (a === b ? 1e-4 : 0)),
  );
  const solution = solve(gram, gap);
  return Float64Array.from(z, (row) => (1 + row.reduce((sum, x, k) => sum + x * solution[k]!, 0)) / count);
}

/** Gaussian elimination for a small positive definite system. */
function solve(matrix: number[][], right: number[]): Float64Array {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const factor = a[j]![i]! / a[i]![i]!;
      for (let k = i; k <= n; k++) a[j]![k] = a[j]![k]! - factor * a[i]![k]!;
    }
  }
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = a[i]![n]!;
    for (let k = i + 1; k < n; k++) sum -= a[i]![k]! * x[k]!;
    x[i] = sum / a[i]![i]!;
  }
  return x;
}
