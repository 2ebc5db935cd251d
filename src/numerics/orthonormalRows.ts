import { type Matrix, rowView, zeros } from "./matrix.js";
import { addScaled, divide, multiply, multiplyTransposeRight, norm2 } from "./products.js";

/** Subtracts from every row its projection on the span of the orthonormal rows of `basis`, in place. Cost 2 b k d. */
export function removeComponents(rows: Matrix, basis: Matrix): void {
  const inside = multiply(multiplyTransposeRight(rows, basis), basis);
  addScaled(rows.data, -1, inside.data);
}

/**
 * Makes rows orthonormal and orthogonal to the orthonormal rows of `basis`, in place (Gram-Schmidt, each projection twice). Row i
 * counts as lying in the span of the others when what is left of it is below 1e-13 of `lengths[i]`, the length it had before anything was
 * taken away from it; it is then replaced by a fixed pseudo-random direction outside that span.
 *
 * There must be room: basis.rows + rows.rows <= d.
 */
export function orthonormalizeRows(rows: Matrix, basis: Matrix, lengths: ArrayLike<number>): void {
  removeComponents(rows, basis);
  removeComponents(rows, basis);
  for (let i = 0, salt = 0; i < rows.rows; i++) {
    let reference = lengths[i]!;
    for (;;) {
      const row = rowView(rows, i);
      const single: Matrix = { rows: 1, cols: rows.cols, data: row };
      const previous: Matrix = { rows: i, cols: rows.cols, data: rows.data.subarray(0, i * rows.cols) };
      removeComponents(single, previous);
      removeComponents(single, previous);
      const left = norm2(row);
      if (left > 1e-13 * reference) {
        divide(row, left);
        // Little is left: the rounding errors of what was removed weigh more now, and are removed in turn.
        if (left < 0.1 * reference) {
          for (let pass = 0; pass < 2; pass++) {
            removeComponents(single, basis);
            removeComponents(single, previous);
          }
          divide(row, norm2(row));
        }
        break;
      }
      row.set(pseudoRandomRows(1, rows.cols, ++salt).data);
      reference = norm2(row);
      for (let pass = 0; pass < 2; pass++) removeComponents(single, basis);
    }
  }
}

/** Fixed pseudo-random rows with entries in [-1, 1): an integer hash of their position and the salt, the same on every machine. */
export function pseudoRandomRows(rows: number, cols: number, salt: number = 0): Matrix {
  const result = zeros(rows, cols);
  for (let i = 0; i < result.data.length; i++) {
    let h = Math.imul(i + 1 + Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
    h ^= h >>> 13;
    result.data[i] = h / 2 ** 31;
  }
  return result;
}
