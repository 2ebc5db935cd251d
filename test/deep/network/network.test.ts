import { expect, test } from "vitest";
import { SMALL_CNN } from "../../../src/deep/network/architecture.js";
import { initialNetwork, withWeights } from "../../../src/deep/network/network.js";
import { FAR, zScore } from "../../helpers/statistics.js";

const problem = { inputShape: [50], tasks: 3, classes: 4 };
const mlp = { kind: "mlp", hidden: [60, 40] } as const;

test("kernels are N(0, 2 / fan-in) in the trunk and N(0, 1 / width) in the heads, biases 0", () => {
  const { weights, shapes } = initialNetwork(mlp, problem, ["variances"]);
  const variances = { "layer1.kernel": 2 / 50, "layer2.kernel": 2 / 60, "heads.kernel": 1 / 40 };
  // Two scores a kernel: false alarm 4e-8.
  for (const [name, variance] of Object.entries(variances)) {
    const values = Float64Array.from(weights[name]!);
    expect(Math.abs(zScore(values, 0))).toBeLessThan(FAR);
    expect(
      Math.abs(
        zScore(
          values.map((x) => x * x),
          variance,
        ),
      ),
    ).toBeLessThan(FAR);
  }
  for (const name of ["layer1.bias", "layer2.bias", "heads.bias"]) {
    expect(weights[name]!.every((x) => x === 0)).toBe(true);
  }
  for (const [name, values] of Object.entries(weights)) {
    expect(values.length).toBe(shapes[name]!.reduce((a, b) => a * b, 1));
  }
});

test("names and shapes of weights, from input to heads", () => {
  const { shapes, width } = initialNetwork(mlp, problem, [1]);
  expect(Object.entries(shapes)).toEqual([
    ["layer1.kernel", [50, 60]],
    ["layer1.bias", [60]],
    ["layer2.kernel", [60, 40]],
    ["layer2.bias", [40]],
    ["heads.kernel", [3, 40, 4]],
    ["heads.bias", [3, 1, 4]],
  ]);
  expect(width).toBe(40);
  const cnn = initialNetwork(SMALL_CNN, { inputShape: [8, 8, 1], tasks: 1, classes: 2 }, [1]);
  expect(cnn.shapes["layer1.kernel"]).toEqual([3, 3, 1, 16]);
  expect(cnn.shapes["layer3.kernel"]).toEqual([2 * 2 * 32, 64]);
});

test("the same key gives the same bytes; more heads leave the trunk as it is", () => {
  const first = initialNetwork(mlp, problem, [1]).weights;
  expect(initialNetwork(mlp, problem, [1]).weights).toEqual(first);
  expect(initialNetwork(mlp, problem, [2]).weights).not.toEqual(first);
  const more = initialNetwork(mlp, { ...problem, tasks: 5 }, [1]).weights;
  expect(more["layer1.kernel"]).toEqual(first["layer1.kernel"]);
  expect(more["layer2.kernel"]).toEqual(first["layer2.kernel"]);
});

test("withWeights changes nothing but the weights", () => {
  const network = initialNetwork(mlp, problem, [1]);
  const other = initialNetwork(mlp, problem, [2]);
  expect(withWeights(network, other.weights)).toEqual(other);
});

test("no tasks and one class are refused", () => {
  expect(() => initialNetwork(mlp, { ...problem, tasks: 0 }, [1])).toThrow("network tasks");
  expect(() => initialNetwork(mlp, { ...problem, classes: 1 }, [1])).toThrow("network classes");
});
