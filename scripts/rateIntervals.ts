import { rateTest } from "../src/claims/kinds/rate.js";
import { studentQuantile } from "../src/claims/statistics/studentT.js";
import { weightedFit } from "../src/claims/statistics/weightedFit.js";
import { gammaSampler } from "../src/random/distributions/gamma.js";
import { keyedStream, type Rng } from "../src/random/keyedStream.js";

/**
 * How often 95 % intervals for the slope of a rate hold the true one, for few replications of skewed values whose relative spread grows fourfold over five points: the
 * interval that claims use, the bootstrap's own quantiles, and the textbook interval with each point weighted by its own estimated variance. The table of docs/claims.md.
 * Usage: npx tsx scripts/rateIntervals.ts [RUNS]
 */
const RUNS = Number(process.argv[2] ?? 2000);
const X = [1, 2, 4, 8, 16];
const LOG_X = X.map(Math.log);
const SHAPES = [100, 50, 25, 12, 6];
const SPEC = { power: 0.5, exponent: -0.5, margin: 0.1, side: "both", curvature: null } as const;
const METHODS = ["claims", "quantiles", "own weights"] as const;

type Interval = readonly [number, number];

function moments(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const n = values.length;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1) / n };
}

/** The slope with weights from each point's own variance, its standard error by the delta method, and Satterthwaite's degrees of freedom. */
function ownWeights(points: readonly (readonly number[])[]): { slope: number; se: number; dof: number } {
  const found = points.map(moments);
  const variances = found.map(({ mean, variance }) => 0.25 * (variance / mean ** 2));
  const weights = variances.map((v) => (v > 0 ? 1 / v : 1e6));
  const y = found.map(({ mean }) => 0.5 * Math.log(mean));
  const parts = variances.map((v, i) => {
    const unit = y.map((_, j) => (i === j ? 1 : 0));
    return weightedFit(LOG_X, unit, weights).slope ** 2 * v;
  });
  const total = parts.reduce((sum, part) => sum + part, 0);
  const spread = parts.reduce((sum, part) => sum + part ** 2, 0) / (points[0]!.length - 1);
  return { slope: weightedFit(LOG_X, y, weights).slope, se: Math.sqrt(total), dof: total ** 2 / spread };
}

function intervals(points: readonly (readonly number[])[], rng: Rng): Readonly<Record<string, Interval>> {
  const { slope, se, dof } = ownWeights(points);
  const half = studentQuantile(0.025, dof) * se;
  const slopes = Array.from({ length: 400 }, () => {
    const drawn = points.map((values) =>
      values.map(() => values[Math.floor(values.length * rng.uniform())]!),
    );
    return ownWeights(drawn).slope;
  }).sort((a, b) => a - b);
  const outcome = rateTest(
    X.map((x, i) => ({ x, values: points[i]! })),
    SPEC,
    rng,
  );
  return {
    claims: outcome.measured.interval!,
    quantiles: [slopes[10]!, slopes[389]!],
    "own weights": [slope - half, slope + half],
  };
}

for (const n of [6, 12, 24, 48]) {
  const covered = new Map<string, number>();
  for (let run = 0; run < RUNS; run++) {
    const rng = keyedStream(["rate intervals", n, run]);
    const gamma = gammaSampler(rng);
    const points = X.map((x, i) => Array.from({ length: n }, () => gamma(SHAPES[i]!) / SHAPES[i]! / x));
    const found = intervals(points, rng);
    for (const name of METHODS) {
      const [low, high] = found[name]!;
      if (low <= -0.5 && -0.5 <= high) covered.set(name, (covered.get(name) ?? 0) + 1);
    }
  }
  const cells = METHODS.map((name) => `${((100 * covered.get(name)!) / RUNS).toFixed(1)} %`);
  process.stdout.write(`| ${[n, ...cells].join(" | ")} |\n`);
}
