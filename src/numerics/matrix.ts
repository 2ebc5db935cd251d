import { AdvTransferError } from "../core/errors.js";

/** A dense real matrix, row-major: entry (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** The `rows x cols` zero matrix. */
export function zeros(rows: number, cols: number): Matrix {
  return { rows, cols, data: new Float64Array(rows * cols) };
}

/**
 * A matrix around existing numbers (not copied). Throws when their count is not `rows * cols`.
 *
 * @example matrix(2, 2, Float64Array.of(1, 2, 3, 4)) // [[1, 2], [3, 4]]
 */
export function matrix(rows: number, cols: number, data: Float64Array): Matrix {
  if (data.length !== rows * cols) {
    throw new AdvTransferError(
      "bad-input",
      `a ${rows} x ${cols} matrix needs ${rows * cols} numbers, received ${data.length}`,
    );
  }
  return { rows, cols, data };
}

/** A matrix from its rows, each of the same length. Throws on ragged rows. */
export function fromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const result = zeros(rows.length, cols);
  rows.forEach((row, i) => {
    if (row.length !== cols)
      throw new AdvTransferError("bad-input", `row ${i} has ${row.length} entries, row 0 has ${cols}`);
    result.data.set(row, i * cols);
  });
  return result;
}

/** The `n x n` identity. */
export function identity(n: number): Matrix {
  const result = zeros(n, n);
  for (let i = 0; i < n; i++) result.data[i * n + i] = 1;
  return result;
}

/** Row i as a view: writing to it writes to the matrix. */
export function rowView(m: Matrix, i: number): Float64Array {
  return m.data.subarray(i * m.cols, (i + 1) * m.cols);
}

/** Column j as a copy. */
export function columnCopy(m: Matrix, j: number): Float64Array {
  const result = new Float64Array(m.rows);
  for (let i = 0; i < m.rows; i++) result[i] = m.data[i * m.cols + j]!;
  return result;
}

const TILE = 32;

/** The transpose, as a copy; `rows x cols` becomes `cols x rows`. */
export function transpose(m: Matrix): Matrix {
  const { rows, cols, data } = m;
  const result = zeros(cols, rows);
  const out = result.data;
  // In square tiles that fit the cache: one of the two matrices is walked against its order.
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(rows, top + TILE);
    for (let left = 0; left < cols; left += TILE) {
      const right = Math.min(cols, left + TILE);
      for (let i = top; i < bottom; i++) {
        for (let j = left; j < right; j++) out[j * rows + i] = data[i * cols + j]!;
      }
    }
  }
  return result;
}

/** The first `count` columns, as a copy. */
export function firstColumns(m: Matrix, count: number): Matrix {
  const result = zeros(m.rows, count);
  for (let i = 0; i < m.rows; i++) {
    for (let j = 0; j < count; j++) result.data[i * count + j] = m.data[i * m.cols + j]!;
  }
  return result;
}
