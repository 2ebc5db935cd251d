import type { Matrix } from "../../numerics/matrix.js";
import type { FrameObjective } from "./frameObjective.js";
import { type MaximizeOptions, maximizeFrame } from "./maximizeFrame.js";
import type { SplitFrame } from "./splitFrame.js";

/** A maximum over frames whose every row some head uses. */
export interface Ascent {
  readonly frame: Matrix;
  readonly value: number;
  readonly activeTasks: number;
  readonly relativeGradient: number;
  readonly converged: boolean;
  readonly iterations: number;
}

/**
 * Ascends, and again from a higher frame as long as `split` finds directions that no head uses and tasks that could use them. Every round adds to the
 * value, so that the rounds end.
 */
export function ascend(
  objective: FrameObjective,
  split: (frame: Matrix) => SplitFrame,
  start: Matrix,
  options: MaximizeOptions,
): Ascent {
  let frame = start;
  let iterations = 0;
  for (let round = 0; ; round++) {
    const found = maximizeFrame(objective, frame, options);
    iterations += found.iterations;
    const { used, filled, activeTasks } = split(found.frame);
    const done = filled.rows === used.rows;
    if (done || round === MAX_ROUNDS) {
      const { value, relativeGradient } = found;
      const converged = done && found.converged;
      return { frame: used, value, activeTasks, relativeGradient, converged, iterations };
    }
    frame = filled;
  }
}

const MAX_ROUNDS = 200;
