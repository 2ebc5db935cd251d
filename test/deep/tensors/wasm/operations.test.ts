import { describe, expect, test } from "vitest";
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "../../../../src/deep/tensors/tf.js";
import { normals, on, type Result, tf } from "../bothBackends.js";

type Operation = (x: Tensor) => Tensor;

const tensor = (name: string, shape: number[]): Tensor => tf.tensor(normals(shape, name), shape);
const matrix = (): Tensor => tensor("matrix", [4, 6]);
const images = (): Tensor => tensor("images", [2, 4, 3, 2]);
const indices = (...values: number[]): Tensor1D => tf.tensor1d(values, "int32");

/** Equal up to a few roundings of numbers of size one. */
function expectClose(actual: readonly Result[], expected: readonly Result[]): void {
  expect(actual.map(({ shape, dtype }) => [shape, dtype])).toEqual(
    expected.map(({ shape, dtype }) => [shape, dtype]),
  );
  actual.forEach(({ values }, k) => {
    const other = expected[k]!.values;
    const wrong = values.findIndex(
      (value, i) =>
        !Object.is(value, other[i]) && !(Math.abs(value - other[i]!) <= 4e-6 * (1 + Math.abs(other[i]!))),
    );
    if (wrong >= 0) expect([k, wrong, values[wrong]]).toEqual([k, wrong, other[wrong]]);
  });
}

/** An operation and the gradient of a function of it that has no constant slope, on both backends. */
function expectSame(operation: Operation, x: () => Tensor): void {
  const compute = (): Tensor[] => {
    const at = x();
    return [operation(at), tf.grad((y) => tf.sum(tf.square(tf.add(operation(y), 0.3))))(at)];
  };
  expectClose(on("wasm", compute), on("cpu", compute));
}

const positive: Operation = (x) => tf.add(tf.abs(x), 0.1);

const ELEMENTWISE: Record<string, Operation> = {
  abs: tf.abs,
  neg: tf.neg,
  square: tf.square,
  exp: tf.exp,
  relu: tf.relu,
  relu6: tf.relu6,
  elu: tf.elu,
  leakyRelu: tf.leakyRelu,
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
  tanh: tf.tanh,
  "sqrt of a positive number": (x) => tf.sqrt(positive(x)),
  "rsqrt of a positive number": (x) => tf.rsqrt(positive(x)),
  "log of a positive number": (x) => tf.log(positive(x)),
  sign: (x) => tf.add(tf.sign(x), x),
  step: (x) => tf.add(tf.step(x), x),
  clipByValue: (x) => tf.clipByValue(x, -0.5, 0.7),
  identity: tf.clone,
  cast: (x) => tf.mul(x, tf.cast(tf.cast(tf.greater(tensor("other", x.shape), 0.2), "int32"), "float32")),
  where: (x) => tf.where(tf.greater(tensor("other", x.shape), 0), x, tf.mul(x, 0.1)),
};

describe("elementwise operations and their gradients are those of the cpu backend", () => {
  test.each(Object.entries(ELEMENTWISE))("%s", (_, operation) => {
    expectSame(operation, matrix);
    expectSame(operation, images);
  });
});

describe("operations of two tensors, and their gradients, are those of the cpu backend, with every kind of broadcasting", () => {
  test.each([
    ["add", true],
    ["sub", true],
    ["mul", true],
    ["div", true],
    ["pow", true],
    // tensorflow.js has no gradient of these in the tensor that is repeated.
    ["maximum", false],
    ["minimum", false],
    ["squaredDifference", false],
  ] as const)("%s", (name, bothWays) => {
    const operation = tf[name] as (a: Tensor, b: Tensor) => Tensor;
    const expectFor = (x: () => Tensor, shape: number[]): void => {
      const other = (): Tensor => positive(tensor("other", shape));
      const compute = (): Tensor[] => [operation(positive(x()), other()), operation(other(), positive(x()))];
      expectClose(on("wasm", compute), on("cpu", compute));
      if (!bothWays && shape.join() !== x().shape.join()) return;
      expectSame((a) => operation(positive(a), other()), x);
      expectSame(
        (b) => operation(positive(x()), positive(b)),
        () => tensor("other", shape),
      );
    };
    tf.tidy(() => {
      for (const shape of [[], [6], [1, 6], [4, 1], [4, 6], [1, 1]]) expectFor(matrix, shape);
      expectFor(images, [4, 1, 2]);
    });
  });
});

describe("sums and their like, and their gradients, are those of the cpu backend, over every set of axes", () => {
  const AXES = [
    undefined,
    0,
    1,
    2,
    3,
    -1,
    [0, 1],
    [0, 2],
    [1, 3],
    [1, 2],
    [0, 1, 2],
    [1, 2, 3],
    [0, 1, 2, 3],
  ];
  test.each(["sum", "mean", "max", "min", "logSumExp"] as const)("%s", (name) => {
    for (const axes of AXES) {
      for (const keep of [false, true]) expectSame((x) => tf[name](x, axes, keep), images);
    }
  });

  test("the norms", () => {
    for (const order of [1, 2, Infinity] as const) {
      for (const axis of [0, 1]) expectSame((x) => tf.norm(x, order, axis, true), matrix);
    }
    expectSame((x) => tf.norm(x), matrix);
  });
});

const SHAPES: Record<string, [Operation, () => Tensor]> = {
  reshape: [(x) => tf.reshape(x, [3, -1]), matrix],
  transpose: [(x) => tf.transpose(x), matrix],
  "transpose of a stack": [(x) => tf.transpose(x, [3, 0, 2, 1]), images],
  "transpose of a stack's matrices": [(x) => tf.transpose(x, [0, 1, 3, 2]), images],
  slice: [(x) => tf.slice(x, [1, 2], [2, 3]), matrix],
  "slice of images": [(x) => tf.slice(x, [0, 1, 0, 1], [2, 2, 3, 1]), images],
  gather: [(x) => tf.gather(x, indices(3, 0, 0)), matrix],
  "gather along columns": [(x) => tf.gather(x, indices(5, 0, 5, 2), 1), matrix],
  concat: [(x) => tf.concat([x, tf.square(x)], 1), matrix],
  stack: [(x) => tf.stack([x, tf.square(x)], 1), matrix],
  pad: [
    (x) =>
      tf.pad(
        x,
        [
          [1, 2],
          [0, 3],
        ],
        0.5,
      ),
    matrix,
  ],
  tile: [(x) => tf.tile(x, [2, 3]), matrix],
  reverse: [(x) => tf.reverse(x, [1]), matrix],
};

describe("operations on shapes, and their gradients, are those of the cpu backend", () => {
  test.each(Object.entries(SHAPES))("%s", (_, [operation, x]) => {
    expectSame(operation, x);
  });
});

describe("losses and their gradients are those of the cpu backend", () => {
  const targets = (): Tensor => tf.oneHot(indices(1, 0, 5, 2), 6, 1, 0, "float32");
  const LOSSES: Record<string, Operation> = {
    softmax: (x) => tf.softmax(x as Tensor2D),
    logSoftmax: (x) => tf.logSoftmax(x as Tensor2D),
    "cross-entropy": (x) => tf.neg(tf.mean(tf.sum(tf.mul(targets(), tf.logSoftmax(x)), 1))),
    "cross-entropy with soft labels": (x) =>
      tf.neg(tf.sum(tf.mul(tf.softmax(tensor("soft", [4, 6])), tf.logSoftmax(x)))),
    "cross-entropy as tensorflow.js has it": (x) => tf.losses.softmaxCrossEntropy(targets(), x),
  };
  test.each(Object.entries(LOSSES))("%s", (_, operation) => {
    expectSame(operation, matrix);
    // Logits so far apart that exponentials overflow.
    expectSame((x) => operation(tf.mul(x, 300)), matrix);
  });

  test("accuracy", () => {
    const compute = (): Tensor[] => [
      tf.argMax(matrix(), 1),
      tf.mean(tf.cast(tf.equal(tf.argMax(matrix(), 1), indices(1, 3, 5, 2)), "float32")),
    ];
    expectClose(on("wasm", compute), on("cpu", compute));
  });
});

test("pooling and its gradient are those of the cpu backend, in windows of negative numbers and at the borders too", () => {
  for (const [side, stride, pad] of [
    [2, 2, "valid"],
    [2, 2, "same"],
    [3, 1, "same"],
    [3, 2, 1],
    [2, 1, "valid"],
  ] as const) {
    expectSame((x) => tf.maxPool(x as Tensor4D, side, stride, pad), images);
    expectSame((x) => tf.maxPool(tf.sub(x, 5) as Tensor4D, side, stride, pad), images);
    // All entries of a window are its largest: the first one counts.
    expectSame(
      (x) => tf.maxPool(x as Tensor4D, side, stride, pad),
      () => tf.ones([2, 4, 3, 2]),
    );
    expectSame((x) => tf.avgPool(x as Tensor4D, side, stride, pad), images);
  }
});

test("rows summed by segment, ids outside left out", () => {
  const compute = (): Tensor[] => [
    tf.unsortedSegmentSum(matrix(), indices(2, 0, 2, 7), 4),
    tf.unsortedSegmentSum(tensor("list", [5]) as Tensor1D, indices(1, 1, -1, 0, 1), 2),
  ];
  expectClose(on("wasm", compute), on("cpu", compute));
});

test("random tensors of a seed are those of the cpu backend", () => {
  const compute = (): Tensor[] => [
    tf.randomNormal([40], 0, 1, "float32", 3),
    tf.randomUniform([40], -1, 1, "float32", 3),
  ];
  expect(on("wasm", compute)).toEqual(on("cpu", compute));
});
