import { describe, expect, test } from "vitest";
import { drawReplication } from "../../src/model/drawReplication.js";
import type { NoiseFamily, Sampling } from "../../src/model/problem.js";
import { type RawSamples, rawSamples } from "../../src/model/rawSamples.js";
import { type Matrix, rowView } from "../../src/numerics/matrix.js";
import { addScaled, dot, norm2 } from "../../src/numerics/products.js";
import { problemOf } from "../helpers/problems.js";
import { FAR, ksDistance, ksLimit, zScore } from "../helpers/statistics.js";

const FAMILIES: NoiseFamily[] = ["gaussian", "anisotropic", "rademacher", "uniform", "student-t"];
const SAMPLINGS: Sampling[] = ["auto", "direct"];

function make(sampling: Sampling, changes: Parameters<typeof problemOf>[0] = {}, replication = 0) {
  const problem = problemOf({ dimension: 8, tasks: 5, labeled: 6, unlabeled: 4, ...changes });
  const draw = drawReplication(problem, 3, replication, sampling);
  return { problem, draw, samples: rawSamples(problem, 3, replication, sampling, draw) };
}

function meanOf(z: Matrix): Float64Array {
  const mean = new Float64Array(z.cols);
  for (let i = 0; i < z.rows; i++) addScaled(mean, 1 / z.rows, rowView(z, i));
  return mean;
}

describe.each(FAMILIES)("%s noise", (family) => {
  test("direct: the labelled samples are those behind the means, bit for bit", () => {
    const { draw, samples } = make("direct", { noise: { family } });
    [...samples.labeled()].forEach((z, t) => {
      expect(meanOf(z)).toEqual(rowView(draw.labeledMeans, t));
    });
  });

  test("auto: their mean is the labelled mean to rounding, and exactly so with one sample", () => {
    const { draw, samples } = make("auto", { noise: { family } });
    const all = [...samples.labeled()];
    expect(all.map((z) => [z.rows, z.cols])).toEqual(new Array(5).fill([6, 8]));
    all.forEach((z, t) => {
      const off = meanOf(z);
      addScaled(off, -1, rowView(draw.labeledMeans, t));
      expect(norm2(off)).toBeLessThan(1e-14);
    });
    const single = make("auto", { noise: { family }, labeled: 1 });
    [...single.samples.labeled()].forEach((z, t) => {
      expect(z.data).toEqual(rowView(single.draw.labeledMeans, t));
    });
  });

  test("direct: unlabelled samples answer as the sample of the draw does", () => {
    const { draw, samples } = make("direct", { noise: { family } });
    const beta = Float64Array.from({ length: 8 }, (_, j) => Math.sin(j + 1));
    const raw = [...samples.unlabeled()];
    [...draw.unlabeled()].forEach((sample, t) => {
      const projections = sample.project(beta);
      projections.forEach((s, i) => {
        expect(dot(beta, rowView(raw[t]!, i))).toBe(s);
      });
    });
    expect(raw).toHaveLength(5);
  });
});

describe.each(SAMPLINGS)("%s", (sampling) => {
  test("the same at every call, in part or whole, and independent of what else is asked", () => {
    const { samples } = make(sampling);
    const again: RawSamples = make(sampling).samples;
    expect([...samples.labeled()]).toEqual([...samples.labeled()]);
    const [first] = again.labeled();
    expect([...again.unlabeled()]).toEqual([...samples.unlabeled()]);
    expect(first).toEqual([...samples.labeled()][0]);
    expect(samples.training(2).uniform()).toBe(again.training(2).uniform());
    expect(samples.training(2).uniform()).not.toBe(samples.training(3).uniform());
  });

  test("the law: mean, variance and independence of samples in one task", () => {
    // Over 400 tasks with n = 3 samples in R^3: means, variances and covariances between samples and coordinates.
    const { draw, samples } = make(sampling, { dimension: 3, tasks: 400, labeled: 3 });
    const seen = [...samples.labeled()].map((z, t) =>
      [0, 1, 2].map((i) => rowView(z, i).map((x, j) => x - rowView(draw.taskMeans, t)[j]!)),
    );
    for (const i of [0, 1, 2]) {
      for (const j of [0, 1, 2]) {
        const e = seen.map((s) => s[i]![j]!);
        expect(Math.abs(zScore(e, 0))).toBeLessThan(FAR);
        expect(
          Math.abs(
            zScore(
              e.map((x) => x * x),
              1,
            ),
          ),
        ).toBeLessThan(FAR);
        const other = seen.map((s, k) => s[(i + 1) % 3]![j]! * e[k]!);
        expect(Math.abs(zScore(other, 0))).toBeLessThan(FAR);
        const across = seen.map((s, k) => s[i]![(j + 1) % 3]! * e[k]!);
        expect(Math.abs(zScore(across, 0))).toBeLessThan(FAR);
      }
    }
  });
});

test("given the means of auto the samples have the law of direct ones: the largest coordinate of a sample", () => {
  const largest = (sampling: Sampling): number[] => {
    const { samples } = make(sampling, { dimension: 4, tasks: 500, labeled: 3 });
    return [...samples.labeled()].map((z) => Math.max(...z.data));
  };
  const [auto, direct] = [largest("auto"), largest("direct")];
  expect(ksDistance(auto, direct)).toBeLessThan(ksLimit(500));
});

test("one task at a time: the first of samples that would take 8 GB together is there at once", () => {
  const { samples } = make("auto", { dimension: 50, tasks: 20_000, labeled: 1000, unlabeled: 1000 });
  for (const all of [samples.labeled(), samples.unlabeled()]) {
    const [first, second] = all;
    expect([first!.rows, second!.rows]).toEqual([1000, 1000]);
    expect(first!.data[0]).not.toBe(second!.data[0]);
  }
});
