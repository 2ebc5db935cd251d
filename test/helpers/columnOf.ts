import type { ColumnClass } from "../../src/theory/weightedSpike.js";

/** A class of columns that are all alike. */
export function columnOf(share: number, signal: number, noise: number): ColumnClass {
  return { share, signal, noise, covariance: 0, noiseVariance: 0 };
}
