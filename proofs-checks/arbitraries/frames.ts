import fc from "fast-check";
import { identity, type Matrix, zeros } from "../../src/numerics/matrix.js";
import { angle } from "./numbers.js";

/** One rotation by `angle` in the plane of two axes. */
interface Turn {
  readonly i: number;
  readonly j: number;
  readonly angle: number;
}

/** Turns of R^p; shrinks to none, so that frames shrink to axes. */
function turnsOf(p: number, most: number): fc.Arbitrary<Turn[]> {
  if (p === 1) return fc.constant([]);
  const turn = fc
    .record({ i: fc.integer({ min: 0, max: p - 1 }), step: fc.integer({ min: 1, max: p - 1 }), angle })
    .map((t) => ({ i: t.i, j: (t.i + t.step) % p, angle: t.angle }));
  return fc.array(turn, { maxLength: most });
}

function apply(turns: readonly Turn[], m: Matrix): Matrix {
  const { cols, data } = m;
  for (const { i, j, angle: a } of turns) {
    const c = Math.cos(a);
    const s = Math.sin(a);
    for (let k = 0; k < cols; k++) {
      const x = data[i * cols + k]!;
      const y = data[j * cols + k]!;
      data[i * cols + k] = c * x - s * y;
      data[j * cols + k] = s * x + c * y;
    }
  }
  return m;
}

/** An orthogonal p x p matrix: a product of turns, orthonormal to rounding by construction. */
export function orthogonal(p: number): fc.Arbitrary<Matrix> {
  return turnsOf(p, 2 * p).map((turns) => apply(turns, identity(p)));
}

/** Orthonormal columns, p x r. */
export function frame(p: number, r: number): fc.Arbitrary<Matrix> {
  return turnsOf(p, 2 * p).map((turns) => apply(turns, firstAxes(p, r)));
}

/** The first r axes as columns. */
export function firstAxes(p: number, r: number): Matrix {
  const m = zeros(p, r);
  for (let k = 0; k < r; k++) m.data[k * r + k] = 1;
  return m;
}

/** p in [1, most] and r in [1, p], both r = 1 and r = p often. */
export function shape(most: number): fc.Arbitrary<{ readonly p: number; readonly r: number }> {
  return fc
    .integer({ min: 1, max: most })
    .chain((p) => fc.oneof(fc.constantFrom(1, p), fc.integer({ min: 1, max: p })).map((r) => ({ p, r })));
}

/** Frames of one shape. */
export function frames(most: number, count: number): fc.Arbitrary<readonly Matrix[]> {
  return shape(most).chain(({ p, r }) => fc.array(frame(p, r), { minLength: count, maxLength: count }));
}

/**
 * Two frames at stated principal angles: columns e_k and cos a_k e_k + sin a_k e_{r+k}, both turned alike (p = 2 r).
 */
export const framesAtAngles: fc.Arbitrary<{
  readonly angles: number[];
  readonly b: Matrix;
  readonly w: Matrix;
}> = fc
  .integer({ min: 1, max: 3 })
  .chain((r) =>
    fc.record({ angles: fc.array(angle, { minLength: r, maxLength: r }), turns: turnsOf(2 * r, 4 * r) }),
  )
  .map(({ angles, turns }) => {
    const r = angles.length;
    const w = zeros(2 * r, r);
    angles.forEach((a, k) => {
      w.data[k * r + k] = Math.cos(a);
      w.data[(r + k) * r + k] = Math.sin(a);
    });
    return { angles, b: apply(turns, firstAxes(2 * r, r)), w: apply(turns, w) };
  });
