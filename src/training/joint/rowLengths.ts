import { type Matrix, rowView, zeros } from "../../numerics/matrix.js";
import { norm2 } from "../../numerics/products.js";

/** The Euclidean lengths of the rows. */
export function rowLengths(m: Matrix): Float64Array {
  return Float64Array.from({ length: m.rows }, (_, i) => norm2(rowView(m, i)));
}

/** The rows divided by their lengths; zero rows stay zero. */
export function unitRows(m: Matrix): Matrix {
  const result = zeros(m.rows, m.cols);
  for (let i = 0; i < m.rows; i++) {
    const row = rowView(m, i);
    const length = norm2(row);
    if (length > 0) rowView(result, i).set(row.map((x) => x / length));
  }
  return result;
}
