import { describe, expect, test } from "vitest";
import { fromRows } from "../../../src/numerics/matrix.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { type MarginLoss, marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { solveTask } from "../../../src/training/gradient/solveTask.js";
import { equalWeights } from "../../../src/training/gradient/weightedSamples.js";
import { BALL, ridge } from "./samples.js";

type Vector = readonly number[];

const add = (a: Vector, c: number, b: Vector): number[] => a.map((x, j) => x + c * b[j]!);
const inner = (a: Vector, b: Vector): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0);
const length = (a: Vector): number => Math.sqrt(inner(a, a));

interface Task {
  readonly z: readonly Vector[];
  readonly weights: Vector;
  readonly loss: MarginLoss;
  /** Of an l2 attack. */
  readonly eps: number;
  /** null: the unit ball. */
  readonly lambda: number | null;
}

/**
 * The accelerated proximal gradient method written down plainly, for l2 attacks: the iterates, how often momentum restarted, and by which factors (before
 * they are kept within 0.1 and 0.7) steps were cut.
 */
function iterates({ z, weights, loss, eps, lambda }: Task, count: number) {
  const sum = (c: Vector): number[] => z[0]!.map((_, j) => inner(c, z.map((row) => row[j]!))); // biome-ignore format: one line
  const marginsAt = (beta: Vector): number[] => z.map((row) => inner(row, beta) - eps * length(beta));
  let x: Vector = z[0]!.map(() => 0);
  let before = x;
  let momentum = 1;
  let step = 1 / (-loss.slope(0) * length(sum(weights)));
  const found: Vector[] = [];
  const cuts: number[] = [];
  let restarts = 0;
  while (found.length < count) {
    const next = (1 + Math.sqrt(1 + 4 * momentum ** 2)) / 2;
    const y = add(x, (momentum - 1) / next, add(x, -1, before));
    momentum = next;
    const margins = marginsAt(y);
    const alpha = margins.map((m, i) => -weights[i]! * loss.slope(m));
    const total = alpha.reduce((a, b) => a + b);
    for (;;) {
      const far = add(y, step, sum(alpha));
      // Less its projection on the l2 ball of radius step eps total.
      const rest = far.map((v) => v * Math.max(0, 1 - (step * eps * total) / length(far)));
      const shrink = lambda === null ? Math.max(1, length(rest)) : 1 + step * lambda;
      const beta = rest.map((v) => v / shrink);
      const bend = marginsAt(beta).reduce(
        (s, m, i) => s + weights[i]! * loss.curvature(margins[i]!, m) * (m - margins[i]!) ** 2,
        0,
      );
      const moved = length(add(beta, -1, y)) ** 2;
      if (step * bend <= moved) {
        before = x;
        x = beta;
        break;
      }
      const cut = (0.9 * moved) / (step * bend);
      cuts.push(cut);
      step *= Math.min(0.7, Math.max(0.1, cut));
    }
    if (inner(add(y, -1, x), add(x, -1, before)) > 0) {
      momentum = 1;
      restarts++;
    }
    step *= 1.3;
    found.push(x);
  }
  return { found, restarts, cuts };
}

function taskOf(seed: number, changes: Partial<Task>, scale = 1): Task {
  const rng = keyedStream(["solveTask steps", seed]);
  const z = [0, 1, 2, 3, 4].map(() => [1.5, 0, 0].map((mean) => scale * (mean + rng.normal())));
  return {
    z,
    weights: [0.1, 0.2, 0.3, 0.25, 0.15],
    loss: marginLoss("logistic"),
    eps: 0,
    lambda: null,
    ...changes,
  };
}

function solvedTo(task: Task, maxIterations: number) {
  const samples = {
    points: fromRows(task.z.map((row) => [...row])),
    weights: Float64Array.from(task.weights),
  };
  const regularization = task.lambda === null ? BALL : ridge(task.lambda);
  const attack = { norm: 2, radius: task.eps };
  // A tolerance that nothing meets: every iterate can be asked for.
  return solveTask(samples, task.loss, attack, regularization, { maxIterations, tolerance: 1e-300 });
}

describe("solveTask", () => {
  const hinge = marginLoss("squared-hinge");
  test.each([
    ["logistic, ball", taskOf(1, {})],
    ["logistic, ball, attack", taskOf(1, { eps: 0.3 })],
    ["logistic, ridge, attack", taskOf(1, { eps: 0.3, lambda: 0.05 })],
    ["squared hinge, ridge, large samples", taskOf(1, { loss: hinge, lambda: 1, eps: 9 }, 30)],
    ["linear, ridge, attack", taskOf(1, { loss: marginLoss("linear"), lambda: 2, eps: 0.3 })],
  ])("%s: every iterate is the one of the method written down plainly", (_, task) => {
    const { found } = iterates(task, 14);
    for (const k of [1, 2, 3, 5, 9, 14]) {
      const { beta, iterations, status } = solvedTo(task, k);
      // The linear loss is solved by its first long step.
      if (iterations < k) expect(status).toBe("converged");
      const off = add([...beta], -1, found[iterations - 1]!);
      expect(length(off)).toBeLessThan(1e-10 * length(found[iterations - 1]!));
    }
  });

  test("it stops at the first iterate whose gap is within the tolerance of what training gains", () => {
    const task = taskOf(1, { eps: 0.3 });
    const samples = {
      points: fromRows(task.z.map((row) => [...row])),
      weights: Float64Array.from(task.weights),
    };
    for (const tolerance of [1e-2, 1e-5]) {
      const attack = { norm: 2, radius: 0.3 };
      const { iterations, gap, strength } = solveTask(samples, task.loss, attack, BALL, { tolerance });
      expect(gap).toBeLessThanOrEqual(tolerance * strength * (1 + 1e-9));
      const before = solvedTo(task, iterations - 1);
      expect(before.gap).toBeGreaterThan(tolerance * before.strength);
    }
  });

  test("these iterates restart the momentum, and cut steps by every kind of factor", () => {
    const one = iterates(taskOf(1, { eps: 0.3, lambda: 0.05 }), 14);
    const other = iterates(taskOf(1, { loss: hinge, lambda: 1, eps: 9 }, 30), 14);
    expect(one.restarts).toBeGreaterThan(0);
    const cuts = [...one.cuts, ...other.cuts];
    for (const [low, high] of [
      [0, 0.1],
      [0.1, 0.7],
      [0.7, 0.9],
    ] as const) {
      // biome-ignore format: one line
      expect(cuts.filter((cut) => low < cut && cut < high).length).toBeGreaterThan(0);
    }
  });

  test("separable means that every margin is positive: a sample at 0 has margin 0 for ever", () => {
    const samples = equalWeights(fromRows([[2, 1], [0, 0]])); // biome-ignore format: two rows
    const none = { kind: "none" } as const;
    expect(solveTask(samples, marginLoss("logistic"), null, none, { maxIterations: 3 }).status).toBe(
      "iteration-limit",
    );
    const apart = equalWeights(fromRows([[2, 1], [0.1, 0]])); // biome-ignore format: two rows
    expect(solveTask(apart, marginLoss("logistic"), null, none).status).toBe("separable");
  });
});
