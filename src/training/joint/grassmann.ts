import { AdvTransferError } from "../../core/errors.js";
import { type Matrix, zeros } from "../../numerics/matrix.js";
import { addScaled, gramOfRows, multiply, multiplyTransposeRight } from "../../numerics/products.js";
import { smallEigen } from "../../numerics/smallEigen.js";

/*
 * The Grassmann manifold of r-dimensional subspaces of R^d. A point is a frame, an `r x d` matrix with orthonormal rows (W^T in the notation of
 * docs/theory.md), of which only the span counts. Tangent vectors are `r x d` matrices Z with Z frame^T = 0.
 */

/** The part of an `r x d` matrix that is tangent at the frame, x - (x frame^T) frame. Cost 2 r^2 d. */
export function tangentPart(frame: Matrix, x: Matrix): Matrix {
  const result: Matrix = { ...x, data: x.data.slice() };
  // Twice: what rounding leaves along the frame is removed in turn.
  for (let pass = 0; pass < 2; pass++) {
    addScaled(result.data, -1, multiply(multiplyTransposeRight(result, frame), frame).data);
  }
  return result;
}

/**
 * The polar retraction: the orthonormal frame nearest to an `r x d` matrix x of rank r, (x x^T)^{-1/2} x. Among the frames of its span it is the one
 * turned least, so that tangent vectors are carried along by projection alone. Cost 2 r^2 d + O(r^3).
 *
 * Throws `numerical` when x has numerical rank below r (its frame is not unique) or is not finite.
 *
 * @example polarFrame(fromRows([[3, 4]])) // [[0.6, 0.8]]
 */
export function polarFrame(x: Matrix): Matrix {
  const first = polarOnce(x);
  // The square costs half the digits of a badly conditioned x; a second pass, on what is nearly orthonormal, brings them back.
  return first.condition < 1e4 ? first.frame : polarOnce(first.frame).frame;
}

function polarOnce(x: Matrix): { frame: Matrix; condition: number } {
  const r = x.rows;
  const { values, vectors } = smallEigen(gramOfRows(x));
  const condition = values[0]! / values[r - 1]!;
  if (!(values[r - 1]! > 1e-13 * values[0]!)) {
    throw new AdvTransferError(
      "numerical",
      `polarFrame: a ${r} x ${x.cols} matrix has a Gram matrix with eigenvalues from ${values[0]} to ${values[r - 1]}: its rank is below ${r}`,
    );
  }
  const inverseRoot = zeros(r, r);
  for (let l = 0; l < r; l++) {
    const factor = 1 / Math.sqrt(values[l]!);
    for (let i = 0; i < r; i++)
      for (let j = 0; j < r; j++) {
        inverseRoot.data[i * r + j]! += factor * vectors.data[l * r + i]! * vectors.data[l * r + j]!;
      }
  }
  return { frame: multiply(inverseRoot, x), condition };
}
