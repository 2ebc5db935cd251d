import { softThresholdMoments } from "./softThresholdMoments.js";

/** Soft-threshold moments at one tau and eps as functions of x that cost a few multiplications. */
export interface SoftThresholdTable {
  /** Writes E y, E y^2, Cov(y, y^2), Var(y^2), ln P(y = 0) for x into `out` at 5 offset .. 5 offset + 4. */
  readonly at: (x: number, out: Float64Array, offset: number) => void;
}

const COLUMNS = 5;

/**
 * Tabulates {@link softThresholdMoments} over |x| <= reach in steps of tau/6 (at most 512) with cubic interpolation: error below
 * 1e-4 of a moment's scale. Moments of odd order are odd in x, the others even.
 */
export function softThresholdTable(tau: number, eps: number, reach: number): SoftThresholdTable {
  const cells = Math.min(512, Math.max(8, Math.ceil((6 * reach) / tau)));
  const step = reach / cells || 1;
  const perStep = 1 / step;
  const last = cells - 1e-9;
  const table = nodes(tau, eps, step, cells);
  const at = (x: number, out: Float64Array, offset: number): void => {
    const sign = x < 0 ? -1 : 1;
    const position = Math.min(sign * x * perStep, last);
    const cell = Math.floor(position);
    const t = position - cell;
    const u = 1 - t;
    // The cubic through the middle nodes with the slopes of their neighbours.
    const w0 = -0.5 * t * u * u;
    const w3 = -0.5 * t * t * u;
    const w1 = u * (1 + t - 1.5 * t * t);
    const w2 = t * (1 + u - 1.5 * u * u);
    const a = COLUMNS * cell;
    const b = a + COLUMNS;
    const c = b + COLUMNS;
    const d = c + COLUMNS;
    const to = COLUMNS * offset;
    out[to] = sign * (w0 * table[a]! + w1 * table[b]! + w2 * table[c]! + w3 * table[d]!);
    out[to + 1] = w0 * table[a + 1]! + w1 * table[b + 1]! + w2 * table[c + 1]! + w3 * table[d + 1]!;
    out[to + 2] = sign * (w0 * table[a + 2]! + w1 * table[b + 2]! + w2 * table[c + 2]! + w3 * table[d + 2]!);
    out[to + 3] = w0 * table[a + 3]! + w1 * table[b + 3]! + w2 * table[c + 3]! + w3 * table[d + 3]!;
    out[to + 4] = w0 * table[a + 4]! + w1 * table[b + 4]! + w2 * table[c + 4]! + w3 * table[d + 4]!;
  };
  return { at };
}

/** The moments at -step, 0, .. (cells + 1) step: one node beyond each end, for the cubic's neighbours. */
function nodes(tau: number, eps: number, step: number, cells: number): Float64Array {
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
  return table;
}
