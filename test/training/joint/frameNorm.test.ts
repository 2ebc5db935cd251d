import { expect, test } from "vitest";
import { fromRows, type Matrix, matrix, transpose } from "../../../src/numerics/matrix.js";
import { multiply, multiplyTransposeRight } from "../../../src/numerics/products.js";
import { haarFrame, normalVector } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { frameNorm } from "../../../src/training/joint/frameNorm.js";

const rng = keyedStream(["frame norm laws"]);
const frame = transpose(haarFrame(rng, 5, 2));

const quadratic = (m: Matrix, d: Float64Array): number => {
  const row = matrix(1, d.length, d);
  return multiplyTransposeRight(multiply(row, m), row).data[0]!;
};

test.each([1, 1.3, 1.9])("k = %d: the norm lies below the parabola of its majorant, everywhere", (k) => {
  for (const delta of [1e-3, 0.3]) {
    const norm = (w: Float64Array) => frameNorm(k, delta)(frame, w);
    const w = normalVector(rng, 2);
    const { value, gradient, majorant, hessian } = norm(w);
    expect(majorant).not.toBe(hessian);
    for (let run = 0; run < 20; run++) {
      const step = normalVector(rng, 2).map((x) => 4 ** ((run % 8) - 4) * x);
      const bound =
        value + step.reduce((sum, x, i) => sum + x * gradient[i]!, 0) + quadratic(majorant, step) / 2;
      expect(norm(w.map((x, i) => x + step[i]!)).value).toBeLessThanOrEqual(bound + 1e-13);
    }
    // Back to -w, where the norm is the same, the parabola of k = 1 is off by the smoothing alone.
    const back = w.map((x) => -2 * x);
    const there =
      value + back.reduce((sum, x, i) => sum + x * gradient[i]!, 0) + quadratic(majorant, back) / 2;
    expect(there).toBeCloseTo(value, 12);
  }
});

test("k = 1: the majorant is F diag(1 / sqrt(x^2 + delta^2)) F^T, in any unit", () => {
  const delta = 0.1;
  for (const unit of [1, 1e-3, 1e3]) {
    const w = Float64Array.of(3 * unit, -4 * unit);
    const { majorant } = frameNorm(1, delta * unit)(fromRows([[1, 0, 0], [0, 1, 0]]), w); // biome-ignore format: one line
    const expected = [1 / Math.hypot(3, delta), 0, 0, 1 / Math.hypot(4, delta)].map((x) => x / unit);
    majorant.data.forEach((x, i) => {
      expect(x * unit).toBeCloseTo(expected[i]! * unit, 14);
    });
  }
});

test("k >= 2: the Hessian is its own majorant", () => {
  for (const k of [2, 2.5, 7]) {
    const { majorant, hessian } = frameNorm(k, 0)(frame, Float64Array.of(1, 2));
    expect(majorant).toBe(hessian);
  }
});

test("k = 2 at w = 0: value, gradient and Hessian 0", () => {
  const { value, gradient, hessian } = frameNorm(2, 0)(frame, new Float64Array(2));
  expect([value, ...gradient, ...hessian.data]).toEqual([0, 0, 0, 0, 0, 0, 0]);
});
