import fc from "fast-check";
import { expect, test } from "vitest";
import { fromRows, type Matrix, zeros } from "../../src/numerics/matrix.js";
import { principalAngles, sinThetaSquared } from "../../src/numerics/principalAngles.js";
import { multiply } from "../../src/numerics/products.js";
import { haarFrame } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { law } from "../helpers/law.js";
import { columns } from "../helpers/matrices.js";

/**
 * Two frames of R^p with exactly these principal angles: B = F1, W = F1 cos(angles) + F2 sin(angles) with (F1 F2) a Haar frame, each turned
 * by a random rotation of its columns.
 */
function framesAt(angles: readonly number[], p: number, key: unknown): { b: Matrix; w: Matrix } {
  const k = angles.length;
  const rng = keyedStream(["angles", key]);
  const frame = haarFrame(rng, p, 2 * k);
  const w = zeros(p, k);
  for (let i = 0; i < p; i++) {
    angles.forEach((angle, j) => {
      const along = frame.data[i * 2 * k + j]!;
      const across = frame.data[i * 2 * k + k + j]!;
      w.data[i * k + j] = Math.cos(angle) * along + Math.sin(angle) * across;
    });
  }
  return {
    b: multiply(columns(frame, 0, k), haarFrame(rng, k, k)),
    w: multiply(w, haarFrame(rng, k, k)),
  };
}

const RIGHT = Math.PI / 2;
const LADDER = [
  1e-15,
  1e-12,
  1e-8,
  1e-4,
  0.01,
  0.3,
  Math.PI / 4 - 1e-9,
  Math.PI / 4,
  Math.PI / 4 + 1e-9,
  1,
  1.5,
  RIGHT - 1e-4,
  RIGHT - 1e-8,
  RIGHT - 1e-12,
  RIGHT - 1e-15,
];

const frames = (p: number, r: number, k: number): fc.Arbitrary<{ b: Matrix; w: Matrix }> =>
  fc.integer().map((seed) => {
    const rng = keyedStream(["frames", p, r, k, seed]);
    return { b: haarFrame(rng, p, r), w: haarFrame(rng, p, k) };
  });

test("hand-worked: the x axis against the diagonal, and against the y axis", () => {
  const x = fromRows([[1], [0]]);
  expect(principalAngles(x, fromRows([[Math.SQRT1_2], [Math.SQRT1_2]]))[0]).toBeCloseTo(Math.PI / 4, 15);
  expect([...principalAngles(x, fromRows([[0], [-1]]))]).toEqual([RIGHT]);
  expect([...principalAngles(x, x)]).toEqual([0]);
  expect(sinThetaSquared(x, fromRows([[0.8], [0.6]]))).toBeCloseTo(0.36, 15);
});

test("one angle at a time is read to 1e-14, from 1e-15 through pi/4 to pi/2 - 1e-15", () => {
  for (const angle of LADDER) {
    for (const p of [2, 3, 40]) {
      const { b, w } = framesAt([angle], p, angle);
      expect(Math.abs(principalAngles(b, w)[0]! - angle)).toBeLessThanOrEqual(1e-14);
      expect(Math.abs(sinThetaSquared(b, w) - Math.sin(angle) ** 2)).toBeLessThanOrEqual(1e-14);
    }
  }
});

test("many angles at once, tiny and near right ones together, are read to 1e-14", () => {
  for (let seed = 0; seed < 10; seed++) {
    const { b, w } = framesAt(LADDER, 60, seed);
    const angles = principalAngles(b, w);
    LADDER.forEach((angle, i) => {
      expect(Math.abs(angles[i]! - angle)).toBeLessThanOrEqual(1e-14);
    });
    const sum = LADDER.reduce((s, angle) => s + Math.sin(angle) ** 2, 0);
    expect(Math.abs(sinThetaSquared(b, w) - sum)).toBeLessThanOrEqual(LADDER.length * 1e-14);
  }
});

test("a tiny sin Theta keeps its relative accuracy: 1e-10 is not lost in 1 - cos^2", () => {
  const { b, w } = framesAt([1e-10], 30, "tiny");
  expect(Math.abs(sinThetaSquared(b, w) / 1e-20 - 1)).toBeLessThan(1e-4);
});

test("sinThetaSquared is the sum of sin^2 over the angles and lies in [0, r]", () => {
  law(
    fc
      .constantFrom([8, 3, 3], [8, 3, 1], [5, 5, 5], [6, 4, 2], [4, 3, 2], [3, 3, 1])
      .chain(([p, r, k]) => frames(p!, r!, k!)),
    ({ b, w }) => {
      const sum = principalAngles(b, w).reduce((s, angle) => s + Math.sin(angle) ** 2, 0);
      const value = sinThetaSquared(b, w);
      expect(Math.abs(value - sum)).toBeLessThan(1e-13);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(b.cols);
    },
    200,
  );
});

test("the distance of equal-dimensional subspaces is symmetric, and 0 to itself in any basis", () => {
  law(frames(9, 3, 3), ({ b, w }) => {
    const forth = principalAngles(b, w);
    const back = principalAngles(w, b);
    for (let i = 0; i < 3; i++) expect(Math.abs(forth[i]! - back[i]!)).toBeLessThan(1e-14);
    const turned = multiply(b, haarFrame(keyedStream(["turn", w.data[0]]), 3, 3));
    for (const angle of principalAngles(b, turned)) expect(angle).toBeLessThan(1e-14);
    expect(sinThetaSquared(b, turned)).toBeLessThan(1e-28);
  });
});

test("angles never depend on the bases or on a rotation of the whole space", () => {
  law(frames(7, 3, 2), ({ b, w }) => {
    const rng = keyedStream(["rotate", b.data[0]]);
    const angles = principalAngles(b, w);
    const space = haarFrame(rng, 7, 7);
    const moved = principalAngles(
      multiply(space, multiply(b, haarFrame(rng, 3, 3))),
      multiply(space, multiply(w, haarFrame(rng, 2, 2))),
    );
    for (let i = 0; i < 3; i++) expect(Math.abs(angles[i]! - moved[i]!)).toBeLessThan(2e-14);
  });
});

test("angles are ascending, and columns that are missing count as pi/2", () => {
  law(frames(9, 4, 2), ({ b, w }) => {
    const angles = principalAngles(b, w);
    expect(angles.length).toBe(4);
    for (let i = 1; i < 4; i++) expect(angles[i]!).toBeGreaterThanOrEqual(angles[i - 1]!);
    expect([angles[2], angles[3]]).toEqual([RIGHT, RIGHT]);
  });
  const b = haarFrame(keyedStream(["none"]), 5, 2);
  expect([...principalAngles(b, zeros(5, 0))]).toEqual([RIGHT, RIGHT]);
  expect(sinThetaSquared(b, zeros(5, 0))).toBe(2);
  // A frame inside the other: its own angles are 0.
  expect(principalAngles(b, columns(b, 1, 2))[0]).toBeLessThan(1e-15);
});

test("the sine of the largest angle satisfies the triangle inequality", () => {
  law(
    fc.tuple(frames(6, 2, 2), frames(6, 2, 2)),
    ([{ b, w }, { b: c }]) => {
      const gap = (x: Matrix, y: Matrix): number => Math.sin(principalAngles(x, y)[1]!);
      expect(gap(b, c)).toBeLessThanOrEqual(gap(b, w) + gap(w, c) + 1e-14);
    },
    200,
  );
});

test("subspaces that cannot be compared, and NaN, are errors", () => {
  expect(() => principalAngles(zeros(3, 1), zeros(4, 1))).toThrow(/received 3 x 1 and 4 x 1/);
  expect(() => sinThetaSquared(zeros(3, 1), zeros(3, 2))).toThrow(/dimension at most/);
  const bad = fromRows([[1], [Number.NaN]]);
  const good = fromRows([[1], [0]]);
  for (const measure of [principalAngles, sinThetaSquared]) {
    expect(() => measure(bad, good)).toThrow(/finite/);
    expect(() => measure(good, bad)).toThrow(/finite/);
  }
});
