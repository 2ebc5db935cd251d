import { badInput } from "../../core/guards.js";
import { type Matrix, transpose } from "../../numerics/matrix.js";
import { gramOfRows, multiplyTransposeLeft, norm2 } from "../../numerics/products.js";
import { standardized } from "../target/standardized.js";

/** Features of samples, `count x width`, row-major. */
export interface Features {
  readonly features: ArrayLike<number>;
  readonly count: number;
  readonly width: number;
}

/**
 * How alike two sets of features of the same samples are, by linear centred kernel alignment: with centred X (`n x d`) and Y (`n x e`)
 *
 *     CKA = ||Y^T X||_F^2 / (||X^T X||_F ||Y^T Y||_F),   in [0, 1].
 *
 * 1 when one is a rotation and rescaling of the other; unlike correlations of features it does not change when either is rotated, shifted or rescaled, and unlike canonical
 * correlations it weighs directions by their variance. Null when either set does not vary: nothing can be said of it. With fewer samples than features it is biased
 * upwards; for unrelated features it is then far from 0.
 *
 * Source: Kornblith, Norouzi, Lee & Hinton, ICML 2019, section 3.
 * Throws `bad-input` when the numbers of samples differ or sizes do not fit. Cost: n d e + n d^2 / 2 + n e^2 / 2, or n^2 (d + e) / 2 when n is small.
 */
export function linearCka(x: Features, y: Features): number | null {
  const [a, b] = [centered(x), centered(y)];
  if (a.rows !== b.rows) throw badInput("features to compare", "of the same samples", [a.rows, b.rows]);
  if (!a.data.some((value) => value !== 0) || !b.data.some((value) => value !== 0)) return null;
  if (a.rows <= Math.min(a.cols, b.cols)) {
    // The same three numbers from the n x n Gram matrices: ||Y^T X||_F^2 = <X X^T, Y Y^T>.
    const [k, l] = [gramOfRows(a).data, gramOfRows(b).data];
    const inner = k.reduce((sum, value, i) => sum + value * l[i]!, 0);
    return Math.min(1, inner / (norm2(k) * norm2(l)));
  }
  const cross = norm2(multiplyTransposeLeft(b, a).data);
  const own = (m: Matrix): number => norm2(gramOfRows(transpose(m)).data);
  return Math.min(1, (cross / own(a)) * (cross / own(b)));
}

/** Centred, and of size 1 an entry, so that no square overflows. */
export function centered({ features, count, width }: Features): Matrix {
  if (features.length !== count * width) {
    throw badInput("features", `${count} x ${width} numbers`, features.length);
  }
  return standardized(features, count, width).points;
}
