import { type Matrix, transpose } from "./matrix.js";
import { gramOfRows, multiply, multiplyTransposeRight } from "./products.js";

/** The Gram matrix of the smaller side of an `m x n` matrix: `M M^T` for m <= n, else `M^T M`. Cost m n min(m, n) / 2. */
export function gramOfSmallerSide(m: Matrix): Matrix {
  return gramOfRows(m.rows <= m.cols ? m : transpose(m));
}

/**
 * Multiplies the rows of a block by {@link gramOfSmallerSide}, for a Krylov solver that looks for r eigenvectors. The matrix is formed up to a
 * side of 60 (r + 2), where that is cheaper: it costs `side / 2` products with M, and the solver asks for about 20 (r + 2) times two. A larger
 * one is never formed: the rows are multiplied by M and by its transpose.
 */
export function gramOperator(m: Matrix, r: number): (block: Matrix) => Matrix {
  if (Math.min(m.rows, m.cols) <= 60 * (r + 2)) {
    const gram = gramOfSmallerSide(m);
    return (block) => multiplyTransposeRight(block, gram);
  }
  return m.rows <= m.cols
    ? (block) => multiplyTransposeRight(multiply(block, m), m)
    : (block) => multiply(multiplyTransposeRight(block, m), m);
}
