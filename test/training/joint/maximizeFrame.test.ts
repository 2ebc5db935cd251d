import { describe, expect, test } from "vitest";
import { fromRows, type Matrix, transpose } from "../../../src/numerics/matrix.js";
import { sinThetaSquared } from "../../../src/numerics/principalAngles.js";
import { multiply, multiplyTransposeRight } from "../../../src/numerics/products.js";
import { orthonormalityError, symmetricEigen } from "../../../src/numerics/small.js";
import { haarFrame, normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import type { FrameObjective } from "../../../src/training/joint/frameObjective.js";
import { jointSubspace } from "../../../src/training/joint/jointSubspace.js";
import { maximizeFrame } from "../../../src/training/joint/maximizeFrame.js";

/** tr(W S W^T), whose maximum is the sum of the leading eigenvalues of S. */
function quadratic(s: Matrix): FrameObjective {
  return (frame) => {
    const image = multiply(frame, s);
    const products = multiplyTransposeRight(image, frame);
    let value = 0;
    for (let i = 0; i < frame.rows; i++) value += products.data[i * frame.rows + i]!;
    return { value, gradient: { ...image, data: image.data.map((x) => 2 * x) } };
  };
}

const frameOf = (key: unknown, d: number, r: number): Matrix =>
  transpose(haarFrame(keyedStream(["start", key]), d, r));

function symmetric(d: number, shift: number): Matrix {
  const x = normalMatrix(keyedStream(["symmetric", d]), d, d);
  const s = { ...x, data: x.data.slice() };
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      s.data[i * d + j] = x.data[i * d + j]! + x.data[j * d + i]! + (i === j ? shift : 0);
  return s;
}

describe("maximizeFrame", () => {
  // The shift makes S positive definite, negative definite or neither: the scaling by gradient frame^T must bear all.
  test.each([40, 0, -40])("finds the leading eigenvectors of a symmetric matrix, shift %i", (shift) => {
    const s = symmetric(12, shift);
    const { values, vectors } = symmetricEigen(s);
    for (const r of [1, 3]) {
      const found = maximizeFrame(quadratic(s), frameOf(r, 12, r));
      expect(found.converged).toBe(true);
      expect(found.relativeGradient).toBeLessThan(1e-10);
      expect(found.value).toBeCloseTo(
        values.slice(0, r).reduce((a, b) => a + b),
        10,
      );
      const leading = multiply(vectors, { rows: 12, cols: r, data: unitColumns(12, r) });
      expect(sinThetaSquared(leading, transpose(found.frame))).toBeLessThan(1e-16);
      expect(orthonormalityError(transpose(found.frame))).toBeLessThan(1e-14);
    }
  });

  test("the curvature that is remembered counts: far fewer steps than steepest ascent needs", () => {
    // Eigenvalues from 1 to 1000, the two leading ones 1 % apart.
    const s: Matrix = { rows: 40, cols: 40, data: new Float64Array(1600) };
    for (let i = 0; i < 40; i++) s.data[41 * i] = 1000 * 0.99 ** (i * 3);
    const found = maximizeFrame(quadratic(s), frameOf("hard", 40, 2));
    expect(found.converged).toBe(true);
    expect(found.iterations).toBeLessThan(60);
    expect(found.evaluations).toBeLessThan(2 * found.iterations);
    // The power method: (0.97)^(2 k) = 1e-10 after 380 steps.
  });

  test("never descends, and counts what it evaluates", () => {
    const s = symmetric(9, 0);
    const seen: number[] = [];
    const objective: FrameObjective = (frame) => {
      const result = quadratic(s)(frame);
      seen.push(result.value);
      return result;
    };
    const start = frameOf("counted", 9, 2);
    const found = maximizeFrame(objective, start);
    expect(found.evaluations).toBe(seen.length);
    let last = seen[0]!;
    for (let k = 1; k <= 10; k++) {
      const { value, iterations } = maximizeFrame(quadratic(s), start, { maxIterations: k });
      expect(iterations).toBe(k);
      expect(value).toBeGreaterThan(last);
      last = value;
    }
    expect(found.value).toBeGreaterThan(last);
  });

  test("what did not converge says so; a stationary start is returned as it is; so is any start of a flat function", () => {
    const s = symmetric(9, 0);
    expect(maximizeFrame(quadratic(s), frameOf(1, 9, 2), { maxIterations: 2 }).converged).toBe(false);
    const loose = maximizeFrame(quadratic(s), frameOf(1, 9, 2), { tolerance: 0.1 });
    expect(loose.converged).toBe(true);
    expect(loose.relativeGradient).toBeGreaterThan(1e-6);
    const whole = frameOf(2, 9, 9);
    expect(maximizeFrame(quadratic(s), whole)).toMatchObject({
      frame: whole,
      iterations: 0,
      converged: true,
    });
    const flat: FrameObjective = (frame) => ({
      value: 0,
      gradient: { ...frame, data: new Float64Array(frame.data.length) },
    });
    expect(maximizeFrame(flat, whole)).toMatchObject({ iterations: 0, relativeGradient: 0, converged: true });
  });

  test("a gradient that is none ends without convergence, not in a loop", () => {
    const wrong: FrameObjective = (frame) => {
      const { value, gradient } = quadratic(symmetric(9, 0))(frame);
      return { value, gradient: { ...gradient, data: gradient.data.map((x) => -x) } };
    };
    const found = maximizeFrame(wrong, frameOf(3, 9, 2));
    expect(found.converged).toBe(false);
    expect(found.evaluations).toBeLessThan(200);
  });
});

describe("a frame in whose span nothing is", () => {
  const along: FrameObjective = (frame) => {
    const x = frame.data[0]!;
    return { value: 3 * Math.abs(x), gradient: fromRows([[x < 0 ? -3 : 3, 0, 0]]) };
  };

  test("is left in the direction of the gradient, by 45 degrees first", () => {
    const frames: Matrix[] = [];
    const objective: FrameObjective = (frame) => {
      frames.push(frame);
      return along(frame);
    };
    const found = maximizeFrame(objective, fromRows([[0, 1, 0]]));
    expect([...frames[1]!.data]).toEqual([Math.SQRT1_2, Math.SQRT1_2, 0].map((x) => expect.closeTo(x, 14)));
    expect(found).toMatchObject({ converged: true });
    expect(found.value).toBeCloseTo(3, 12);
  });

  test("joint training from a start that is orthogonal to every mean finds what it finds from others", () => {
    const means = fromRows([[3, 0, 0], [2, 1, 0], [1, 1, 0]]); // biome-ignore format: rows
    const lost = jointSubspace(means, 1, 0, { starts: () => [fromRows([[0, 0, 1]])] });
    expect(lost.converged).toBe(true);
    expect(lost.value).toBeCloseTo(jointSubspace(means, 1, 0).value, 12);
  });
});

function unitColumns(d: number, r: number): Float64Array {
  const data = new Float64Array(d * r);
  for (let j = 0; j < r; j++) data[j * r + j] = 1;
  return data;
}
