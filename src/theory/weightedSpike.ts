/**
 * The columns of one kind in a stacked matrix (docs/theory.md 5.1): a `share` of the T columns (a filtered task has none, so shares may sum to
 * less than 1), and what a column brings per coordinate after its scaling by w.
 */
export interface ColumnClass {
  readonly share: number;
  /** lambda >= 0: mean of w^2 times the signal's second moment in one direction of the representation. */
  readonly signal: number;
  /** v > 0: mean of w^2 times the noise variance of a coordinate. */
  readonly noise: number;
  /** Covariance of w^2 lambda and w^2 v over the columns of the class; 0 when columns of the class are alike. */
  readonly covariance: number;
  /** Variance of w^2 v over the columns of the class, beyond what Gaussian columns have; negative when they are closer in length. */
  readonly noiseVariance: number;
}

/**
 * cos^2 of the angle between a direction of the signal and its estimate by the top singular vectors of the stacked matrix, in the limit of
 * large p and T (docs/theory.md 5.1): with c = T/p, F and G averages over the columns,
 *
 *     F(x) = 1 - c E[lambda / (x - v)],   G(x) = 1 - c E[(v / (x - v))^2],   F(x*) = 0,   cos^2 = max(0, G(x*) / (x* F'(x*))).
 *
 * `signalFactor` multiplies every lambda: 1 + delta for a direction in which the task vectors happen to be longer. Spread within a class enters to
 * second order. Returns a number in [0, 1]: 0 below the phase transition (G <= 0) or without signal, 1 when there is no noise.
 *
 * One class, w = 1: (L^2 - 1/c) / (L^2 + L/c) with L = lambda / v, for L^2 > 1/c. Anchors: Benaych-Georges & Nadakuditi, J. Multivariate Anal. 111 (2012);
 * Hong, Fessler & Balzano, arXiv:1810.12862. Cost: about ten evaluations of F.
 */
export function spikeOverlap(classes: readonly ColumnClass[], c: number, signalFactor: number = 1): number {
  // A class of no columns would still be a pole of F.
  const all = classes.reduce((sum, g) => sum + g.share, 0);
  const present = classes.filter((g) => g.share > 1e-9 * all);
  const telling = present.filter((g) => g.signal * signalFactor > 0);
  if (telling.length === 0 || !(c > 0)) return 0;
  if (c === Infinity) return 1;
  const x = largestRoot(telling, c, signalFactor);
  // Columns without signal are noise all the same: with the least signal the root would lie beyond their v, and G below 0 there.
  if (present.some((g) => g.noise >= x)) return 0;
  const plain = overlapAt(present, c, signalFactor, x, 0);
  if (present.every((g) => g.covariance === 0 && g.noiseVariance === 0) || plain <= 0) return plain;
  const corrected = overlapAt(present, c, signalFactor, spreadCorrectedRoot(present, c, signalFactor, x), 1);
  // A second-order term that would more than double or halve the error is no correction (very small p).
  const error = Math.min(2 * (1 - plain), Math.max((1 - plain) / 2, 1 - corrected));
  return Math.max(0, 1 - error);
}

/** max(0, G / (x F')) at a given root of F, at most 1; `spread` 1 has the terms of the spread within the classes, 0 has not. */
function overlapAt(
  classes: readonly ColumnClass[],
  c: number,
  signalFactor: number,
  root: number,
  spread: 0 | 1,
): number {
  let slope = 0;
  let numerator = 1;
  for (const g of classes) {
    const d = 1 / (root - g.noise);
    const lambda = g.signal * signalFactor;
    const cross = spread * g.covariance * signalFactor;
    const variance = spread * g.noiseVariance;
    slope += c * g.share * d * d * (lambda + d * (2 * cross + d * 3 * lambda * variance));
    const bend = variance * root * (root + 2 * g.noise) * d * d;
    numerator -= c * g.share * d * d * (g.noise * g.noise + bend);
  }
  const overlap = numerator / (root * slope);
  return overlap > 0 ? Math.min(1, overlap) : 0;
}

/**
 * The root of F beyond every v: F increases there from -infinity to 1, so it is unique. Newton's method on h(y) = 1 / (1 - F) - 1, y = x - max v, which
 * keeps its digits when the root is close to a large v: h is a parallel sum of lines, concave and increasing, so from the left
 * every step stays left of the root and the sequence increases to it; with one class h is a line.
 */
function largestRoot(classes: readonly ColumnClass[], c: number, signalFactor: number): number {
  let top = 0;
  for (const g of classes) top = Math.max(top, g.noise);
  // The root for the noisiest classes alone: more signal only moves it to the right.
  let y = 0;
  for (const g of classes) if (g.noise === top) y += c * signalFactor * g.share * g.signal;
  for (let step = 0; step < 100; step++) {
    let sum = 0;
    let slope = 0;
    for (const g of classes) {
      const part = (c * signalFactor * g.share * g.signal) / (y + (top - g.noise));
      sum += part;
      slope += part / (y + (top - g.noise));
    }
    const next = y + ((sum - 1) * sum) / slope;
    // Rounding ends the increase.
    if (!(next > y * (1 + 2 * Number.EPSILON))) break;
    y = next;
  }
  return top + y;
}

/** Newton steps on F with the second-order terms of the spread within the classes; left out where they would be no correction. */
function spreadCorrectedRoot(
  classes: readonly ColumnClass[],
  c: number,
  signalFactor: number,
  start: number,
): number {
  let x = start;
  let room = Infinity;
  for (const g of classes) room = Math.min(room, start - g.noise);
  for (let step = 0; step < 3; step++) {
    let f = 1;
    let slope = 0;
    for (const g of classes) {
      const d = 1 / (x - g.noise);
      const lambda = g.signal * signalFactor;
      const cross = g.covariance * signalFactor;
      const spread = lambda * g.noiseVariance;
      f -= c * g.share * d * (lambda + d * (cross + d * spread));
      slope += c * g.share * d * d * (lambda + d * (2 * cross + d * 3 * spread));
    }
    const next = x - f / slope;
    if (!(Math.abs(next - start) < 0.5 * room)) return start;
    x = next;
  }
  return x;
}
