import { integrate } from "../numerics/special/gaussLegendre.js";
import { normalCdf, normalPdf } from "../numerics/special/normal.js";
import type { PseudoLabels } from "../training/method.js";

/**
 * First and second moments of one pseudo-label f(s), s = y k + sigma g, g standard normal, divided by E|f| or its square, so that they
 * are moments of a sample of the pseudo-labelled mean (docs/theory.md 5.2).
 */
export interface LabelSums {
  /** E|f|: the share of samples that get a label. */
  readonly kept: number;
  /** E[f y] / E|f| = 1 - 2e for hard labels. */
  readonly aligned: number;
  /** E[f s] / E|f|: the length along betahat. */
  readonly projected: number;
  /** Var(f y), Var(f s), Cov(f y, f s), each / (E|f|)^2. */
  readonly alignedVariance: number;
  readonly projectedVariance: number;
  readonly covariance: number;
  /** E f^2 / (E|f|)^2. */
  readonly square: number;
}

/**
 * The moments for a classifier of true margin k; `assumedMargin` is the one that soft labels tanh(assumedMargin s / sigma^2) are made with.
 * Hard labels in closed form, soft ones by Gauss-Legendre quadrature. null when no label is ever given.
 */
export function labelSums(
  k: number,
  sigma: number,
  labels: Pick<PseudoLabels, "soft" | "threshold">,
  assumedMargin: number = k,
): LabelSums | null {
  const margin = k / sigma;
  const c = labels.threshold;
  const raw = labels.soft ? softMoments(margin, c, assumedMargin / sigma) : hardMoments(margin, c);
  const { kept, aligned, projected, cross, squareProjected, square } = raw;
  if (!(kept > 1e-300)) return null;
  const scale = kept * kept;
  return {
    kept,
    aligned: aligned / kept,
    projected: (sigma * projected) / kept,
    alignedVariance: Math.max(0, square - aligned * aligned) / scale,
    projectedVariance: (sigma * sigma * Math.max(0, squareProjected - projected * projected)) / scale,
    covariance: (sigma * (cross - aligned * projected)) / scale,
    square: square / scale,
  };
}

/** E|f|, E[f y], E[f z], E[f^2 y z], E[f^2 z^2], E f^2 with z = s / sigma, y = 1 by symmetry. */
interface Raw {
  readonly kept: number;
  readonly aligned: number;
  readonly projected: number;
  readonly cross: number;
  readonly squareProjected: number;
  readonly square: number;
}

function hardMoments(margin: number, c: number): Raw {
  const above = margin - c;
  const below = -margin - c;
  const right = normalCdf(above);
  const wrong = normalCdf(below);
  const densityAbove = normalPdf(above);
  const densityBelow = normalPdf(below);
  const kept = right + wrong;
  return {
    kept,
    aligned: right - wrong,
    projected: margin * (right - wrong) + densityAbove + densityBelow,
    cross: margin * kept + densityAbove - densityBelow,
    squareProjected: (margin * margin + 1) * kept + (margin + c) * densityAbove + (c - margin) * densityBelow,
    square: kept,
  };
}

function softMoments(margin: number, c: number, slope: number): Raw {
  const reach = Math.max(Math.abs(margin) + 8, c + 1);
  const f = (z: number): number => Math.tanh(slope * z);
  const mean = (g: (z: number) => number): number => {
    const weighted = (z: number): number => g(z) * normalPdf(z - margin);
    return integrate(weighted, c, reach, 64) + integrate(weighted, -reach, -c, 64);
  };
  return {
    kept: mean((z) => Math.abs(f(z))),
    aligned: mean(f),
    projected: mean((z) => f(z) * z),
    cross: mean((z) => f(z) ** 2 * z),
    squareProjected: mean((z) => (f(z) * z) ** 2),
    square: mean((z) => f(z) ** 2),
  };
}
