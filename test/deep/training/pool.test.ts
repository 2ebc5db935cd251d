import fc from "fast-check";
import { expect, test } from "vitest";
import type { LabeledData } from "../../../src/deep/data/labeledData.js";
import { drawBatch, labeledPart, type Pool, poolOf } from "../../../src/deep/training/pool.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { law } from "../../helpers/law.js";

/** Sample i of a task is (10 task + i, -i), of class i mod 2: it says where it comes from. */
function dataOf(task: number, count: number): LabeledData {
  return {
    count,
    features: 2,
    shape: [2],
    classes: 2,
    inputs: Float32Array.from({ length: 2 * count }, (_, i) =>
      i % 2 === 0 ? 1000 * task + i / 2 : -(i - 1) / 2,
    ),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
  };
}

const poolWith = (task: number, count: number): Pool =>
  poolOf(dataOf(task, count), [labeledPart(dataOf(task, count))]);

test("labels become one-hot targets, in order", () => {
  const part = labeledPart(dataOf(0, 3));
  expect([...part.targets]).toEqual([1, 0, 0, 1, 1, 0]);
  expect([...Array.from(part.rows)]).toEqual([0, 1, 2]);
});

test("a batch has `size` samples of every task, task by task, each with its own target; as even as can be", () => {
  law(
    fc.tuple(
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 15 }),
      fc.nat(),
    ),
    ([counts, wanted, seed]) => {
      const pools = counts.map((count, task) => poolWith(task, count));
      const batch = drawBatch(pools, wanted, keyedStream([seed]));
      expect(batch.size).toBe(Math.min(wanted, Math.max(...counts)));
      expect(batch.inputs.length).toBe(2 * counts.length * batch.size);
      counts.forEach((count, task) => {
        const seen = new Array(count).fill(0);
        for (let i = task * batch.size; i < (task + 1) * batch.size; i++) {
          const sample = batch.inputs[2 * i]! - 1000 * task;
          expect(batch.inputs[2 * i + 1]).toBeCloseTo(-sample, 12);
          expect([batch.targets[2 * i], batch.targets[2 * i + 1]]).toEqual(
            sample % 2 === 0 ? [1, 0] : [0, 1],
          );
          seen[sample]++;
        }
        expect(Math.max(...seen) - Math.min(...seen)).toBeLessThanOrEqual(1);
      });
    },
  );
});

test("every sample has the same chance: a batch of 3 of 9 takes each in a third of the draws", () => {
  const draws = 3000;
  const counts = new Array(9).fill(0);
  for (let k = 0; k < draws; k++) {
    const { inputs } = drawBatch([poolWith(0, 9)], 3, keyedStream(["even", k % 30, Math.floor(k / 30)]));
    for (let i = 0; i < 3; i++) counts[inputs[2 * i]!]++;
  }
  // Binomial(3000, 1/3): six standard deviations are 155; false alarm 9 x 2e-9.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(155);
});

test("parts follow one another, and a part's rows pick its samples", () => {
  const picked = {
    inputs: dataOf(5, 4).inputs,
    rows: [3, 1],
    targets: Float32Array.of(0.25, 0.75, 0.5, 0.5),
  };
  const pool = poolOf(dataOf(0, 2), [labeledPart(dataOf(0, 2)), picked]);
  expect(pool.count).toBe(4);
  const { inputs, targets } = drawBatch([pool], 4, keyedStream([1]));
  const samples = [0, 1, 2, 3].map((i) => [inputs[2 * i]!, targets[2 * i]!] as const);
  expect(samples.sort((a, b) => a[0] - b[0])).toEqual([
    [0, 1],
    [1, 0],
    [5001, 0.5],
    [5003, 0.25],
  ]);
});

test("a batch is a function of the stream and the sizes: the same for other data of the same sizes", () => {
  const a = drawBatch([poolWith(0, 9), poolWith(1, 5)], 4, keyedStream([3]));
  expect(drawBatch([poolWith(0, 9), poolWith(1, 5)], 4, keyedStream([3]))).toEqual(a);
  const b = drawBatch([poolWith(2, 9), poolWith(3, 5)], 4, keyedStream([3]));
  expect([...b.inputs].filter((_, i) => i % 2 === 1)).toEqual([...a.inputs].filter((_, i) => i % 2 === 1));
});
