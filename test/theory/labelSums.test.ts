import { describe, expect, it } from "vitest";
import { keyedStream } from "../../src/random/keyedStream.js";
import { labelSums } from "../../src/theory/labelSums.js";
import { labelMoments } from "../../src/training/pseudoLabelLaw.js";

const LABELS = [
  { soft: false, threshold: 0 },
  { soft: false, threshold: 0.7 },
  { soft: true, threshold: 0 },
  { soft: true, threshold: 0.4 },
];

describe("labelSums", () => {
  it.each(LABELS)("has the first moments that training uses: %o", (labels) => {
    for (const k of [0.05, 0.4, 1, 3]) {
      const sums = labelSums(k, 1.3, labels)!;
      const moments = labelMoments(k, 1.3, labels);
      expect(sums.kept).toBeCloseTo(moments.kept, 8);
      expect(sums.aligned).toBeCloseTo(moments.signal, 8);
      expect(sums.projected - k * sums.aligned).toBeCloseTo(moments.selfBias, 8);
      expect(sums.square).toBeCloseTo(moments.variance, 8);
    }
  });

  it.each(LABELS)("has the covariances of simulated labels: %o", (labels) => {
    const [k, sigma] = [0.8, 1.1];
    const rng = keyedStream(["labelSums test", labels]);
    const n = 60_000;
    const rows = Array.from({ length: n }, () => {
      const y = rng.uniform() < 0.5 ? -1 : 1;
      const s = y * k + sigma * rng.normal();
      const value = labels.soft ? Math.tanh((k * s) / sigma ** 2) : Math.sign(s);
      const f = Math.abs(s) > labels.threshold * sigma ? value : 0;
      return { fy: f * y, fs: f * s, size: Math.abs(f) };
    });
    const mean = (g: (row: (typeof rows)[number]) => number): number =>
      rows.reduce((sum, row) => sum + g(row) / n, 0);
    const kept = mean((row) => row.size);
    const [a, b] = [mean((row) => row.fy), mean((row) => row.fs)];
    const sums = labelSums(k, sigma, labels)!;
    // Standard errors of these second moments are below 0.01: six of them, false alarm below 1e-8.
    expect(Math.abs(sums.alignedVariance - mean((row) => (row.fy - a) ** 2) / kept ** 2)).toBeLessThan(0.06);
    expect(Math.abs(sums.projectedVariance - mean((row) => (row.fs - b) ** 2) / kept ** 2)).toBeLessThan(
      0.06,
    );
    expect(Math.abs(sums.covariance - mean((row) => (row.fs - b) * (row.fy - a)) / kept ** 2)).toBeLessThan(
      0.06,
    );
  });

  it("is null when no label is given", () => {
    expect(labelSums(0, 1, { soft: false, threshold: 60 })).toBeNull();
  });
});
