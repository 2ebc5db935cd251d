import { type ColumnClass, spikeOverlap } from "./weightedSpike.js";

/** Rows of the stacked matrix that carry noise of one variance (an eigenvalue of the columns' population). */
export interface NoiseRows {
  readonly count: number;
  readonly value: number;
}

/** A direction of the columns' population among noise rows (docs/theory.md 5.3). */
export interface SpikeAmongRows {
  /** l, the population eigenvalue of the direction (signal and noise). */
  readonly own: number;
  /** The other rows of the support. */
  readonly rows: readonly NoiseRows[];
  /** kappa: how much more than for independent factors the products of the direction and those rows fluctuate. */
  readonly kappa: number;
  /** How many rows are off the support, with the column classes that the direction sees against them. */
  readonly off: number;
  readonly classes: readonly ColumnClass[];
  readonly tasks: number;
  /** Multiplies the direction's signal: see {@link spikeOverlap}. */
  readonly factor: number;
  /** cos^2 among the rows off the support alone: {@link spikeOverlap} of the classes with c = T/off at that factor (1 for off = 0). */
  readonly offOverlap: number;
}

/**
 * cos^2 between a population direction and its estimate from T columns when noise rows have different variances t_j:
 *
 *     cos^2 = (1 - b) / (1 + a),   a = (1/T) sum_j t_j / (l - t_j),   b = (1/T) sum_j (t_j / (l - t_j))^2   (0 when b >= 1),
 *
 * the generalised spiked covariance model (Bai & Yao, J. Multivariate Anal. 106 (2012)). Written with m = kappa (a + b), the noise that reaches the
 * estimate, as 1 / (1 + m / (1 - b)). Off the support (all t_j equal) columns may differ by class: {@link spikeOverlap}
 * takes that part, and the two are multiplied when the support is the smaller part.
 */
export function overlapAmongRows(spike: SpikeAmongRows): number {
  const { rows, kappa, off, classes, tasks, factor, offOverlap } = spike;
  const own = spike.own * factor;
  let mass = 0;
  let crowding = 0;
  let supportRows = 0;
  for (const { count, value } of rows) {
    if (!(own > value)) {
      // Less than one row is no row.
      if (count < 1) continue;
      return 0;
    }
    mass += (kappa * count * own * value) / (tasks * (own - value) ** 2);
    crowding += (count / tasks) * (value / (own - value)) ** 2;
    supportRows += count;
  }
  if (off === 0) return crowding < 1 ? 1 / (1 + mass / (1 - crowding)) : 0;
  if (off >= supportRows) {
    if (!(crowding < 1)) return 0;
    return offOverlap / (1 + mass / (1 - crowding));
  }
  // Mostly support: one spectrum of rows, corrected for unequal columns.
  const pooled = poolClasses(classes);
  if (!(own > pooled.noise)) return 0;
  mass += (off * own * pooled.noise) / (tasks * (own - pooled.noise) ** 2);
  crowding += (off / tasks) * (pooled.noise / (own - pooled.noise)) ** 2;
  if (!(crowding < 1)) return 0;
  const alike = spikeOverlap([pooled], tasks / off, factor);
  const ratio = alike > 0 ? offOverlap / alike : 1;
  return Math.min(1, ratio / (1 + mass / (1 - crowding)));
}

function poolClasses(classes: readonly ColumnClass[]): ColumnClass {
  const share = classes.reduce((sum, g) => sum + g.share, 0);
  const mean = (value: (g: ColumnClass) => number): number =>
    classes.reduce((sum, g) => sum + (g.share * value(g)) / share, 0);
  return {
    share,
    signal: mean((g) => g.signal),
    noise: mean((g) => g.noise),
    covariance: 0,
    noiseVariance: 0,
  };
}
