import { AdvTransferError } from "../core/errors.js";
import { requireFinite } from "../core/guards.js";
import { type Matrix, zeros } from "./matrix.js";
import { multiply, multiplyTransposeLeft } from "./products.js";
import { smallSvd } from "./small.js";
import { thinQr } from "./thinQr.js";

/**
 * The principal angles between the range of B (`p x r`, orthonormal columns) and the range of W (`p x k`, orthonormal columns, k <= r),
 * in radians, ascending. There are r of them: the r - k directions of B that W has no column for count as pi/2.
 *
 * An angle below pi/4 is read from its sine, the singular values of (I - B B^T) W, and one above from its cosine,
 * the singular values of B^T W, so both ends have an absolute error of a few 1e-16; arccos near 1 would lose half the digits.
 * Source: Bjorck & Golub, Math. Comp. 27 (1973); Knyazev & Argentati, SIAM J. Sci. Comput. 23 (2002).
 *
 * Throws `bad-input` when p differs or k > r. Cost 4 p r k.
 *
 * @example principalAngles(fromRows([[1], [0]]), fromRows([[Math.SQRT1_2], [Math.SQRT1_2]])) // [pi/4]
 */
export function principalAngles(b: Matrix, w: Matrix): Float64Array {
  requireComparable(b, w);
  const r = b.cols;
  const k = w.cols;
  const angles = new Float64Array(r).fill(Math.PI / 2);
  if (k === 0) return angles;
  const cosines = smallSvd(multiplyTransposeLeft(b, w)).values;
  // The R factor has the singular values of the p x k matrix, and is small.
  const sines = smallSvd(thinQr(outsidePart(b, w)).r).values;
  for (let i = 0; i < k; i++) {
    const cosine = Math.min(1, cosines[i]!);
    const sine = Math.min(1, sines[k - 1 - i]!);
    angles[i] = cosine * cosine > 0.5 ? Math.asin(sine) : Math.acos(cosine);
  }
  return angles.sort();
}

/**
 * ||sin Theta||_F^2 = r - ||B^T W||_F^2 between range(B) and range(W), in [0, r], computed from the sines: r - k for the missing directions plus
 * ||(I - B B^T) W||_F^2. Shapes and errors as for {@link principalAngles}. Cost 2 p r k.
 */
export function sinThetaSquared(b: Matrix, w: Matrix): number {
  requireComparable(b, w);
  requireFinite("sinThetaSquared", b.data);
  requireFinite("sinThetaSquared", w.data);
  let sum = 0;
  for (const x of outsidePart(b, w).data) sum += x * x;
  return Math.min(b.cols, b.cols - w.cols + sum);
}

/** (I - B B^T) W, `p x k`; applied twice, so that what rounding leaves along B does not pass for a sine. */
function outsidePart(b: Matrix, w: Matrix): Matrix {
  let rest = w;
  for (let pass = 0; pass < 2; pass++) {
    const inside = multiply(b, multiplyTransposeLeft(b, rest));
    const next = zeros(rest.rows, rest.cols);
    for (let i = 0; i < next.data.length; i++) next.data[i] = rest.data[i]! - inside.data[i]!;
    rest = next;
  }
  return rest;
}

function requireComparable(b: Matrix, w: Matrix): void {
  if (b.rows === w.rows && w.cols <= b.cols) return;
  throw new AdvTransferError(
    "bad-input",
    `two subspaces are compared in one space, the second of dimension at most that of the first: received ${b.rows} x ${b.cols} and ${w.rows} x ${w.cols}`,
  );
}
