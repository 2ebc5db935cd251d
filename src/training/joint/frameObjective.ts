import type { Matrix } from "../../numerics/matrix.js";

/** A function of r-dimensional subspaces of R^d at one frame. */
export interface FrameValue {
  readonly value: number;
  /** Its derivatives as a function of the `r x d` matrix, `r x d`; where it has a kink, those of one side. */
  readonly gradient: Matrix;
}

/** A function of r-dimensional subspaces of R^d, to be maximised: the frame is `r x d` with orthonormal rows, and only its span counts. */
export type FrameObjective = (frame: Matrix) => FrameValue;
