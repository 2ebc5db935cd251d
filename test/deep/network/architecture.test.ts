import { expect, test } from "vitest";
import {
  type Architecture,
  featureWidth,
  SMALL_CNN,
  trunkLayers,
} from "../../../src/deep/network/architecture.js";

test("an MLP's layers chain from the input size to the last width", () => {
  const layers = trunkLayers({ kind: "mlp", hidden: [7, 5] }, [4, 3, 1]);
  expect(layers).toEqual([
    { name: "layer1", kind: "dense", shape: [12, 7], fanIn: 12 },
    { name: "layer2", kind: "dense", shape: [7, 5], fanIn: 7 },
  ]);
  expect(featureWidth(layers)).toBe(5);
});

test("a CNN's convolutions halve the image, rounding up, and its dense layer sees what is left", () => {
  const layers = trunkLayers(SMALL_CNN, [28, 27, 3]);
  expect(layers.map(({ shape, fanIn }) => [shape, fanIn])).toEqual([
    [[3, 3, 3, 16], 27],
    [[3, 3, 16, 32], 144],
    [[7 * 7 * 32, 64], 7 * 7 * 32],
  ]);
  expect(layers.map((layer) => layer.name)).toEqual(["layer1", "layer2", "layer3"]);
  expect(featureWidth(layers)).toBe(64);
});

test("an architecture that does not fit is refused by name", () => {
  const refuse = (architecture: unknown, shape: number[], message: string): void => {
    expect(() => trunkLayers(architecture as Architecture, shape)).toThrow(message);
  };
  refuse({ kind: "mlp", hidden: [] }, [3], "network.hidden must be a list of at least one size");
  refuse({ kind: "mlp", hidden: [3, 0] }, [3], "network.hidden");
  refuse({ kind: "mlp", hidden: [3] }, [0], "network input size");
  refuse({ kind: "rnn" }, [3], 'network.kind must be "mlp" or "cnn", received "rnn"');
  refuse(SMALL_CNN, [784], "network.kind");
  refuse({ ...SMALL_CNN, filters: [] }, [8, 8, 1], "network.filters");
  refuse({ ...SMALL_CNN, kernel: 0 }, [8, 8, 1], "network.kernel");
  refuse({ ...SMALL_CNN, stride: 0 }, [8, 8, 1], "network.stride");
  refuse({ ...SMALL_CNN, stride: 4 }, [8, 8, 1], "network.stride");
  refuse({ ...SMALL_CNN, dense: 1.5 }, [8, 8, 1], "network.hidden");
});
