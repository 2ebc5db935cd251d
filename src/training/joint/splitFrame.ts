import { type Matrix, rowView, transpose, zeros } from "../../numerics/matrix.js";
import { removeComponents } from "../../numerics/orthonormalRows.js";
import { multiply, norm2 } from "../../numerics/products.js";
import { topRightSubspace } from "../../numerics/topSubspace.js";
import { polarFrame } from "./grassmann.js";
import { rowLengths, unitRows } from "./rowLengths.js";

/** A frame without the directions that no head uses, and tasks that could use them. */
export interface SplitFrame {
  /** Orthonormal rows: the directions of the frame that the heads span. */
  readonly used: Matrix;
  /** The used directions and, up to the number of rows of the frame, those that tasks without a head want, longest first. */
  readonly filled: Matrix;
  /** Tasks with a head. */
  readonly activeTasks: number;
}

/**
 * Splits a frame (`r x d`) by whether the heads use it (`T x r`; zero rows are tasks without one), and gives the free directions to tasks without a head:
 * each wants its row of `wanted` (`T x d`), with which it would have one. While both exist the frame is no maximum.
 */
export function splitFrame(frame: Matrix, heads: Matrix, wanted: Matrix): SplitFrame {
  const headLengths = rowLengths(heads);
  const lengths = rowLengths(wanted);
  const tasks = [...headLengths.keys()];
  const active = tasks.filter((t) => headLengths[t]! > 0);
  const used = usedDirections(rowsOf(heads, active), frame);
  const waiting = tasks.filter((t) => headLengths[t] === 0);
  let filled = used;
  for (const t of waiting.sort((a, b) => lengths[b]! - lengths[a]!)) {
    if (filled.rows === frame.rows) break;
    const rest = unitRows(rowsOf(wanted, [t]));
    for (let pass = 0; pass < 2; pass++) removeComponents(rest, filled);
    if (norm2(rest.data) > 1e-8) filled = polarFrame(stacked(filled, unitRows(rest)));
  }
  return { used, filled, activeTasks: active.length };
}

/** The directions of the frame that the heads (rows, none zero) span, whatever their lengths. */
function usedDirections(heads: Matrix, frame: Matrix): Matrix {
  const rank = Math.min(heads.rows, frame.rows);
  if (rank === 0) return zeros(0, frame.cols);
  return multiply(transpose(topRightSubspace(unitRows(heads), rank).basis), frame);
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
