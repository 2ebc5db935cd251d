import { describe, expect, test } from "vitest";
import { drawReplication, type ReplicationDraw } from "../../src/model/drawReplication.js";
import { noiseLaw } from "../../src/model/noiseLaw.js";
import type { NoiseFamily, Problem, Sampling } from "../../src/model/problem.js";
import { columnCopy, matrix, rowView } from "../../src/numerics/matrix.js";
import {
  dot,
  multiply,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  norm2,
} from "../../src/numerics/products.js";
import { problemOf } from "../helpers/problems.js";
import { FAR, ksDistance, ksLimit, varianceOf, zScore } from "../helpers/statistics.js";

const SAMPLINGS: Sampling[] = ["auto", "direct"];
const mixed = problemOf({
  rank: 3,
  support: 7,
  signal: [
    { share: 0.25, norm: 2 },
    { share: 0.75, norm: 0.5 },
  ],
  target: { norm: 1.5, samples: 9 },
  unlabeled: 5,
});

function firstAnswers(draw: ReplicationDraw, visit: (t: number) => number): number[][] {
  const beta = new Float64Array(mixed.dimension).fill(0.2);
  return [...draw.unlabeled()].map((sample, t) => {
    const first = [...sample.project(beta)];
    for (let k = 0; k < visit(t); k++) sample.weightedSum(sample.project(new Float64Array(30).fill(k + 1)));
    return first;
  });
}

describe.each(SAMPLINGS)("drawReplication, %s", (sampling) => {
  const draw = drawReplication(mixed, 7, 0, sampling);

  test("B has orthonormal columns and exactly s nonzero rows", () => {
    const gram = multiplyTransposeLeft(draw.subspace, draw.subspace).data;
    gram.forEach((value, i) => {
      expect(Math.abs(value - (i % 4 === 0 ? 1 : 0))).toBeLessThan(1e-14);
    });
    const used = Array.from({ length: 30 }, (_, j) => norm2(rowView(draw.subspace, j)) > 0);
    expect(used.filter(Boolean)).toHaveLength(7);
  });

  test("means are B a, with the norms of the groups, for the tasks and the target", () => {
    expect([...draw.norms]).toEqual([2, 2, 2, ...new Array(9).fill(0.5)]);
    expect(draw.taskMeans.data).toEqual(multiplyTransposeRight(draw.taskVectors, draw.subspace).data);
    draw.norms.forEach((norm, t) => {
      expect(norm2(rowView(draw.taskVectors, t))).toBeCloseTo(norm, 14);
      expect(norm2(rowView(draw.taskMeans, t))).toBeCloseTo(norm, 13);
    });
    expect(draw.target.mean).toEqual(multiply(draw.subspace, matrix(3, 1, draw.target.vector)).data);
    expect(norm2(draw.target.mean)).toBeCloseTo(1.5, 13);
  });

  test("the same arguments give the same numbers, unlabelled samples included", () => {
    const again = drawReplication({ ...mixed }, 7, 0, sampling);
    expect({ ...again, unlabeled: null }).toEqual({ ...draw, unlabeled: null });
    expect(firstAnswers(again, () => 0)).toEqual(firstAnswers(draw, () => 0));
  });

  test("what is asked of one task's samples never changes another's answers", () => {
    const quiet = firstAnswers(draw, () => 0);
    expect(quiet).toHaveLength(12);
    expect(quiet.every((answers) => answers.length === 5)).toBe(true);
    expect(firstAnswers(draw, (t) => (t % 3) + 1)).toEqual(quiet);
  });

  test("each task's unlabelled samples have its own mean, and its own noise in every round", () => {
    const quiet = drawReplication({ ...mixed, noise: { ...mixed.noise, sd: 1e-9 } }, 7, 0, sampling);
    [...quiet.unlabeled()].forEach((sample, t) => {
      const mu = rowView(quiet.taskMeans, t);
      for (const s of sample.project(mu)) expect(Math.abs(s)).toBeCloseTo(quiet.norms[t]! ** 2, 6);
    });
    const rounds = [...draw.unlabeled()].map((sample) => {
      const axis = (j: number): Float64Array => new Float64Array(30).fill(0).with(j, 1);
      return [0, 1, 2].map((j) => Math.abs(sample.project(axis(j))[0]! - rowView(draw.taskMeans, 0)[j]!));
    });
    expect(new Set(rounds.flat().map((x) => x.toFixed(9))).size).toBe(36);
  });

  test("another seed, replication or problem gives other numbers everywhere", () => {
    const others = [
      drawReplication(mixed, 8, 0, sampling),
      drawReplication(mixed, 7, 1, sampling),
      drawReplication({ ...mixed, labeled: 11 }, 7, 0, sampling),
    ];
    for (const other of others) {
      expect(other.subspace.data[other.subspace.data.findIndex((x) => x !== 0)]).not.toBe(
        draw.subspace.data[draw.subspace.data.findIndex((x) => x !== 0)],
      );
      expect(other.taskVectors.data[0]).not.toBe(draw.taskVectors.data[0]);
      expect(other.labeledMeans.data[0]).not.toBe(draw.labeledMeans.data[0]);
      expect(other.target.vector[0]).not.toBe(draw.target.vector[0]);
      expect(other.target.labeledMean[0]).not.toBe(draw.target.labeledMean[0]);
      expect(firstAnswers(other, () => 0)[0]).not.toEqual(firstAnswers(draw, () => 0)[0]);
    }
  });

  test("streams do not overlap: no noise of one role is seen in another", () => {
    const many = drawReplication(
      problemOf({ tasks: 40, unlabeled: 30, labeled: 1, target: { samples: 1 } }),
      3,
      0,
      sampling,
    );
    const noise = many.labeledMeans.data.map((x, i) => x - many.taskMeans.data[i]!);
    const target = many.target.labeledMean.map((x, j) => x - many.target.mean[j]!);
    const seen = new Set([...noise].map((x) => Math.abs(x).toFixed(9)));
    expect(seen.size).toBe(1200);
    for (const x of target) expect(seen.has(Math.abs(x).toFixed(9))).toBe(false);
  });
});

describe("sampling", () => {
  test("auto and direct agree on the truth, and auto draws raw samples where means have no known law", () => {
    for (const family of ["gaussian", "uniform"] as const) {
      const problem = problemOf({ noise: { family } });
      const [auto, direct] = SAMPLINGS.map((sampling) => drawReplication(problem, 1, 0, sampling)) as [
        ReplicationDraw,
        ReplicationDraw,
      ];
      expect(auto.subspace).toEqual(direct.subspace);
      expect(auto.taskMeans).toEqual(direct.taskMeans);
      expect(auto.target.mean).toEqual(direct.target.mean);
      expect(auto.labeledMeans.data[0] === direct.labeledMeans.data[0]).toBe(family === "uniform");
    }
  });

  test("B is dense without a support, and with one of full size", () => {
    for (const support of [null, 30]) {
      const { subspace } = drawReplication(problemOf({ support }), 1, 0, "auto");
      expect(subspace.data.every((x) => x !== 0)).toBe(true);
    }
  });
});

/** Noise of the labelled means, muhat - mu, one row a task, over several draws. */
function meanNoise(problem: Problem, sampling: Sampling, seed: number, draws: number): Float64Array[] {
  return Array.from({ length: draws }, (_, k) => drawReplication(problem, seed, k, sampling)).flatMap(
    (draw) =>
      Array.from({ length: problem.tasks }, (_, t) =>
        rowView(draw.labeledMeans, t).map((x, j) => x - rowView(draw.taskMeans, t)[j]!),
      ),
  );
}

describe("labelled means", () => {
  const FAMILIES: NoiseFamily[] = ["gaussian", "rademacher", "uniform", "student-t", "anisotropic"];
  const cases = FAMILIES.flatMap((family) => SAMPLINGS.map((sampling) => [family, sampling] as const));

  // 5,000 means of 5 coordinates: 20 statistics a case beyond 5.8 standard errors, 10 cases: 1.4e-6 in all, 1.4e-7 a case.
  test.each(cases)("%s noise, %s: mean mu, covariance D^2 / n", (family, sampling) => {
    const problem = problemOf({
      dimension: 5,
      tasks: 1000,
      labeled: 4,
      noise: { family, sd: 2, condition: 50 },
    });
    const noise = meanNoise(problem, sampling, 11, 5);
    const { scales } = noiseLaw(problem.noise, 5);
    for (let j = 0; j < 5; j++) {
      const column = noise.map((x) => x[j]!);
      expect(Math.abs(zScore(column, 0))).toBeLessThan(FAR);
      expect(
        Math.abs(
          zScore(
            column.map((x) => x * x),
            scales[j]! ** 2 / 4,
          ),
        ),
      ).toBeLessThan(FAR);
      for (let k = 0; k < j; k++)
        expect(
          Math.abs(
            zScore(
              noise.map((x) => x[j]! * x[k]!),
              0,
            ),
          ),
        ).toBeLessThan(FAR);
    }
    // Power: one sample more than there is would be seen.
    expect(
      Math.abs(
        zScore(
          noise.map((x) => x[0]! ** 2),
          scales[0]! ** 2 / 5,
        ),
      ),
    ).toBeGreaterThan(FAR);
  });

  test.each(["gaussian", "anisotropic"] as const)(
    "%s: drawn directly and through samples, equal in law (1e-8 a statistic)",
    (family) => {
      const problem = problemOf({ dimension: 6, tasks: 1000, labeled: 3, noise: { family } });
      const statistics = (sampling: Sampling, seed: number): number[][] => {
        const draws = [0, 1, 2].map((k) => drawReplication(problem, seed, k, sampling));
        const rows = draws.flatMap((draw) =>
          Array.from({ length: 1000 }, (_, t) => {
            const x = rowView(draw.labeledMeans, t);
            const mu = rowView(draw.taskMeans, t);
            const eta = x.map((value, j) => value - mu[j]!);
            return [
              norm2(eta),
              dot(eta, mu),
              eta[0]!,
              eta[5]!,
              Math.max(...eta.map(Math.abs)),
              eta[0]! * eta[1]!,
            ];
          }),
        );
        return rows[0]!.map((_, k) => rows.map((row) => row[k]!));
      };
      const auto = statistics("auto", 1);
      const direct = statistics("direct", 2);
      auto.forEach((column, k) => {
        expect(ksDistance(column, direct[k]!)).toBeLessThan(ksLimit(3000));
      });
      // Power: means of as many samples plus one.
      const shrunk = auto[0]!.map((x) => x * Math.sqrt(3 / 4));
      expect(ksDistance(shrunk, direct[0]!)).toBeGreaterThan(ksLimit(3000));
    },
  );

  test.each(SAMPLINGS)("%s: the target's mean is over m samples (false alarm 7e-9)", (sampling) => {
    const problem = problemOf({ dimension: 4000, tasks: 1, labeled: 1, target: { samples: 16 } });
    const { target } = drawReplication(problem, 3, 0, sampling);
    const noise = [...target.labeledMean.map((x, j) => x - target.mean[j]!)];
    expect(Math.abs(zScore(noise, 0))).toBeLessThan(FAR);
    expect(
      Math.abs(
        zScore(
          noise.map((x) => x * x),
          1 / 16,
        ),
      ),
    ).toBeLessThan(FAR);
  });

  test("columns of B are uniform on the sphere: coordinates have mean 0 and variance 1/p (1.4e-8)", () => {
    const entries = Array.from({ length: 60 }, (_, k) => {
      const { subspace } = drawReplication(problemOf({ dimension: 40, rank: 1 }), 5, k, "auto");
      return [...columnCopy(subspace, 0)];
    }).flat();
    expect(Math.abs(zScore(entries, 0))).toBeLessThan(FAR);
    expect(varianceOf(entries)).toBeCloseTo(1 / 40, 2);
  });
});
