import { describe, expect, test } from "vitest";
import { fromRows, transpose } from "../../../src/numerics/matrix.js";
import { haarFrame, normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { activeHeads, jointObjective } from "../../../src/training/joint/jointObjective.js";
import { maxDifference } from "../../helpers/matrices.js";
import { jointGradient, jointValue } from "./oracles.js";

const rng = keyedStream(["joint objective"]);
const means = normalMatrix(rng, 9, 7);

describe("jointObjective", () => {
  test("is the sum over the tasks by its definition, and its gradient is that of central differences", () => {
    for (const radius of [0, 0.7, 1.5]) {
      for (let run = 0; run < 5; run++) {
        const frame = transpose(haarFrame(rng, 7, 2));
        const { value, gradient } = jointObjective(means, radius)(frame);
        expect(value).toBeCloseTo(jointValue(means, transpose(frame), radius), 13);
        expect(
          maxDifference(gradient, transpose(jointGradient(means, transpose(frame), radius))),
        ).toBeLessThan(1e-14);
        // Rounding 1e-16/h against curvature h^2: h = 1e-5 leaves about 1e-10.
        const h = 1e-5;
        for (let i = 0; i < frame.data.length; i++) {
          const at = (shift: number): number =>
            jointObjective(means, radius)({ ...frame, data: frame.data.with(i, frame.data[i]! + shift) })
              .value;
          expect(Math.abs((at(h) - at(-h)) / (2 * h) - gradient.data[i]!)).toBeLessThan(1e-6);
        }
      }
    }
  });

  test("at a kink the gradient is one of a side on which the sum grows", () => {
    const lost = fromRows([
      [1, 0, 0, 0],
      [0, 0, 2, 0],
      [0, 0, -3, 0],
      [0, 0, 0, 1],
    ]);
    const frame = fromRows([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
    const { value, gradient } = jointObjective(lost, 0)(frame);
    expect(value).toBe(1);
    // Tasks 2 and 3 add up, |2| + |-3|, and every task has a unit head.
    expect(Math.hypot(gradient.data[2]!, gradient.data[6]!)).toBeCloseTo(5, 14);
    expect(Math.hypot(gradient.data[3]!, gradient.data[7]!)).toBeCloseTo(1, 14);
    // Under an attack a lost task is filtered: it has no head and no gradient.
    expect([...jointObjective(lost, 0.5)(frame).gradient.data]).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("a head is lost when it is 1e-14 of its mean or less, whatever the unit", () => {
    const frame = fromRows([[1, 0, 0]]);
    for (const unit of [1e-9, 1, 1e9]) {
      // Rounding beside its mean: the task has no head, and at the kink it pulls with all of its length.
      const rounding = fromRows([[-1e-15 * unit, 0, 3 * unit]]);
      expect(jointObjective(rounding, 0)(frame).gradient.data[2]! / unit).toBeCloseTo(3, 14);
      expect([...activeHeads(rounding, 0, frame).data]).toEqual([0]);
      const head = fromRows([[-1e-13 * unit, 0, 3 * unit]]);
      expect(jointObjective(head, 0)(frame).gradient.data[2]! / unit).toBeCloseTo(-3, 14);
      expect(activeHeads(head, 0, frame).data[0]).toBe(-1e-13 * unit);
    }
  });

  test("a head of the length of the radius is none, one that is longer pulls at its mean", () => {
    const frame = fromRows([[1, 0, 0]]);
    const onSphere = fromRows([[0.5, 0, 3]]);
    expect(jointObjective(onSphere, 0.5)(frame)).toMatchObject({ value: 0 });
    expect([...jointObjective(onSphere, 0.5)(frame).gradient.data]).toEqual([0, 0, 0]);
    expect([...activeHeads(onSphere, 0.5, frame).data]).toEqual([0]);
    expect([...jointObjective(onSphere, 0.25)(frame).gradient.data]).toEqual([0.5, 0, 3]);
    expect([...activeHeads(onSphere, 0.25, frame).data]).toEqual([0.5]);
  });
});
