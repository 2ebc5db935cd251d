import { expect, test } from "vitest";
import { minimizeConvex, type ValueAndGradient } from "../../../src/deep/target/lbfgs.js";
import { dot } from "../../../src/numerics/products.js";
import { keyedStream } from "../../../src/random/keyedStream.js";

/** sum_i c_i (x_i - m_i)^2 / 2. */
const quadratic =
  (curvatures: readonly number[], minimum: readonly number[]) =>
  (x: Float64Array): ValueAndGradient => {
    const gradient = x.map((xi, i) => curvatures[i]! * (xi - minimum[i]!));
    return { value: 0.5 * gradient.reduce((sum, g, i) => sum + g * (x[i]! - minimum[i]!), 0), gradient };
  };

test("a quadratic with condition number 1e6 is minimised from anywhere to the tolerance", () => {
  const rng = keyedStream(["test lbfgs quadratic"]);
  const curvatures = Array.from({ length: 12 }, (_, i) => 10 ** (-3 + (6 * i) / 11));
  const minimum = curvatures.map(() => rng.normal());
  for (let run = 0; run < 5; run++) {
    const start = Float64Array.from(minimum, () => 10 * rng.normal());
    const before = start.slice();
    const found = minimizeConvex(quadratic(curvatures, minimum), start, { tolerance: 1e-10 });
    expect(found.converged).toBe(true);
    expect(found.gradientNorm).toBeLessThanOrEqual(1e-10);
    // |x - m| <= |gradient| / smallest curvature.
    found.point.forEach((x, i) => {
      expect(Math.abs(x - minimum[i]!)).toBeLessThan(1.01e-7);
    });
    expect(start).toEqual(before);
  }
});

test("the diagonal of the inverse Hessian solves a diagonal problem in one step, and a wrong one still leads to the minimum", () => {
  const curvatures = [1e4, 1, 1e-2];
  const objective = quadratic(curvatures, [1, 2, 3]);
  const start = new Float64Array(3);
  const exact = Float64Array.from(curvatures, (c) => 1 / c);
  const right = minimizeConvex(objective, start, { inverseDiagonal: exact });
  expect(right.iterations).toBe(1);
  expect(right.converged).toBe(true);
  const wrong = minimizeConvex(objective, start, {
    inverseDiagonal: Float64Array.of(1, 1e-3, 50),
    tolerance: 1e-9,
  });
  expect(wrong.converged).toBe(true);
  [1, 2, 3].forEach((x, i) => {
    expect(wrong.point[i]).toBeCloseTo(x, 6);
  });
});

test("a function that is not quadratic: the minimum of exp(x) + exp(-2x) + y^4 + y^2, from steep and from flat starts", () => {
  const objective = ([x, y]: Float64Array): ValueAndGradient => ({
    value: Math.exp(x!) + Math.exp(-2 * x!) + y! ** 4 + y! ** 2,
    gradient: Float64Array.of(Math.exp(x!) - 2 * Math.exp(-2 * x!), 4 * y! ** 3 + 2 * y!),
  });
  for (const start of [Float64Array.of(20, 30), Float64Array.of(-10, -8), Float64Array.of(0, 1e-3)]) {
    const found = minimizeConvex(objective, start, { tolerance: 1e-12 });
    expect(found.converged).toBe(true);
    expect(found.point[0]).toBeCloseTo(Math.log(2) / 3, 11);
    expect(found.point[1]).toBeCloseTo(0, 11);
    expect(found.value).toBeLessThanOrEqual(objective(start).value);
  }
});

test("a long way down a slope without curvature is gone in doublings, not in unit steps", () => {
  const found = minimizeConvex(
    ([x]) => ({ value: Math.sqrt(1 + x! ** 2), gradient: Float64Array.of(x! / Math.sqrt(1 + x! ** 2)) }),
    Float64Array.of(1e6),
  );
  expect(found.converged).toBe(true);
  expect(found.point[0]).toBeCloseTo(0, 7);
  expect(found.evaluations).toBeLessThan(150);
});

test("what is reported is of the point that is returned, converged or not", () => {
  const objective = quadratic([1, 100], [3, -1]);
  const cut = minimizeConvex(objective, Float64Array.of(50, 50), { maxIterations: 2 });
  expect(cut.converged).toBe(false);
  expect(cut.iterations).toBe(2);
  const { value, gradient } = objective(cut.point);
  expect(cut.value).toBe(value);
  expect(cut.gradientNorm).toBeCloseTo(Math.sqrt(dot(gradient, gradient)), 10);
  // A gradient that no point has: the slope of |x| + x^2 / 2, which is nowhere small but at 0.
  const kink = minimizeConvex(
    (x) => ({
      value: Math.abs(x[0]!) + x[0]! ** 2 / 2,
      gradient: Float64Array.of(x[0]! + (x[0]! < 0 ? -1 : 1)),
    }),
    Float64Array.of(0.7),
  );
  expect(kink.converged).toBe(false);
  expect(Math.abs(kink.point[0]!)).toBeLessThan(1e-6);
});

test("at the minimum nothing is done", () => {
  const found = minimizeConvex(quadratic([1], [2]), Float64Array.of(2));
  expect(found).toMatchObject({ converged: true, iterations: 0, evaluations: 1, value: 0 });
});
