/**
 * Fills C with inner products of rows: `out[i * n + j]` = (row i of x) . (row j of y) for `m` rows of x, `n` rows of y, all of `k` numbers;
 * with `lowerOnly` at least for j <= i. Rows are taken four against four: each number read from memory is used four times, and sixteen sums
 * grow side by side, so that no addition waits for the one before.
 */
export function rowProducts(
  x: Float64Array,
  m: number,
  y: Float64Array,
  n: number,
  k: number,
  out: Float64Array,
  lowerOnly: boolean,
): void {
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const stop = lowerOnly ? Math.min(n, i + 4) : n;
    let j = 0;
    for (; j + 3 < stop; j += 4) fourByFour(x, i * k, y, j * k, k, out, i * n + j, n);
    for (; j < stop; j++) {
      for (let l = i; l < i + 4; l++) out[l * n + j] = dotAt(x, l * k, y, j * k, k);
    }
  }
  for (; i < m; i++) {
    const stop = lowerOnly ? i + 1 : n;
    let j = 0;
    for (; j + 3 < stop; j += 4) oneByFour(x, i * k, y, j * k, k, out, i * n + j);
    for (; j < stop; j++) out[i * n + j] = dotAt(x, i * k, y, j * k, k);
  }
}

/** The inner product of the stretches of `length` numbers that start at `i` in a and at `j` in b. */
export function dotAt(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  // Four partial sums: the additions do not wait for each other, and rounding errors grow four times slower.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const end = i + length;
  for (; i + 3 < end; i += 4, j += 4) {
    s0 += a[i]! * b[j]!;
    s1 += a[i + 1]! * b[j + 1]!;
    s2 += a[i + 2]! * b[j + 2]!;
    s3 += a[i + 3]! * b[j + 3]!;
  }
  for (; i < end; i++, j++) s0 += a[i]! * b[j]!;
  return s0 + s1 + (s2 + s3);
}

function oneByFour(
  x: Float64Array,
  p: number,
  y: Float64Array,
  u: number,
  k: number,
  out: Float64Array,
  at: number,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (const end = p + k; p < end; p++, u++) {
    const a = x[p]!;
    s0 += a * y[u]!;
    s1 += a * y[u + k]!;
    s2 += a * y[u + 2 * k]!;
    s3 += a * y[u + 3 * k]!;
  }
  out[at] = s0;
  out[at + 1] = s1;
  out[at + 2] = s2;
  out[at + 3] = s3;
}

function fourByFour(
  x: Float64Array,
  p: number,
  y: Float64Array,
  u: number,
  k: number,
  out: Float64Array,
  at: number,
  n: number,
): void {
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c03 = 0;
  let c10 = 0;
  let c11 = 0;
  let c12 = 0;
  let c13 = 0;
  let c20 = 0;
  let c21 = 0;
  let c22 = 0;
  let c23 = 0;
  let c30 = 0;
  let c31 = 0;
  let c32 = 0;
  let c33 = 0;
  for (const end = p + k; p < end; p++, u++) {
    const b0 = y[u]!;
    const b1 = y[u + k]!;
    const b2 = y[u + 2 * k]!;
    const b3 = y[u + 3 * k]!;
    const a0 = x[p]!;
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    const a1 = x[p + k]!;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    const a2 = x[p + 2 * k]!;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    const a3 = x[p + 3 * k]!;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  out[at] = c00;
  out[at + 1] = c01;
  out[at + 2] = c02;
  out[at + 3] = c03;
  at += n;
  out[at] = c10;
  out[at + 1] = c11;
  out[at + 2] = c12;
  out[at + 3] = c13;
  at += n;
  out[at] = c20;
  out[at + 1] = c21;
  out[at + 2] = c22;
  out[at + 3] = c23;
  at += n;
  out[at] = c30;
  out[at + 1] = c31;
  out[at + 2] = c32;
  out[at + 3] = c33;
}
