import { type Matrix, rowView, transpose, zeros } from "../../numerics/matrix.js";
import { removeComponents } from "../../numerics/orthonormalRows.js";
import { multiply, multiplyTransposeRight, norm2 } from "../../numerics/products.js";
import { topRightSubspace } from "../../numerics/topSubspace.js";
import { polarFrame } from "./grassmann.js";
import { VANISHED } from "./jointObjective.js";
import { rowLengths, unitRows } from "./rowLengths.js";

/** A frame without the directions that no head uses, and tasks that could use them. */
export interface UsedFrame {
  /** Orthonormal rows: the directions of the frame that the heads of the active tasks span. */
  readonly used: Matrix;
  /** The used directions and, up to the number of rows of the frame, those of tasks without a head, longest first. */
  readonly filled: Matrix;
  /** Tasks with ||head|| > radius. */
  readonly activeTasks: number;
}

/**
 * Splits a frame (`r x d`) by whether the active tasks, ||W^T muhat_t|| > radius, use it, and gives the free directions to inactive tasks. While both
 * exist the frame is no maximum: a mean longer than the radius adds to the sum once it lies in the span. Cost 2 T d r.
 */
export function freeDirections(means: Matrix, radius: number, frame: Matrix): UsedFrame {
  const heads = multiplyTransposeRight(means, frame);
  const lengths = rowLengths(means);
  const headLengths = rowLengths(heads);
  const tasks = [...headLengths.keys()];
  const active = tasks.filter((t) => headLengths[t]! > Math.max(radius, VANISHED * lengths[t]!));
  const rank = Math.min(active.length, frame.rows);
  const used =
    rank === 0
      ? zeros(0, frame.cols)
      : multiply(transpose(topRightSubspace(unitRows(rowsOf(heads, active)), rank).basis), frame);
  const inactive = tasks.filter((t) => !active.includes(t)).sort((a, b) => lengths[b]! - lengths[a]!);
  let filled = used;
  for (const t of inactive) {
    if (filled.rows === frame.rows) break;
    const rest = rowsOf(means, [t]);
    for (let pass = 0; pass < 2; pass++) removeComponents(rest, filled);
    const left = norm2(rest.data);
    if (left > 1e-8 * lengths[t]!) filled = polarFrame(stacked(filled, unitRows(rest)));
  }
  return { used, filled, activeTasks: active.length };
}

function rowsOf(m: Matrix, which: readonly number[]): Matrix {
  const result = zeros(which.length, m.cols);
  which.forEach((from, to) => {
    rowView(result, to).set(rowView(m, from));
  });
  return result;
}

function stacked(top: Matrix, bottom: Matrix): Matrix {
  const result = zeros(top.rows + bottom.rows, bottom.cols);
  result.data.set(top.data);
  result.data.set(bottom.data, top.data.length);
  return result;
}
