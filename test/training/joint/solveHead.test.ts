import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { identity, type Matrix, matrix, rowView, transpose, zeros } from "../../../src/numerics/matrix.js";
import { dot, gramOfRows, multiply, multiplyTransposeRight, norm2 } from "../../../src/numerics/products.js";
import { haarFrame, normalMatrix, normalVector } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { solveTask } from "../../../src/training/gradient/solveTask.js";
import { equalWeights } from "../../../src/training/gradient/weightedSamples.js";
import { ballQuadratic } from "../../../src/training/joint/ballQuadratic.js";
import { frameNorm } from "../../../src/training/joint/frameNorm.js";
import { type HeadProblem, solveHead } from "../../../src/training/joint/solveHead.js";
import { lqNorm } from "../../../src/training/lqNorm.js";
import { law } from "../../helpers/law.js";
import { diagonal, matrixOf } from "../../helpers/matrices.js";

describe("ballQuadratic", () => {
  const cases = fc.integer({ min: 1, max: 4 }).chain((r) =>
    fc.record({
      factor: matrixOf(r, r),
      b: matrixOf(1, r),
      radius: fc.constantFrom(0.3, 1, 100),
      shift: fc.constantFrom(0, 1),
    }),
  );

  test("satisfies the optimality conditions: (H + lambda) y = b with lambda >= 0, complementary to the ball", () => {
    law(
      cases,
      ({ factor, b, radius, shift }) => {
        const r = b.cols;
        const h = gramOfRows(factor);
        for (let i = 0; i < r; i++) h.data[i * r + i]! += shift;
        const y = ballQuadratic(h, b.data, radius);
        const image = multiply(h, matrix(r, 1, y)).data;
        const rest = b.data.map((x, i) => x - image[i]!);
        const length = norm2(y);
        const scale = 1e-10 * (norm2(b.data) + norm2(h.data) * radius) + 1e-300;
        expect(length).toBeLessThanOrEqual(radius * (1 + 1e-12));
        const lambda = length < 1e-150 ? 0 : dot(rest, y) / (length * length);
        expect(lambda * radius).toBeGreaterThanOrEqual(-scale);
        rest.forEach((x, i) => {
          expect(Math.abs(x - lambda * y[i]!)).toBeLessThanOrEqual(scale);
        });
        if (length < radius * (1 - 1e-9)) expect(lambda * radius).toBeLessThanOrEqual(scale);
      },
      300,
    );
  });

  test("without curvature it is the direction of b, at the radius; with Infinity the whole space is the ball", () => {
    expect([...ballQuadratic(zeros(2, 2), Float64Array.of(3, -4), 2)]).toEqual([1.2, -1.6]);
    expect([...ballQuadratic(zeros(2, 2), Float64Array.of(0, 0), 2)]).toEqual([0, 0]);
    const free = ballQuadratic(diagonal([2, 5]), Float64Array.of(3, -4), Infinity);
    expect(free[0]).toBeCloseTo(1.5, 14);
    expect(free[1]).toBeCloseTo(-0.8, 14);
  });
});

describe("frameNorm", () => {
  const rng = keyedStream(["frame norm"]);
  const frame = transpose(haarFrame(rng, 9, 3));

  test.each([1, 1.2, 1.5, 2, 3, 7])(
    "k = %d: value, gradient, Hessian and slope in W are those of the norm",
    (k) => {
      const delta = 1e-3;
      const norm = frameNorm(k, delta);
      for (let run = 0; run < 5; run++) {
        const w = normalVector(rng, 3).map((x) => 3 * x);
        const { value, gradient, hessian, ambient } = norm(frame, w);
        const x = multiply(matrix(1, 3, w), frame).data;
        expect(value).toBeGreaterThanOrEqual(lqNorm(x, k) * (1 - 1e-14));
        expect(value).toBeLessThanOrEqual(lqNorm(x, k) + delta * 9 ** (1 / k) + 1e-12);
        // Steps well below delta, the length over which the function bends: error h^2/delta^2 + 1e-16/h.
        const h = 1e-6;
        for (let i = 0; i < 3; i++) {
          const at = (shift: number) => norm(frame, w.with(i, w[i]! + shift));
          expect(Math.abs((at(h).value - at(-h).value) / (2 * h) - gradient[i]!)).toBeLessThan(1e-6);
          for (let j = 0; j < 3; j++) {
            const slope = (at(h).gradient[j]! - at(-h).gradient[j]!) / (2 * h);
            expect(Math.abs(slope - hessian.data[3 * i + j]!)).toBeLessThan(1e-4 * (1 + norm2(hessian.data)));
          }
        }
        if (k === 2) expect(ambient).toBeNull();
        else {
          for (let j = 0; j < 27; j++) {
            const at = (shift: number): number =>
              norm({ ...frame, data: frame.data.with(j, frame.data[j]! + shift) }, w).value;
            const slope = (at(h) - at(-h)) / (2 * h);
            expect(Math.abs(slope - ambient![j % 9]! * w[Math.floor(j / 9)]!)).toBeLessThan(1e-5);
          }
        }
      }
    },
  );

  test("scales: no power of a large or tiny head overflows or vanishes", () => {
    const w = Float64Array.of(1, -2, 0.5);
    const plain = frameNorm(3, 0)(frame, w);
    for (const c of [1e-120, 1e120]) {
      const far = frameNorm(3, 0)(
        frame,
        w.map((x) => c * x),
      );
      expect(far.value / c / plain.value).toBeCloseTo(1, 12);
      expect(far.gradient[1]! / plain.gradient[1]!).toBeCloseTo(1, 12);
    }
    expect(frameNorm(2, 0)(frame, new Float64Array(3)).value).toBe(0);
  });
});

const BALL = { kind: "ball" } as const;
const RIDGE = { kind: "ridge", lambda: 0.7 } as const;

/** n samples of a task in R^r with a mean that no attack below filters. */
function pointsOf(key: unknown, n: number, r: number): Matrix {
  const points = normalMatrix(keyedStream(["points", key]), n, r);
  for (let i = 0; i < n; i++) rowView(points, i)[0]! += 3;
  return points;
}

function headProblem(points: Matrix, changes: Partial<HeadProblem>): HeadProblem {
  const { weights } = equalWeights(points);
  const frame = identity(points.cols);
  const euclidean = frameNorm(2, 0);
  const norm: HeadProblem["norm"] = (w) => euclidean(frame, w);
  return { points, weights, loss: marginLoss("logistic"), radius: 0, norm, regularization: BALL, ...changes };
}

describe("solveHead", () => {
  const cases = (["linear", "logistic", "squared-hinge"] as const).flatMap((loss) =>
    [BALL, RIDGE].flatMap((regularization) =>
      [0, 0.1, 0.6].map((radius) => ({ loss, regularization, radius })),
    ),
  );

  test.each(cases)(
    "$loss, $regularization.kind, l2 attack of radius $radius: the proximal gradient solver's answer",
    ({ loss, regularization, radius }) => {
      for (const [n, r] of [
        [1, 2],
        [12, 1],
        [25, 4],
      ] as const) {
        const points = pointsOf([n, r], n, r);
        const problem = headProblem(points, { loss: marginLoss(loss), regularization, radius });
        const head = solveHead(
          problem,
          Float64Array.from({ length: r }, (_, i) => 1e-3 / (1 + i)),
        );
        const other = solveTask(equalWeights(points), marginLoss(loss), { norm: 2, radius }, regularization, {
          maxIterations: 20000,
        });
        expect(head.converged).toBe(true);
        expect(Math.abs(head.value - other.value)).toBeLessThan(1e-11);
        // A squared hinge that vanishes has many minimisers.
        head.w.forEach((x, i) => {
          if (head.value > 1e-12 || loss !== "squared-hinge")
            expect(Math.abs(x - other.beta[i]!)).toBeLessThan(1e-5);
        });
        expect(norm2(head.w)).toBeLessThan(regularization.kind === "ball" ? 1 + 1e-14 : Infinity);
        // What the samples weigh is minus the slope of the loss at the attacked margin.
        const margin = dot(rowView(points, 0), head.w) - radius * norm2(head.w);
        expect(head.sampleWeights[0]! * n).toBeCloseTo(-marginLoss(loss).slope(margin), 12);
      }
    },
  );

  test.each([1, 1.5, 4])("under an attack with q* = %d no head on a fine grid of the disc is better", (k) => {
    const frame = transpose(haarFrame(keyedStream(["disc"]), 6, 2));
    const smooth = frameNorm(k, 1e-5);
    for (const loss of ["linear", "logistic"] as const) {
      const points = multiplyTransposeRight(pointsOf("disc", 8, 6), frame);
      const weights = equalWeights(points).weights;
      const radius = 0.15;
      const problem = headProblem(points, { loss: marginLoss(loss), radius, norm: (w) => smooth(frame, w) });
      const head = solveHead(problem, Float64Array.of(1e-3, 1e-3));
      expect(head.converged).toBe(true);
      const exact = (w: Float64Array): number => {
        const lost = radius * lqNorm(multiply(matrix(1, 2, w), frame).data, k);
        let sum = 0;
        for (let i = 0; i < 8; i++)
          sum += weights[i]! * marginLoss(loss).value(dot(rowView(points, i), w) - lost);
        return sum;
      };
      let best = Infinity;
      for (let i = 0; i < 400; i++) {
        for (let j = 1; j <= 50; j++) {
          const [angle, length] = [(2 * Math.PI * i) / 400, j / 50];
          best = Math.min(best, exact(Float64Array.of(length * Math.cos(angle), length * Math.sin(angle))));
        }
      }
      // The smoothing costs at most radius delta p^{1/k}; the grid misses the minimum by the square of its step.
      expect(exact(head.w)).toBeLessThan(best + 1e-5);
      expect(exact(head.w)).toBeGreaterThan(best - 2e-3);
    }
  });

  test("beside kinks that are smoothed over a thousandth of their distance, heads are solved all the same", () => {
    const frame = transpose(haarFrame(keyedStream(["kinks"]), 40, 2));
    // Half of the rows nearly vanish, as they do at the optimum under an l_inf attack.
    for (let j = 0; j < 20; j++) for (const i of [0, 1]) frame.data[i * 40 + j]! *= 1e-4;
    for (const delta of [1e-3, 1e-5]) {
      const smooth = frameNorm(1, delta);
      for (let k = 0; k < 20; k++) {
        const points = pointsOf(["kinks", k], 1, 2);
        const radius = 0.2 + 0.03 * k;
        const problem = headProblem(points, {
          loss: marginLoss("linear"),
          radius,
          norm: (w) => smooth(frame, w),
        });
        const head = solveHead(
          problem,
          points.data.map((x) => 1e-3 * x),
        );
        expect(head.converged).toBe(true);
        // No head on the circle or at 0 is better than the one found, up to the smoothing.
        let best = 0;
        for (let i = 0; i < 360; i++) {
          const w = Float64Array.of(Math.cos((Math.PI * i) / 180), Math.sin((Math.PI * i) / 180));
          best = Math.min(
            best,
            radius * lqNorm(multiply(matrix(1, 2, w), frame).data, 1) - dot(w, points.data),
          );
        }
        expect(head.value).toBeLessThan(best + radius * delta * 40 + 1e-9);
      }
    }
  });
});
