import { softThresholdMoments } from "./softThresholdMoments.js";

/** Soft-threshold moments at one tau and eps as functions of x that cost a few multiplications. */
export interface SoftThresholdTable {
  /** Writes E y, E y^2, Cov(y, y^2), Var(y^2), ln P(y = 0) for x into `out` at 5 offset .. 5 offset + 4. */
  readonly at: (x: number, out: Float64Array, offset: number) => void;
}

const COLUMNS = 5;

/**
 * Tabulates {@link softThresholdMoments} over |x| <= reach in steps of tau/6 (at most 2048) with cubic interpolation: error below
 * 1e-4 of a moment's scale. Moments of odd order are odd in x, the others even.
 */
export function softThresholdTable(tau: number, eps: number, reach: number): SoftThresholdTable {
  const cells = Math.min(2048, Math.max(8, Math.ceil((6 * reach) / tau)));
  const step = reach / cells || 1;
  // One cell beyond each end, for the cubic's neighbours.
  const table = new Float64Array(COLUMNS * (cells + 3));
  for (let i = -1; i <= cells + 1; i++) {
    const m = softThresholdMoments(i * step, tau, eps);
    const row = COLUMNS * (i + 1);
    table[row] = m.first;
    table[row + 1] = m.second;
    table[row + 2] = m.third - m.first * m.second;
    table[row + 3] = m.fourth - m.second * m.second;
    table[row + 4] = Math.log(Math.max(m.zero, 1e-6));
  }
  const at = (x: number, out: Float64Array, offset: number): void => {
    const position = Math.min(Math.abs(x) / step, cells - 1e-9);
    const cell = Math.floor(position);
    const t = position - cell;
    const w0 = -0.5 * t + t * t - 0.5 * t ** 3;
    const w1 = 1 - 2.5 * t * t + 1.5 * t ** 3;
    const w2 = 0.5 * t + 2 * t * t - 1.5 * t ** 3;
    const w3 = -0.5 * t * t + 0.5 * t ** 3;
    const row = COLUMNS * cell;
    for (let k = 0; k < COLUMNS; k++) {
      out[COLUMNS * offset + k] =
        w0 * table[row + k]! +
        w1 * table[row + COLUMNS + k]! +
        w2 * table[row + 2 * COLUMNS + k]! +
        w3 * table[row + 3 * COLUMNS + k]!;
    }
    if (x < 0) {
      out[COLUMNS * offset] = -out[COLUMNS * offset]!;
      out[COLUMNS * offset + 2] = -out[COLUMNS * offset + 2]!;
    }
  };
  return { at };
}
