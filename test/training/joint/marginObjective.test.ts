import { describe, expect, test } from "vitest";
import { fromRows, type Matrix, rowView, transpose } from "../../../src/numerics/matrix.js";
import { multiplyTransposeRight } from "../../../src/numerics/products.js";
import { haarFrame, normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { type MarginLoss, marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { solveTask } from "../../../src/training/gradient/solveTask.js";
import { equalWeights, type WeightedSamples } from "../../../src/training/gradient/weightedSamples.js";
import { type JointLoss, marginObjective } from "../../../src/training/joint/marginObjective.js";

const BALL = { kind: "ball" } as const;
const rng = keyedStream(["margin objective"]);
const frame = transpose(haarFrame(rng, 4, 2));
const tasks: readonly WeightedSamples[] = [0, 1, 2].map((t) => {
  const points = normalMatrix(rng, 3, 4);
  for (let i = 0; i < 3; i++) rowView(points, i)[t]! += 2;
  return equalWeights(points);
});
const joint = (changes: Partial<JointLoss> = {}): JointLoss => ({
  loss: marginLoss("logistic"),
  radius: 0.2,
  dual: 2,
  regularization: BALL,
  ...changes,
});
const oneSample = (...z: number[]): WeightedSamples[] => [equalWeights(fromRows([z]))];

describe("marginObjective", () => {
  test("is the sum over the tasks of what the best head in the frame gains, and hands out these heads", () => {
    const objective = marginObjective(tasks, joint(), 0);
    const { value } = objective.evaluate(frame);
    const heads = objective.heads();
    let sum = 0;
    tasks.forEach(({ points, weights }, t) => {
      const seen = { points: multiplyTransposeRight(points, frame), weights };
      const best = solveTask(seen, marginLoss("logistic"), { norm: 2, radius: 0.2 }, BALL);
      sum += Math.log(2) - best.value;
      best.beta.forEach((x, i) => {
        expect(heads[t]![i]).toBeCloseTo(x, 6);
      });
    });
    expect(value).toBeCloseTo(sum, 12);
    expect(objective.solved()).toBe(true);
  });

  test.each([
    [2, 0],
    [1, 1e-2],
    [3, 0],
  ])("dual exponent %d: the gradient is that of central differences", (dual, delta) => {
    const objective = marginObjective(
      tasks,
      joint({ dual, regularization: { kind: "ridge", lambda: 0.5 } }),
      delta,
    );
    const { gradient } = objective.evaluate(frame);
    const h = 1e-5;
    for (let at = 0; at < 8; at++) {
      const moved = (by: number): number =>
        objective.evaluate({ ...frame, data: frame.data.with(at, frame.data[at]! + by) }).value;
      expect(Math.abs((moved(h) - moved(-h)) / (2 * h) - gradient.data[at]!)).toBeLessThan(1e-7);
    }
  });

  test("tasks with nothing in the frame, and those that an l2 attack filters there, the sphere included, have head 0", () => {
    const along = fromRows([[1, 0, 0]]);
    for (const [radius, z, dual] of [
      [0, [0, 3, 4], 2],
      [0.5, [0, 3, 4], 1],
      [0.5, [0.4, 3, 4], 2],
      [0.5, [0.5, 3, 4], 2],
    ] as const) {
      const objective = marginObjective(oneSample(...z), joint({ radius, dual }), 0);
      const { value, gradient } = objective.evaluate(along);
      expect(value).toBe(0);
      expect([...gradient.data]).toEqual([0, 0, 0]);
      expect([...objective.heads()[0]!]).toEqual([0]);
      expect(objective.solved()).toBe(true);
    }
  });

  test("an attack with q* > 2 costs less than an l2 attack: a mean no longer than the radius is not filtered by it", () => {
    // W = (1, 1, 1, 1) / 2: the head w loses ||W w||_4 = 4^(1/4) / 2 = 0.707 of it, and gains 0.9.
    const flat = fromRows([[0.5, 0.5, 0.5, 0.5]]);
    const objective = marginObjective(oneSample(0.45, 0.45, 0.45, 0.45), joint({ radius: 1, dual: 4, loss: marginLoss("linear") }), 0); // biome-ignore format: one line
    expect(objective.evaluate(flat).value).toBeCloseTo(0.9 - Math.SQRT1_2, 12);
    const round = marginObjective(oneSample(0.45, 0.45, 0.45, 0.45), joint({ radius: 1, loss: marginLoss("linear") }), 0); // biome-ignore format: one line
    expect(round.evaluate(flat).value).toBe(0);
  });

  test("before the first frame there are no heads, and none that is unsolved", () => {
    const objective = marginObjective(tasks, joint(), 0);
    expect(objective.heads()).toEqual([]);
    expect(objective.solved()).toBe(true);
  });
});

describe("the heads' starts", () => {
  /** A loss that writes down the margins that it is asked for. */
  function watched(name: "linear" | "logistic"): { loss: MarginLoss; margins: number[] } {
    const margins: number[] = [];
    const loss = marginLoss(name);
    return { loss: { ...loss, value: (m) => { margins.push(m); return loss.value(m); } }, margins }; // biome-ignore format: one line
  }

  test("without heads before, along the mean at a thousandth of the length that the head will have or less", () => {
    for (const [regularization, length] of [
      [BALL, 1],
      [{ kind: "ridge", lambda: 0.5 }, 1],
      [{ kind: "ridge", lambda: 8 }, 2 / 8],
    ] as const) {
      const { loss, margins } = watched("linear");
      marginObjective(oneSample(0, 2, 0), joint({ loss, radius: 0, regularization }), 0).evaluate(
        fromRows([[0, 1, 0], [1, 0, 0]]), // biome-ignore format: one line
      );
      expect(margins[0]).toBeCloseTo(1e-3 * length * 2, 15);
    }
  });

  test("at the next frame, from the heads of the last one: the same frame again takes less work", () => {
    const { loss, margins } = watched("logistic");
    const objective = marginObjective(tasks, joint({ loss }), 0);
    const first = objective.evaluate(frame);
    const cold = margins.length;
    const second = objective.evaluate(frame);
    expect(margins.length - cold).toBeLessThan(0.7 * cold);
    expect(second.value).toBeCloseTo(first.value, 14);
  });

  test("but not from those of a frame of another size, nor from head 0", () => {
    const value = (own: readonly WeightedSamples[], frames: readonly Matrix[], radius = 0): number => {
      const objective = marginObjective(own, joint({ radius }), 0);
      return frames.map((at) => objective.evaluate(at).value).at(-1)!;
    };
    const smaller = fromRows([rowView(frame, 0)]);
    expect(value(tasks, [frame, smaller])).toBeCloseTo(value(tasks, [smaller]), 13);
    expect(value(tasks, [smaller, frame])).toBeCloseTo(value(tasks, [frame]), 13);
    // Filtered in the first frame, not in the second.
    const own = oneSample(0.1, 2);
    const there = fromRows([[0, 1]]);
    expect(value(own, [fromRows([[1, 0]]), there], 0.5)).toBeCloseTo(value(own, [there], 0.5), 13);
    expect(value(own, [there], 0.5)).toBeGreaterThan(0.3);
  });

  test("from head 0 it would not leave the kink there: a mean that is hardly longer than the radius is solved all the same", () => {
    const own = oneSample(0.1, 0.5 * (1 + 1e-5));
    const objective = marginObjective(own, joint({ radius: 0.5 }), 0);
    expect(objective.evaluate(fromRows([[1, 0]])).value).toBe(0);
    // The head of length 1 gains half of what the mean is longer by.
    expect(objective.evaluate(fromRows([[0, 1]])).value).toBeCloseTo(0.25e-5, 10);
    expect(objective.solved()).toBe(true);
  });

  test("a head that was not solved is said, whichever task it is of", () => {
    // A loss whose curvature is said to be thirty times what it is: a hundred steps are not enough.
    const slow: MarginLoss = {
      ...marginLoss("logistic"),
      curvature: (a, b) => (a > 0.2 ? 30 : 1) * marginLoss("logistic").curvature(a, b),
    };
    const objective = (...order: number[]) => {
      const own = order.map((t) => oneSample(t, 0)[0]!);
      const made = marginObjective(own, joint({ loss: slow, radius: 0, regularization: { kind: "ridge", lambda: 0.01 } }), 0); // biome-ignore format: one line
      made.evaluate(fromRows([[1, 0]]));
      return made.solved();
    };
    expect(objective(0)).toBe(true);
    expect(objective(2, 0)).toBe(false);
    expect(objective(0, 2)).toBe(false);
    expect(objective(2, 2)).toBe(false);
  });
});
