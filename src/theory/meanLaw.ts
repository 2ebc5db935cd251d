import type { Problem } from "../model/problem.js";
import { gaussHermite } from "../numerics/special/gaussHermite.js";
import type { PseudoLabels } from "../training/method.js";
import { type LabelSums, labelSums } from "./labelSums.js";

/**
 * The length of a source mean, given the noise that its labelled mean has along mu: `||mean||^2 = fixed + rest`, `rest` nearly a scaled
 * chi-square variable with these two moments, and along^2, the squared length along mu, with its covariance with `rest`.
 */
export interface MeanNode {
  readonly weight: number;
  /** E[<mean, mu/||mu||>^2] at this node. */
  readonly along2: number;
  readonly fixed: number;
  readonly rest: number;
  readonly restVariance: number;
  readonly covariance: number;
}

/** How the norms that learners estimate look (docs/theory.md 5.2): norm_t^2 estimated as centre + keep (x_t - centre). */
export interface NormEstimate {
  readonly centre: number;
  readonly keep: number;
}

/**
 * The large-T limit of the shrinkage that training estimates norms with: x_t = ||muhat_t||^2 - tau^2 p shrunk towards its mean over
 * the tasks by 1 - (noise variance of x) / (its variance over the tasks).
 */
export function normEstimate(problem: Problem): NormEstimate {
  const tau2 = problem.noise.sd ** 2 / problem.labeled;
  const centre = problem.signal.reduce((sum, g) => sum + g.share * g.norm ** 2, 0);
  const between = problem.signal.reduce((sum, g) => sum + g.share * (g.norm ** 2 - centre) ** 2, 0);
  const within = 2 * problem.dimension * tau2 * tau2 + 4 * tau2 * centre;
  return { centre, keep: between / (between + within) };
}

/**
 * The law of the mean that a task of a given norm trains on, at fixed noise g (standard normal) of its labelled mean along mu
 * (docs/theory.md 5.2). Conditioning on g is what makes the law exact: the margin k = <betahat, mu>, and through it the pseudo-labels' error and their
 * weight on betahat, all depend on it.
 *
 * Labelled mean only: along = norm + tau g, and the rest is tau^2 chi^2 with p - 1 degrees of freedom. With pseudo-labels
 * the chi^2 is a three-point quadrature, and each point gives the mean and covariance of the components along mu and along the labelled
 * noise exactly, plus (p - 2) fresh coordinates.
 */
export function meanNodes(
  problem: Problem,
  pseudoLabels: PseudoLabels | null,
  norm: number,
  g: number,
  estimate: NormEstimate,
): MeanNode[] {
  const p = problem.dimension;
  const tau = problem.noise.sd / Math.sqrt(problem.labeled);
  const along = norm + tau * g;
  const labelled = (): MeanNode => ({
    weight: 1,
    along2: along * along,
    fixed: along * along,
    rest: tau * tau * (p - 1),
    restVariance: 2 * tau ** 4 * (p - 1),
    covariance: 0,
  });
  if (pseudoLabels === null || problem.unlabeled === 0) return [labelled()];
  const { nodes, weights } = gaussHermite(3);
  const result: MeanNode[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const off2 = tau * tau * chiSquarePoint(p - 1, nodes[i]!);
    const node = pseudoLabelNode(problem, pseudoLabels, norm, along, off2, estimate);
    result.push({ ...(node ?? labelled()), weight: weights[i]! });
  }
  return result;
}

/** The z-th normal quantile point of a chi-square variable (Wilson & Hilferty): k (1 - 2/(9k) + z sqrt(2/(9k)))^3. */
export function chiSquarePoint(k: number, z: number): number {
  if (!(k > 0)) return 0;
  const c = 2 / (9 * k);
  return k * Math.max(0, 1 - c + z * Math.sqrt(c)) ** 3;
}

/** betahat = kappa m + lean zeta, m = mu/norm, zeta the direction of the labelled noise off mu; off2 = its squared length. */
function pseudoLabelNode(
  problem: Problem,
  pseudoLabels: PseudoLabels,
  norm: number,
  along: number,
  off2: number,
  estimate: NormEstimate,
): MeanNode | null {
  const { labeled: n, unlabeled: u, dimension: p } = problem;
  const sigma = problem.noise.sd;
  const h2 = along * along + off2;
  const h = Math.sqrt(h2);
  const kappa = along / h;
  const lean = Math.sqrt(off2) / h;
  const assumed2 = estimate.centre + estimate.keep * (h2 - (sigma * sigma * p) / n - estimate.centre);
  const assumed = Math.max(0, assumed2) / h;
  const sums = labelSums(norm * kappa, sigma, pseudoLabels, assumed);
  if (sums === null) return null;
  const omega = labeledWeight(pseudoLabels, sums, assumed, h, problem);
  const rest = 1 - omega;
  // Along mu: kappa (sum f s) + norm lean^2 (sum f y) + lean noise; along zeta: lean (sum f s) - norm kappa lean (sum f y) - kappa noise.
  const signal = norm * lean;
  const variance = (rest * rest) / u;
  const { aligned: a, projected: b, alignedVariance: va, projectedVariance: vb, covariance: vab } = sums;
  const fresh = variance * sigma * sigma * sums.square;
  const mu1 = omega * along + rest * (kappa * b + signal * lean * a);
  const var1 =
    variance * (kappa ** 2 * vb + (signal * lean) ** 2 * va + 2 * kappa * signal * lean * vab) +
    fresh * lean ** 2;
  const mu2 = omega * h * lean + rest * (lean * b - signal * kappa * a);
  const var2 =
    variance * (lean ** 2 * vb + (signal * kappa) ** 2 * va - 2 * lean * signal * kappa * vab) +
    fresh * kappa ** 2;
  const cov12 =
    variance *
      (kappa * lean * vb - signal * lean * signal * kappa * va + signal * (lean ** 2 - kappa ** 2) * vab) -
    fresh * kappa * lean;
  const others = Math.max(0, p - 2);
  const square1 = 4 * mu1 * mu1 * var1 + 2 * var1 * var1;
  const square2 = 4 * mu2 * mu2 * var2 + 2 * var2 * var2;
  const crossSquare = 4 * mu1 * mu2 * cov12 + 2 * cov12 * cov12;
  return {
    weight: 1,
    along2: mu1 * mu1 + var1,
    fixed: 0,
    rest: mu1 * mu1 + var1 + mu2 * mu2 + var2 + others * fresh,
    restVariance: square1 + square2 + 2 * crossSquare + 2 * others * fresh * fresh,
    covariance: square1 + crossSquare,
  };
}

/** omega as training chooses it, from the margin that it assumes. */
function labeledWeight(
  pseudoLabels: PseudoLabels,
  sums: LabelSums,
  assumed: number,
  h: number,
  problem: Problem,
): number {
  const { labeled: n, unlabeled: u } = problem;
  const { weight } = pseudoLabels;
  if (typeof weight === "number") return 1 - weight;
  if (weight === "pooled") return n / (n + u * sums.kept);
  const believed = labelSums(assumed, problem.noise.sd, pseudoLabels, assumed);
  if (believed === null || !(believed.aligned > 0)) return 1;
  const selfBias = believed.projected - assumed * believed.aligned;
  const odds = (n * believed.square) / (u * believed.aligned) - selfBias / h;
  if (!(odds > 0)) return 0;
  return odds < 1e12 ? odds / (1 + odds) : 1;
}
