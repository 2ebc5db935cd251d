import { describe, expect, test } from "vitest";
import { fromRows, type Matrix } from "../../../src/numerics/matrix.js";
import { norm2 } from "../../../src/numerics/products.js";
import { normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { equalWeights } from "../../../src/training/gradient/weightedSamples.js";
import type { NetworkOptions } from "../../../src/training/joint/network.js";
import { trainNetwork } from "../../../src/training/joint/trainNetwork.js";

const rng = () => keyedStream(["network steps"]);
const LINEAR = { loss: marginLoss("linear"), attack: null, inner: "exact" } as const;
const tasksOf = (means: readonly number[][]) => means.map((mean) => equalWeights(fromRows([mean])));
const MEANS = [[2, 1], [1, -1]]; // biome-ignore format: one line

interface Own {
  /** All parameters: W1^T (`2 x 2`), then the heads (`2 x 2`). */
  readonly x: number[];
  readonly value: number;
  readonly slope: number[];
}

/** Two tasks with the linear loss and two neurons, f = -sum_t <h_t, L m_t> + (decay/2) ||x||^2, written out. */
function at(x: number[], m: readonly number[][], decay: number): Own {
  const slope = x.map((v) => decay * v);
  let value = (decay / 2) * x.reduce((sum, v) => sum + v * v, 0);
  for (const t of [0, 1])
    for (const k of [0, 1])
      for (const j of [0, 1]) {
        value -= x[4 + 2 * t + k]! * x[2 * k + j]! * m[t]![j]!;
        slope[2 * k + j]! -= x[4 + 2 * t + k]! * m[t]![j]!;
        slope[4 + 2 * t + k]! -= x[2 * k + j]! * m[t]![j]!;
      }
  return { x, value, slope };
}

const length = (x: readonly number[]): number => Math.hypot(...x);
const rateOf = ({ x, slope }: Own): number => length(slope) / length(x);
const entries = ({ layer, heads }: { layer: Matrix; heads: Matrix }): number[] => [
  ...layer.data,
  ...heads.data,
];

function startOf(norm: number): number[] {
  const drawn = rng();
  return [normalMatrix(drawn, 2, 2), normalMatrix(drawn, 2, 2)].flatMap(({ data }) =>
    [...data].map((v) => (norm * v) / norm2(data)),
  );
}

/** The documented descent, written down for these two tasks. */
function descend(options: NetworkOptions, means: readonly number[][] = MEANS) {
  const { weightDecay = 0, initialNorm = 1e-3, maxSteps = 5000, tolerance = 1e-5 } = options;
  let here = at(startOf(initialNorm), means, weightDecay);
  const [first, size] = [rateOf(here), length(here.x)];
  let rate = options.learningRate ?? 0.2 / first;
  for (let steps = 0; ; steps++) {
    if (steps === maxSteps) return { status: "step-limit", steps, here };
    if (rateOf(here) <= tolerance * first) return { status: "converged", steps, here };
    if (length(here.x) > 1e6 * Math.max(1, size)) return { status: "unbounded", steps, here };
    if (length(here.x) < 1e-9 * size) return { status: "vanished", steps, here };
    const next = at(here.x.map((v, i) => v - rate * here.slope[i]!), means, weightDecay); // biome-ignore format: one line
    if (next.value <= here.value + 1e-4 * Math.abs(here.value)) here = next;
    else rate /= 2;
  }
}

describe("trainNetwork", () => {
  test.each([
    ["a small start that grows without bound", {}],
    ["a large start: large is measured from it", { initialNorm: 30 }],
    ["decay that is stronger than the signal", { weightDecay: 4 }],
    ["decay, from a large start", { weightDecay: 4, initialNorm: 50 }],
    ["steps that are too long at first", { weightDecay: 4, learningRate: 1.7, initialNorm: 2, maxSteps: 30 }],
    ["a tolerance that is met early", { weightDecay: 2, initialNorm: 0.1, tolerance: 0.6 }],
    ["steps of a fixed length", { learningRate: 0.01, maxSteps: 20 }],
  ] as const)(
    "%s: status, steps, value and parameters are those of the descent written down",
    (_, options) => {
      const expected = descend(options);
      const found = trainNetwork(tasksOf(MEANS), 2, LINEAR, options, rng());
      expect([found.status, found.steps]).toEqual([expected.status, expected.steps]);
      const scale = length(expected.here.x);
      entries(found).forEach((x, i) => {
        expect(Math.abs(x - expected.here.x[i]!)).toBeLessThan(1e-9 * scale);
      });
      expect(Math.abs(found.value - expected.here.value)).toBeLessThan(1e-9 * scale * scale);
      expect(found.basis.cols).toBe(expected.status === "vanished" ? 0 : 2);
    },
  );

  test("every status is among them", () => {
    const all = [
      {},
      { weightDecay: 4 },
      { weightDecay: 2, initialNorm: 0.1, tolerance: 0.6 },
      { maxSteps: 3 },
    ];
    expect(all.map((options) => descend(options).status)).toEqual([
      "unbounded",
      "vanished",
      "converged",
      "step-limit",
    ]);
  });

  test("a step may raise the objective by a ten-thousandth of it, and is halved when it raises it by more", () => {
    // Without signal f = (decay/2) ||x||^2, and a step multiplies x by 1 - rate decay; f is 100 at the start.
    const zero = [[0, 0], [0, 0]]; // biome-ignore format: one line
    const run = (rate: number, maxSteps: number) =>
      entries(trainNetwork(tasksOf(zero), 2, LINEAR, { weightDecay: 1, learningRate: rate, initialNorm: 10, maxSteps }, rng())); // biome-ignore format: one line
    const start = startOf(10);
    run(2 + 4e-5, 1).forEach((x, i) => {
      expect(x).toBeCloseTo(-(1 + 4e-5) * start[i]!, 12);
    });
    run(2 + 6e-5, 1).forEach((x, i) => {
      expect(x).toBeCloseTo(start[i]!, 12);
    });
    run(2 + 6e-5, 2).forEach((x, i) => {
      expect(x).toBeCloseTo(-3e-5 * start[i]!, 12);
    });
  });

  test("validation: the step of the smallest loss is returned, training stops `patience` steps after it", () => {
    // Validation samples of other means: their loss falls for eight steps and rises for ever after.
    const others = [[-2, 0], [1, -2]]; // biome-ignore format: one line
    const validation = tasksOf(others);
    const options = { weightDecay: 0, initialNorm: 0.3, learningRate: 0.05 };
    const lossAt = (steps: number): number => {
      const { here } = descend({ ...options, maxSteps: steps });
      return at(here.x, others, 0).value;
    };
    const best = 8;
    for (let k = 1; k <= 12; k++) expect(lossAt(k) < lossAt(k - 1)).toBe(k <= best);
    for (const patience of [1, 4]) {
      const found = trainNetwork(tasksOf(MEANS), 2, LINEAR, { ...options, validation, patience }, rng());
      expect([found.status, found.steps]).toEqual(["early-stopped", best + patience]);
      const { here } = descend({ ...options, maxSteps: best });
      entries(found).forEach((x, i) => {
        expect(x).toBeCloseTo(here.x[i]!, 11);
      });
      expect(found.value).toBeCloseTo(here.value, 11);
    }
    // Not stopped, the best step so far is what is returned.
    const cut = trainNetwork(
      tasksOf(MEANS),
      2,
      LINEAR,
      { ...options, validation, maxSteps: best + 2 },
      rng(),
    );
    expect(cut.status).toBe("step-limit");
    expect(entries(cut)[0]).toBeCloseTo(descend({ ...options, maxSteps: best }).here.x[0]!, 11);
  });

  test("no tasks, and no samples to validate one of them, are errors", () => {
    expect(() => trainNetwork([], 1, LINEAR, {}, rng())).toThrow("r must be");
    const validation = tasksOf([[1, 1]]);
    expect(() => trainNetwork(tasksOf(MEANS), 2, LINEAR, { validation }, rng())).toThrow(
      "samples of 2 tasks",
    );
  });
});
