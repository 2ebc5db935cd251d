/** One way to break the code: `find`, which stands exactly once in `file`, becomes `replace`; the check of `lemma` must see it. */
export interface Mutant {
  readonly lemma: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const of = (lemma: string, file: string, find: string, replace: string): Mutant => ({
  lemma,
  file: `src/${file}`,
  find,
  replace,
});

export const MUTANTS: readonly Mutant[] = [
  of("dualNorm", "training/lqNorm.ts", "q / (q - 1)", "q"),
  of(
    "innerMaximum",
    "training/ballProjection.ts",
    "scaled(x, radius / length)",
    "scaled(x, (2 * radius) / length)",
  ),
  of(
    "ballProjection",
    "training/ballProjection.ts",
    "level = (radius + sumOfGaps) / (i + 1);",
    "level = (radius + sumOfGaps) / (i + 2);",
  ),
  of("ballProjection", "training/generalBallProjection.ts", "const k = 1 / (q - 1);", "const k = 1 / q;"),
  of("softThresholdProx", "training/ballProjection.ts", "sign * (size - level)", "sign * size"),
  of(
    "minimax",
    "training/closedForm.ts",
    "normalized(residual, norm2(residual))",
    "normalized(residual, norm2(muhat))",
  ),
  of(
    "filterBoundary",
    "training/ballProjection.ts",
    "if (lqNorm(x, q) <= radius)",
    "if (norm2(x) <= radius)",
  ),
  of("l2AttackFilters", "training/closedForm.ts", "length <= attack.radius", "length <= 2 * attack.radius"),
  of("equivariance", "training/generalBallProjection.ts", "Math.abs(value) / radius", "Math.abs(value)"),
  of(
    "weyl",
    "numerics/small.ts",
    "Float64Array.from(svd.diagonal, (x) => x * scale)",
    "Float64Array.from(svd.diagonal, (x) => x)",
  ),
  of("subspaceMetric", "numerics/principalAngles.ts", "sum += x * x", "sum += Math.abs(x)"),
  of(
    "topSubspace",
    "numerics/topSubspace.ts",
    "multiply(qr.q, firstColumns(inner.u, sigma.length))",
    "firstColumns(transpose(m), sigma.length)",
  ),
  of("diversity", "model/taskVectors.ts", "(row[k]! / length) * norms[t]!", "row[k]! * norms[t]!"),
  of("stackedMatrix", "training/closedForm.ts", "scaled(x, 1 / length)", "scaled(x, 1 / (1 + length))"),
  of("wedin", "numerics/principalAngles.ts", "b.cols - w.cols + sum", "b.cols - w.cols + 5 * sum"),
  of(
    "davisKahan",
    "numerics/small.ts",
    "eigen.realEigenvalues[b]! - eigen.realEigenvalues[a]!",
    "eigen.realEigenvalues[a]! - eigen.realEigenvalues[b]!",
  ),
  of("excessRisk", "transfer/targetRisk.ts", "distance2 / 2)", "distance2)"),
  of(
    "powerMethod",
    "numerics/products.ts",
    "rowProducts(a.data, a.rows, b.data, b.rows, a.cols, c.data, false)",
    "rowProducts(a.data, a.rows, b.data, b.rows, a.cols, c.data, true)",
  ),
  of(
    "rotationInvariance",
    "training/closedForm.ts",
    "  const length = norm2(x);\n",
    "  const length = x.reduce((sum, value) => sum + Math.abs(value), 0);\n",
  ),
  of(
    "meanOfSamples",
    "model/drawReplication.ts",
    "const factor = 1 / Math.sqrt(samples);",
    "const factor = 1 / samples;",
  ),
  of(
    "meanOfSamples",
    "model/drawReplication.ts",
    "addScaled(sum, 1 / samples, signed)",
    "addScaled(sum, 1 / (samples + 1), signed)",
  ),
  of("subGaussianTail", "model/noiseLaw.ts", "Math.sqrt(3)", "3"),
  of(
    "chiSquare",
    "numerics/special/gammaTail.ts",
    "gammaTail(k / 2, Math.max(0, x) / 2)",
    "gammaTail(k / 2, Math.max(0, x))",
  ),
  of(
    "perTaskConcentration",
    "model/drawReplication.ts",
    "const factor = 1 / Math.sqrt(samples);",
    "const factor = 2 / Math.sqrt(samples);",
  ),
  of(
    "noiseMatrixNorm",
    "random/distributions/haarFrame.ts",
    "x[i] = rng.normal();",
    "x[i] = 2 * rng.normal();",
  ),
  of(
    "filterEvent",
    "theory/meanLaw.ts",
    "restVariance: 2 * tau ** 4 * (p - 1)",
    "restVariance: 4 * tau ** 4 * (p - 1)",
  ),
  of("filterEvent", "training/closedForm.ts", "length <= attack.radius", "length <= attack.radius + 0.5"),
  of(
    "supportRecovery",
    "training/ballProjection.ts",
    "if (lqNorm(x, q) <= radius)",
    "if (lqNorm(x, q) <= 1.2 * radius)",
  ),
  of(
    "pseudoLabelMean",
    "training/pseudoLabelLaw.ts",
    "selfBias: (sigma * self) / kept",
    "selfBias: self / kept",
  ),
  of(
    "pseudoLabelMean",
    "model/implicitUnlabeled.ts",
    "addScaled(projections, dot(mu, beta), labels)",
    "addScaled(projections, -dot(mu, beta), labels)",
  ),
  of(
    "effectiveSampleSize",
    "training/pseudoLabelLaw.ts",
    "(u * moments.signal) - moments.selfBias / h",
    "(u * moments.signal) + moments.selfBias / h",
  ),
  of(
    "quarterRule",
    "training/pseudoLabelLaw.ts",
    "pseudoWeight * pseudoWeight * pseudoVariance",
    "pseudoWeight * pseudoVariance",
  ),
  of(
    "implicitSamples",
    "model/implicitGaussian.ts",
    "addScaled(fresh, dot(other.answers[k]!, direction), known)",
    "addScaled(fresh, 0 * dot(other.answers[k]!, direction), known)",
  ),
  of(
    "rotationReduction",
    "random/distributions/gamma.ts",
    "Math.sqrt(2 * gamma(degreesOfFreedom / 2))",
    "Math.sqrt(gamma(degreesOfFreedom / 2))",
  ),
  of(
    "rotationReduction",
    "random/distributions/gamma.ts",
    "const d = shape - 1 / 3;",
    "const d = shape + 1 / 3;",
  ),
  of(
    "sparseReduction",
    "random/distributions/truncatedNormal.ts",
    "return low + excess;",
    "return low + 2 * excess;",
  ),
  of("sparseReduction", "random/distributions/binomial.ts", "/ logFailure) + 1;", "/ logFailure) + 3;"),
  of("spikeOverlap", "theory/weightedSpike.ts", "numerator / (root * slope)", "numerator / slope"),
  of(
    "thresholdMoments",
    "theory/softThresholdMoments.ts",
    "above.second + below.second",
    "above.second - below.second",
  ),
  of(
    "expectedCosine",
    "theory/expectedCosine.ts",
    "- k * Math.log1p(-sine2)",
    "- (k - 1) * Math.log1p(-sine2)",
  ),
  of(
    "predictionRange",
    "theory/weightedSpike.ts",
    "overlap > 0 ? Math.min(1, overlap) : 0",
    "Math.min(1, overlap)",
  ),
  of("predictionRange", "theory/targetRisk.ts", "excessRisk: norm * excess", "excessRisk: 2 * norm * excess"),
  of(
    "predictionMonotone",
    "theory/manyColumns.ts",
    "(point.countFactor * tasks) / (dimension - rank)",
    "(point.countFactor * (dimension - rank)) / tasks",
  ),
  of(
    "predictionLimits",
    "theory/meanLaw.ts",
    "if (pseudoLabels === null || problem.unlabeled === 0) return",
    "if (pseudoLabels === null) return",
  ),
  of(
    "claimC1",
    "training/trainRepresentation.ts",
    "columns.push(scaled(classifier.direction, factor))",
    "columns.push(scaled(classifier.direction, columns.length === 0 ? 1000 : factor))",
  ),
  of("claimC2", "training/closedForm.ts", "length <= attack.radius", "length > attack.radius"),
  of("claimC3", "training/ballProjection.ts", "residual[i] = size > level ?", "residual[i] = size > 0 ?"),
  of("claimC4C5", "training/semiSupervisedMean.ts", "scaled(muhat, omega)", "scaled(muhat, 2 * omega)"),
  of(
    "claimC6",
    "transfer/targetHead.ts",
    "scaled(w2.data, 1 / length)",
    "scaled(w2.data.map(Math.abs), 1 / length)",
  ),
];
