import type { Matrix } from "../../numerics/matrix.js";
import { multiplyTransposeLeft, norm2 } from "../../numerics/products.js";

/**
 * The share of the squared columns of W (`p x k`) that lies in span(B) (`p x r`, orthonormal columns): ||B^T W||_F^2 / ||W||_F^2, in [0, 1]. r / p for columns
 * without any preference. Null for W = 0.
 */
export function shareInSubspace(basis: Matrix, w: Matrix): number | null {
  const total = norm2(w.data);
  if (total === 0) return null;
  return Math.min(1, (norm2(multiplyTransposeLeft(basis, w).data) / total) ** 2);
}
