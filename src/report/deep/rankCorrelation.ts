/**
 * Spearman's rank correlation of pairs (x_i, y_i): the correlation of their ranks, equal values sharing the mean of theirs. In [-1, 1]; null for fewer than three pairs, and
 * where all x or all y are equal.
 *
 * @example rankCorrelation([1, 2, 3], [10, 100, 1000]) // 1
 */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number | null {
  const n = x.length;
  if (n < 3 || y.length !== n) return null;
  const [a, b] = [ranks(x), ranks(y)];
  const middle = (n + 1) / 2;
  let [covariance, first, second] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [u, v] = [a[i]! - middle, b[i]! - middle];
    covariance += u * v;
    first += u * u;
    second += v * v;
  }
  return first === 0 || second === 0 ? null : covariance / Math.sqrt(first * second);
}

/** Ranks 1..n; ties share the mean of their places. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
  const result = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++;
    for (let k = start; k <= end; k++) result[order[k]!] = (start + end) / 2 + 1;
    start = end + 1;
  }
  return result;
}
