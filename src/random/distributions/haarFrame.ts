import { requireInteger } from "../../core/guards.js";
import { type Matrix, zeros } from "../../numerics/matrix.js";
import { norm2, scaled } from "../../numerics/products.js";
import { thinQr } from "../../numerics/thinQr.js";
import type { Rng } from "../keyedStream.js";

/** A vector of `length` standard normal numbers. */
export function normalVector(rng: Rng, length: number): Float64Array {
  const x = new Float64Array(length);
  for (let i = 0; i < length; i++) x[i] = rng.normal();
  return x;
}

/** A `rows x cols` matrix of standard normal numbers. */
export function normalMatrix(rng: Rng, rows: number, cols: number): Matrix {
  return { rows, cols, data: normalVector(rng, rows * cols) };
}

/** A vector uniform on the unit sphere of R^length. */
export function unitVector(rng: Rng, length: number): Float64Array {
  for (;;) {
    const x = normalVector(rng, length);
    const norm = norm2(x);
    if (norm > 0) return scaled(x, 1 / norm);
  }
}

/**
 * A uniformly distributed (Haar) orthonormal frame, `p x r` with orthonormal columns, 1 <= r <= p: the Q factor, with R's diagonal
 * positive, of a matrix of standard normal numbers (without the sign rule Q would not be uniform).
 * Source: Mezzadri, Notices of the AMS 54 (2007) 592-604. Cost 4 p r^2.
 *
 * @example haarFrame(keyedStream([1]), 5, 2) // 5 x 2
 */
export function haarFrame(rng: Rng, p: number, r: number): Matrix {
  requireInteger("p", p, 1);
  requireInteger("r", r, 1, p);
  return thinQr(normalMatrix(rng, p, r)).q;
}

/**
 * `count` different indices below n, in increasing order, every subset equally likely (Floyd's algorithm: `count` draws).
 */
export function randomSubset(rng: Rng, n: number, count: number): number[] {
  requireInteger("count", count, 0, n);
  const chosen = new Set<number>();
  for (let last = n - count; last < n; last++) {
    const pick = Math.floor(rng.uniform() * (last + 1));
    chosen.add(chosen.has(pick) ? last : pick);
  }
  return [...chosen].sort((a, b) => a - b);
}

/** A Haar frame whose nonzero rows are `support` (increasing indices below p, at least r of them): `p x r`. */
export function sparseHaarFrame(rng: Rng, p: number, r: number, support: readonly number[]): Matrix {
  const dense = haarFrame(rng, support.length, r);
  const frame = zeros(p, r);
  support.forEach((row, i) => {
    frame.data.set(dense.data.subarray(i * r, (i + 1) * r), row * r);
  });
  return frame;
}
