import { requireFinite, requireInteger, requireNonNegative } from "../../core/guards.js";
import { type Matrix, rowView, transpose, zeros } from "../../numerics/matrix.js";
import { topRightSubspace } from "../../numerics/topSubspace.js";
import { type Ascent, ascend } from "./ascend.js";
import { activeHeads, jointObjective } from "./jointObjective.js";
import type { MaximizeOptions } from "./maximizeFrame.js";
import { meanSpan } from "./meanSpan.js";
import { rowLengths, unitRows } from "./rowLengths.js";
import { splitFrame } from "./splitFrame.js";

/** What joint training found. */
export interface JointSubspace {
  /** W1, `p x k` with orthonormal columns; k < r when the tasks that count span fewer than r directions. */
  readonly basis: Matrix;
  /** sum_t max(0, ||W1^T muhat_t|| - radius). */
  readonly value: number;
  /** Tasks with ||W1^T muhat_t|| > radius: those that have a head. */
  readonly activeTasks: number;
  /** The gradient along the manifold relative to the whole gradient; the value is exact to about its square. */
  readonly relativeGradient: number;
  /** The relative gradient is at most the tolerance. */
  readonly converged: boolean;
  /** Iterations of the best start, in the span of the means and in R^p. */
  readonly iterations: number;
  /** No W1 that the problem which was solved ranks below this one has a value larger by more than this: 0 where nothing is smoothed, that is for q = 2. */
  readonly smoothingBound: number;
  /** The value that each start led to, relative to the best: 1 for the best start itself. */
  readonly startValues: Float64Array;
}

export interface JointOptions extends MaximizeOptions {
  /**
   * The frames to start from, as rows, in a space of some dimension (that of the span of the means, or R^p): at least one, of `rank` rows each. The best
   * end is returned. @defaultValue the representation of per-task training, alone
   */
  readonly starts?: (dimension: number, rank: number) => readonly Matrix[];
}

/**
 * Joint two-layer training with the linear loss, W1 and all heads together, standard (radius 0) or under an l2 attack (docs/theory.md section 2):
 *
 *     max over W (p x r, orthonormal) of sum_t max(0, ||W^T muhat_t||_2 - radius)
 *
 * for the means as the rows of a `T x p` matrix. Means no longer than the radius never count. The start is the representation of per-task training,
 * the top-r subspace of the unit means, and what is returned is a local maximum no lower than it (the problem is not concave). Without an attack
 * random starts end there too, above the phase transition; with one they seldom do: {@link randomStarts}. When the tasks with a head span fewer than r directions, the free ones are given to tasks without; when there
 * are none, the basis has fewer columns: no direction is invented.
 *
 * Cost: T^2 p / 2 for the Gram matrix (where p > T), the closed form's subspace in T dimensions, and 2 T min(p, T) r an iteration, tens of them.
 * Throws `bad-input` when r is not in [1, p] or the radius is negative, `numerical` on non-finite means.
 *
 * @example jointSubspace(fromRows([[3, 0], [0, 2]]), 1, 0).value // sqrt(13), W1 = (3, 2) / sqrt(13)
 */
export function jointSubspace(
  means: Matrix,
  r: number,
  radius: number,
  options: JointOptions = {},
): JointSubspace {
  requireInteger("r", r, 1, means.cols);
  requireNonNegative("radius", radius);
  requireFinite("means", means.data);
  const { unit, scale } = survivors(means, radius);
  if (unit.rows === 0) return nothingLearnt(means.cols);
  const limit = radius / scale;
  const span = unit.cols > unit.rows && unit.rows <= REDUCE * (r + 2) ? meanSpan(unit) : null;
  const reduced = span !== null && span.coordinates.cols > r ? span : null;
  const inner = reduced?.coordinates ?? unit;
  const starts = options.starts?.(inner.cols, Math.min(r, inner.cols)) ?? [spectralFrame(inner, r)];
  const { tolerance = 1e-10 } = options;
  // Sharper in the span, so that what the lift adds is no reason to go on in R^p.
  const own = { ...options, tolerance: reduced === null ? tolerance : tolerance / 4 };
  const ends = starts.map((start) => solve(inner, limit, start, own));
  const best = ends.reduce((a, b) => (b.value > a.value ? b : a));
  const found =
    reduced === null ? best : solve(unit, limit, reduced.lift(best.frame), { ...options, tolerance });
  return {
    basis: transpose(found.frame),
    value: found.value * scale,
    activeTasks: found.activeTasks,
    relativeGradient: found.relativeGradient,
    converged: found.converged,
    iterations: reduced === null ? best.iterations : best.iterations + found.iterations,
    smoothingBound: 0,
    startValues: Float64Array.from(ends, (end) => (end.value === 0 ? 0 : end.value / best.value)),
  };
}

/** Up to this many tasks a direction the Gram matrix costs less than the iterations that it makes cheaper. */
const REDUCE = 60;

/** The means longer than the radius, in units of the longest: what is squared neither overflows nor vanishes. */
function survivors(means: Matrix, radius: number): { unit: Matrix; scale: number } {
  const lengths = rowLengths(means);
  const kept = [...lengths.keys()].filter((t) => lengths[t]! > radius);
  const scale = kept.reduce((most, t) => Math.max(most, lengths[t]!), 0);
  const unit = zeros(kept.length, means.cols);
  kept.forEach((from, to) => {
    rowView(unit, to).set(rowView(means, from).map((x) => x / scale));
  });
  return { unit, scale };
}

/** The representation of per-task training: the top-r subspace of the unit columns (rows here), as a frame of at most r rows. */
export function spectralFrame(means: Matrix, r: number): Matrix {
  return transpose(topRightSubspace(unitRows(means), Math.min(r, means.rows, means.cols)).basis);
}

const solve = (means: Matrix, radius: number, start: Matrix, options: MaximizeOptions): Ascent =>
  ascend(
    jointObjective(means, radius),
    (frame) => splitFrame(frame, activeHeads(means, radius, frame), means),
    start,
    options,
  );

/** What joint training returns when every task is filtered. */
export function nothingLearnt(p: number): JointSubspace {
  return {
    basis: zeros(p, 0),
    value: 0,
    activeTasks: 0,
    relativeGradient: 0,
    converged: true,
    iterations: 0,
    smoothingBound: 0,
    startValues: new Float64Array(0),
  };
}
