import { describe, expect, test } from "vitest";
import { fromRows } from "../../../src/numerics/matrix.js";
import type { MarginLoss } from "../../../src/training/gradient/marginLoss.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { type HeadProblem, solveHead } from "../../../src/training/joint/solveHead.js";

/** One sample z = `scale` in R^1, no attack, no regularisation, the whole line as the ball; counts evaluations of the loss. */
function lineProblem(scale: number, loss: Partial<MarginLoss>) {
  const seen: number[] = [];
  const value = loss.value ?? (() => 0);
  const problem: HeadProblem = {
    points: fromRows([[scale]]),
    weights: Float64Array.of(1),
    loss: { ...marginLoss("linear"), ...loss, value: (m) => { seen.push(m); return value(m); } }, // biome-ignore format: one line
    radius: 0,
    norm: () => ({ value: 0, gradient: Float64Array.of(0), hessian: fromRows([[0]]), majorant: fromRows([[0]]), ambient: null }), // biome-ignore format: one line
    regularization: { kind: "ridge", lambda: 0 },
  };
  return { problem, seen };
}

/** (1 - m)^2 / 2, whose curvature is said to be `bend` times what it is: steps are by 1/bend of the way. */
const parabola = (bend: number): Partial<MarginLoss> => ({
  value: (m) => (1 - m) ** 2 / 2,
  slope: (m) => m - 1,
  curvature: () => bend,
});

describe("solveHead on a line", () => {
  test("a quadratic loss is solved by one step; the second finds nothing to gain, is taken, and is the last", () => {
    const { problem, seen } = lineProblem(1, parabola(1));
    const head = solveHead(problem, Float64Array.of(0.25));
    expect(seen).toEqual([0.25, 1, 1]);
    expect(head).toMatchObject({ converged: true, value: 0 });
    expect([...head.w]).toEqual([1]);
  });

  test("it stops when a step gains less than 1e-15 of what a head could gain, and takes that step", () => {
    // The error halves with every step, and a step gains error^2 / 2 to first order.
    const { problem, seen } = lineProblem(1, parabola(2));
    const { w, converged } = solveHead(problem, Float64Array.of(0));
    let error = 1;
    let steps = 0;
    while (error ** 2 / 2 > 1e-15) {
      error /= 2;
      steps++;
    }
    expect(seen).toHaveLength(1 + steps + 1);
    expect([...w]).toEqual([1 - error / 2]);
    expect(converged).toBe(true);
  });

  test("what could be gained is -l'(0) ||mean||: longer samples are solved to a share of more", () => {
    for (const scale of [1e4, 1e-4]) {
      // In margins, error^2 / 2 a step, beside a possible gain of `scale`.
      const { problem, seen } = lineProblem(scale, parabola(2));
      solveHead(problem, Float64Array.of(0));
      let steps = 0;
      while (2 ** (-2 * steps) / 2 > 1e-15 * scale) steps++;
      expect(seen).toHaveLength(1 + steps + 1);
    }
  });

  test("it stops when a step is nothing beside w, however much it gains", () => {
    // Half of the way a step; a gain of 1e12 error^2 beside a possible gain of 1 is above 1e-15 at errors of 1e-13.
    const { problem, seen } = lineProblem(1, {
      value: (m) => 1e12 * (1 - m) ** 2,
      slope: (m) => (m === 0 ? -1 : 2e12 * (m - 1)),
      curvature: () => 4e12,
    });
    const { converged } = solveHead(problem, Float64Array.of(0.5));
    // w - 1 = -2^-k before step k: the step is 2^-(k+1), at most 1e-13 from k = 43 on.
    expect(seen).toHaveLength(1 + 43);
    expect(converged).toBe(true);
  });

  test.each([
    // After 99 steps the error is (1 - 1/bend)^99: what the next one gains, error^2 / bend, is beside 1 below or above 1e-9.
    [8, 1, true],
    [20, 1, false],
    // The same in samples that could gain more, or less.
    [16, 1, false],
    [16, 1e4, true],
    [8, 1e-4, false],
  ])("after a hundred steps of 1/%d of the way, samples of length %d: solved? %s", (bend, scale, solved) => {
    const { problem, seen } = lineProblem(scale, parabola(bend));
    const { w, converged } = solveHead(problem, Float64Array.of(0));
    expect(converged).toBe(solved);
    expect(seen).toHaveLength(101);
    expect(w[0]! * scale).toBeCloseTo(1 - (1 - 1 / bend) ** 99, 10);
  });

  test("without a step that descends the head is where it was, and is not solved", () => {
    // The slope has the wrong sign: every step ascends, four of Newton's and forty of the majorant's.
    const { problem, seen } = lineProblem(1, { ...parabola(1), slope: (m) => 1 - m - 2 * (m === 0 ? 1 : 0) });
    const head = solveHead(problem, Float64Array.of(0.5));
    expect([...head.w]).toEqual([0.5]);
    expect(head.converged).toBe(false);
    expect(seen).toHaveLength(1 + 4 + 40);
    expect(seen[1]! - 0.5).toBeCloseTo(2 * (seen[2]! - 0.5), 15);
  });
});

/** max <w, 1> - psi(w), psi = w^2 / 2 with the second derivatives that one says: the minimum of w^2/2 - w is at 1. */
function normProblem(hessian: number, majorant: number) {
  const seen: number[] = [];
  const { problem } = lineProblem(1, { value: (m) => -m, slope: () => -1 });
  const norm: HeadProblem["norm"] = (w) => {
    seen.push(w[0]!);
    return {
      value: w[0]! ** 2 / 2,
      gradient: w.slice(),
      hessian: fromRows([[hessian]]),
      majorant: fromRows([[majorant]]),
      ambient: null,
    };
  };
  return { problem: { ...problem, radius: 1, norm }, seen };
}

describe("solveHead where Newton's steps are too long", () => {
  test("halves them, as often as four times in all", () => {
    // From 0 the full step is to 4; to 2 the value is the same, which is no descent; to 1 is the minimum.
    const { problem, seen } = normProblem(1 / 4, 1);
    const { converged } = solveHead(problem, Float64Array.of(0));
    expect(seen.slice(0, 4)).toEqual([0, 4, 2, 1]);
    expect(seen).toHaveLength(4 + 1);
    expect(converged).toBe(true);
  });

  test("asks for a ten-thousandth of the first-order gain of the step that is taken, not of another", () => {
    // An eighth of the step is 1.99 of the way to the minimum: it gains 0.5 % of what it promises.
    const { problem, seen } = normProblem(1 / 15.92, 1);
    solveHead(problem, Float64Array.of(0));
    expect(seen.slice(0, 5).map((w) => w / 1.99)).toEqual([0, 8, 4, 2, 1].map((x) => expect.closeTo(x, 12)));
    expect(seen[5]).not.toBeCloseTo(1, 3);
  });

  test("goes over to the majorant when none of the four descends", () => {
    const { problem, seen } = normProblem(1 / 100, 1);
    const { w, converged } = solveHead(problem, Float64Array.of(0));
    expect(seen.map((x) => Math.round(10 * x) / 10)).toEqual([0, 100, 50, 25, 12.5, 1, 1]);
    expect([...w]).toEqual([1]);
    expect(converged).toBe(true);
    // A majorant that is too small itself is halved like Newton's step, more often.
    const { problem: steep, seen: more } = normProblem(1 / 100, 1 / 50);
    solveHead(steep, Float64Array.of(0));
    expect(more.slice(5, 12)).toEqual([50, 25, 12.5, 6.25, 3.125, 1.5625, expect.anything()]);
  });
});
