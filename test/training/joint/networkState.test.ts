import { describe, expect, test } from "vitest";
import { fromRows, type Matrix } from "../../../src/numerics/matrix.js";
import { norm2 } from "../../../src/numerics/products.js";
import { normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { equalWeights } from "../../../src/training/gradient/weightedSamples.js";
import {
  evaluate,
  growthRate,
  initialState,
  isFiltered,
  moved,
  type NetworkProblem,
  stateSize,
  validationRisk,
} from "../../../src/training/joint/networkState.js";

const stream = () => keyedStream(["network state"]);
const tasks = [[3, 4], [1, 0], [0, 2]].map((mean) => equalWeights(fromRows([mean]))); // biome-ignore format: one line

function problemWith(changes: Partial<NetworkProblem> = {}): NetworkProblem {
  return {
    tasks,
    filtered: [false, false, false],
    objective: {
      loss: marginLoss("linear"),
      attack: null,
      inner: "exact",
      regularization: { kind: "none" },
    },
    weightDecay: 0,
    rng: stream(),
    ...changes,
  };
}

describe("isFiltered", () => {
  test("a mean in the ball of the attack, its sphere included, is filtered; without an attack none is", () => {
    expect(isFiltered(tasks[0]!, { norm: 2, radius: 5 })).toBe(true);
    expect(isFiltered(tasks[0]!, { norm: 2, radius: 4.999 })).toBe(false);
    expect(isFiltered(tasks[0]!, { norm: Infinity, radius: 4 })).toBe(true);
    expect(isFiltered(equalWeights(fromRows([[0, 0]])), null)).toBe(false);
  });
});

describe("initialState", () => {
  test("both layers are normal and have the norm that is asked for, the layer drawn first", () => {
    const { layer, heads } = initialState(problemWith(), 4, 0.25);
    expect([layer.rows, layer.cols, heads.rows, heads.cols]).toEqual([4, 2, 3, 4]);
    const rng = stream();
    for (const own of [layer, heads]) {
      const drawn = normalMatrix(rng, own.rows, own.cols).data;
      expect(norm2(own.data)).toBeCloseTo(0.25, 14);
      own.data.forEach((x, i) => {
        expect(x / own.data[0]!).toBeCloseTo(drawn[i]! / drawn[0]!, 10);
      });
    }
  });

  test("heads of filtered tasks are 0, and all of them where every task is", () => {
    const some = initialState(problemWith({ filtered: [true, false, true] }), 2, 1).heads;
    expect([...some.data].map((x) => x !== 0)).toEqual([false, false, true, true, false, false]);
    expect(norm2(some.data)).toBeCloseTo(1, 14);
    const none = initialState(problemWith({ filtered: [true, true, true] }), 2, 1);
    expect([...none.heads.data]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(norm2(none.layer.data)).toBeCloseTo(1, 14);
  });
});

describe("evaluate", () => {
  // One neuron: beta_t = h_t W1^T.
  const layer = fromRows([[2, -1]]);
  const heads = fromRows([[1], [-3], [0.5]]);

  test("the linear loss of one neuron by hand, with decay", () => {
    // Margins 2, -6 and -1; sum of squares 5 + 10.25.
    const {
      value,
      layer: slope,
      heads: headSlope,
    } = evaluate(problemWith({ weightDecay: 0.2 }), { layer, heads });
    expect(value).toBeCloseTo(-2 + 6 + 1 + 0.1 * 15.25, 13);
    // -(sum_t h_t muhat_t) + 0.2 W1 and -<W1, muhat_t> + 0.2 h_t.
    expect([...slope.data]).toEqual([expect.closeTo(-(3 - 3) + 0.4, 13), expect.closeTo(-(4 + 1) - 0.2, 13)]);
    expect([...headSlope.data]).toEqual([-2 + 0.2, -2 - 0.6, 2 + 0.1].map((x) => expect.closeTo(x, 13)));
  });

  test("a filtered task counts with the loss of 0 and pulls at nothing but by decay", () => {
    const objective = { ...problemWith().objective, loss: marginLoss("squared-hinge") };
    const problem = problemWith({ filtered: [true, true, true], objective });
    const { value, layer: slope, heads: headSlope } = evaluate(problem, { layer, heads });
    expect(value).toBe(3);
    expect([...slope.data, ...headSlope.data].every((x) => x === 0)).toBe(true);
  });

  test("the validation risk is that of other samples, without the decay", () => {
    const others = [[1, 1], [1, 1], [2, 2]].map((z) => equalWeights(fromRows([z]))); // biome-ignore format: one line
    // Margins 1, -3 and 1.
    expect(validationRisk(problemWith({ weightDecay: 7 }), others, { layer, heads })).toBeCloseTo(1, 13);
  });

  test("sizes and rates: lengths of all parameters, of the slope relative to them", () => {
    expect(stateSize({ layer, heads })).toBeCloseTo(Math.sqrt(15.25), 14);
    const slope = { layer: fromRows([[3, 0]]), heads: fromRows([[0], [4], [0]]) };
    expect(growthRate(slope, { layer, heads })).toBeCloseTo(5 / Math.sqrt(15.25), 14);
  });

  test("a step goes against the slope and leaves where it came from as it was", () => {
    const slope = { layer: fromRows([[3, 0]]), heads: fromRows([[0], [4], [0]]) };
    const next = moved({ layer, heads }, slope, 0.5);
    const entries = ({ data }: Matrix): number[] => [...data];
    expect([entries(next.layer), entries(next.heads)]).toEqual([[0.5, -1], [1, -5, 0.5]]); // biome-ignore format: one line
    expect([entries(layer), entries(heads)]).toEqual([[2, -1], [1, -3, 0.5]]); // biome-ignore format: one line
  });
});
