import { requirePositive } from "../core/guards.js";
import { normalCdf, normalPdf } from "../numerics/special/normal.js";
import type { PseudoLabels } from "./method.js";

/** What a pseudo-label is worth: moments of the label function f(s), s = y k + sigma g, g standard normal. */
export interface LabelMoments {
  /** a = E[f y] / E|f|: the share of the signal that survives; 1 - 2e for hard labels with error e. */
  readonly signal: number;
  /** b = E[f (s - y k)] / E|f|: how much of betahat itself the labels add; 2 sigma phi(k/sigma) for hard labels. */
  readonly selfBias: number;
  /** E f^2 / (E|f|)^2: the variance of the pseudo-labelled mean of one sample, in units of sigma^2; 1 for hard labels. */
  readonly variance: number;
  /** E|f|: the share of the samples that get a label (the mean confidence, if soft). */
  readonly kept: number;
  /** The probability that a kept sample is labelled wrongly (by the sign of its label). */
  readonly error: number;
}

/**
 * The moments of the pseudo-labels that a unit classifier with margin k = <betahat, mu> gives, k any number, sigma > 0
 * (docs/theory.md 5.2). Hard labels (with or without a threshold c) in closed form; soft labels, f(s) = tanh(k s / sigma^2), by
 * Simpson's rule, error below 1e-10. Nothing kept (E|f| = 0): signal, selfBias, error are 0, 0, 1/2 and variance is Infinity.
 *
 * @example labelMoments(1, 1, { soft: false, threshold: 0 }).signal // 1 - 2 Phi(-1) = 0.6827
 */
export function labelMoments(
  k: number,
  sigma: number,
  labels: Pick<PseudoLabels, "soft" | "threshold">,
): LabelMoments {
  requirePositive("sigma", sigma);
  const margin = k / sigma;
  const c = labels.threshold;
  const moments = labels.soft ? softMoments(margin, c) : hardMoments(margin, c);
  const { size, kept, aligned, self, square, wrong } = moments;
  if (!(kept > 0)) return { signal: 0, selfBias: 0, variance: Infinity, kept: 0, error: 0.5 };
  return {
    signal: aligned / kept,
    selfBias: (sigma * self) / kept,
    variance: square / (kept * kept),
    kept: size * kept,
    error: wrong,
  };
}

interface RawMoments {
  /** The unit of f in what follows. */
  readonly size: number;
  /** E|f| */
  readonly kept: number;
  /** E[f y] */
  readonly aligned: number;
  /** E[f (s - y k)] / sigma */
  readonly self: number;
  /** E f^2 */
  readonly square: number;
  /** P(f y < 0 | f != 0) */
  readonly wrong: number;
}

function hardMoments(margin: number, c: number): RawMoments {
  const right = normalCdf(margin - c);
  const wrong = normalCdf(-margin - c);
  const kept = right + wrong;
  const self = normalPdf(c - margin) + normalPdf(c + margin);
  return {
    size: 1,
    kept,
    aligned: right - wrong,
    self,
    square: kept,
    wrong: kept > 0 ? wrong / kept : 0.5,
  };
}

/** Integrals over s/sigma = z of functions of |z| > c against the normal density around the margin (y = 1 by symmetry). */
function softMoments(margin: number, c: number): RawMoments {
  // Labels of weak classifiers are tiny: their common size is taken out, so that no square vanishes.
  const size = Math.min(1, Math.abs(margin));
  if (size === 0) return { size, kept: 0, aligned: 0, self: 0, square: 0, wrong: 0.5 };
  const f = (z: number): number => Math.tanh(margin * z) / size;
  const integrate = (g: (z: number) => number): number =>
    integrateTail(g, margin, c) + integrateTail((z) => g(-z), -margin, c);
  const kept = integrate((z) => Math.abs(f(z)));
  const square = integrate((z) => f(z) ** 2);
  const keptCount = normalCdf(margin - c) + normalCdf(-margin - c);
  const wrongSign = margin >= 0 ? normalCdf(-margin - c) : normalCdf(margin - c);
  return {
    size,
    kept,
    // Posterior means are calibrated, E[f y] = E f^2; the integral of f itself would cancel for weak classifiers.
    aligned: size * square,
    self: integrate((z) => f(z) * (z - margin)),
    square,
    wrong: keptCount > 0 ? wrongSign / keptCount : 0.5,
  };
}

/** The integral of g(z) phi(z - margin) over z > c, where the normal density is not negligible. */
function integrateTail(g: (z: number) => number, margin: number, c: number): number {
  const low = Math.max(c, margin - 10);
  return simpson((z) => g(z) * normalPdf(z - margin), low, Math.max(margin + 10, low + 1));
}

function simpson(g: (z: number) => number, low: number, high: number): number {
  const panels = 600;
  const h = (high - low) / (2 * panels);
  let sum = g(low) + g(high);
  for (let i = 1; i < 2 * panels; i++) sum += (i % 2 === 1 ? 4 : 2) * g(low + i * h);
  return (sum * h) / 3;
}

/** The law of a semi-supervised mean: muhat_ssl = S mu + sqrt(V) z. */
export interface SslLaw {
  /** omega, the weight of the labelled mean. */
  readonly labeledWeight: number;
  /** S, the signal factor. */
  readonly signalFactor: number;
  /** V, the noise variance of a coordinate. */
  readonly noiseVariance: number;
}

/**
 * S and V of the semi-supervised mean of a task (docs/theory.md 5.2), given the moments of its labels, h = ||muhat||, the noise variance tau^2 =
 * sigma^2/n of its labelled mean, and u: with omega the weight of the labelled mean,
 *
 *     c_1 = omega + (1 - omega) b / h,   S = c_1 + (1 - omega) a,   V = c_1^2 tau^2 + (1 - omega)^2 sigma^2 E f^2 / (u (E|f|)^2).
 *
 * The weight is pooled (omega = n / (n + u E|f|)), a fixed share of the pseudo-labelled mean, or the best one: the maximiser of S^2/V,
 * omega / (1 - omega) = (sigma^2 E f^2 / (u (E|f|)^2)) / (a tau^2) - b / h, and omega = 0 where that is negative.
 */
export function sslLaw(
  moments: LabelMoments,
  task: { readonly h: number; readonly sigma: number; readonly labeled: number; readonly unlabeled: number },
  weight: PseudoLabels["weight"],
): SslLaw {
  const { h, sigma, labeled: n, unlabeled: u } = task;
  const tau2 = (sigma * sigma) / n;
  const labeledWeight = labeledShare(moments, task, weight);
  const pseudoWeight = 1 - labeledWeight;
  if (pseudoWeight === 0) return { labeledWeight, signalFactor: 1, noiseVariance: tau2 };
  const c1 = labeledWeight + (pseudoWeight * moments.selfBias) / h;
  const pseudoVariance = (sigma * sigma * moments.variance) / u;
  return {
    labeledWeight,
    signalFactor: c1 + pseudoWeight * moments.signal,
    noiseVariance: c1 * c1 * tau2 + pseudoWeight * pseudoWeight * pseudoVariance,
  };
}

/** omega for a kind of weight; 1 when there is nothing to weigh (no unlabelled sample, none kept, labels worth nothing). */
export function labeledShare(
  moments: LabelMoments,
  task: { readonly h: number; readonly sigma: number; readonly labeled: number; readonly unlabeled: number },
  weight: PseudoLabels["weight"],
): number {
  const { h, labeled: n, unlabeled: u } = task;
  if (u === 0 || moments.kept === 0) return 1;
  if (typeof weight === "number") return 1 - weight;
  if (weight === "pooled") return n / (n + u * moments.kept);
  if (!(moments.signal > 0)) return 1;
  const odds = (n * moments.variance) / (u * moments.signal) - moments.selfBias / h;
  return odds <= 0 ? 0 : odds / (1 + odds);
}
