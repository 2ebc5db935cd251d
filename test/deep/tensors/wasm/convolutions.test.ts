import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Tensor, Tensor4D } from "../../../../src/deep/tensors/tf.js";
import { law } from "../../../helpers/law.js";
import { expectEqualSums, tf } from "../bothBackends.js";

type Pair = [number, number];
type Pad = "same" | "valid" | number | [Pair, Pair, Pair, Pair];

interface Case {
  readonly batch: number;
  readonly image: Pair;
  readonly filter: Pair;
  readonly channels: Pair;
  readonly strides: Pair;
  readonly pad: Pad;
}

function infoOf({ batch, image, filter, channels, strides, pad }: Case) {
  return tf.backend_util.computeConv2DInfo(
    [batch, ...image, channels[0]],
    [...filter, ...channels],
    strides,
    1,
    pad as "same",
  );
}

/** The convolution, its gradient in the image and its gradient in the filter, and how many products each sums. */
function expectEqualOnBoth(example: Case): void {
  const { batch, image, filter, channels, strides, pad } = example;
  const { outShape } = infoOf(example);
  const convolved = (a: Tensor, b: Tensor): Tensor =>
    tf.conv2d(a as Tensor4D, b as Tensor4D, strides, pad as "same");
  const taps = filter[0] * filter[1];
  expectEqualSums(
    (tensorOf) => {
      const x = tensorOf("x", [batch, ...image, channels[0]]);
      const w = tensorOf("w", [...filter, ...channels]);
      return [convolved(x, w), ...tf.grads(convolved)([x, w], tensorOf("dy", outShape))];
    },
    [taps * channels[0], taps * channels[1], batch * outShape[1]! * outShape[2]!],
  );
}

const pair = (least: number, most: number): fc.Arbitrary<Pair> =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }));
const explicit = (most: number): fc.Arbitrary<Pad> =>
  fc.tuple(pair(0, most), pair(0, most)).map(([rows, columns]): Pad => [[0, 0], rows, columns, [0, 0]]);

const CASES: fc.Arbitrary<Case> = fc
  .record({
    batch: fc.constantFrom(1, 1, 2, 5),
    image: pair(1, 8),
    filter: pair(1, 6),
    channels: fc.tuple(fc.constantFrom(1, 3, 4, 7), fc.constantFrom(1, 2, 5, 8)),
    strides: pair(1, 4),
    pad: fc.oneof(fc.constantFrom<Pad>("same", "valid"), explicit(2), explicit(6)),
  })
  .filter((example) => {
    try {
      return infoOf(example).outShape.every((side) => side >= 1);
    } catch {
      return false;
    }
  });

describe("convolutions on wasm are those of the cpu backend, their gradients too", () => {
  test("for any shape, stride and padding", () => {
    law(CASES, expectEqualOnBoth, 120);
  });

  test("for every way in which a filter of 1 to 4 entries meets an image of 6 with a stride of 1 to 4", () => {
    let count = 0;
    for (const side of [1, 2, 3, 4]) {
      for (const stride of [1, 2, 3, 4]) {
        for (const pad of ["same", "valid", 0, 1, 3] as const) {
          const example: Case = {
            batch: 2,
            image: [6, 6],
            filter: [side, side],
            channels: [3, 2],
            strides: [stride, stride],
            pad,
          };
          expectEqualOnBoth(example);
          count++;
        }
      }
    }
    expect(count).toBe(80);
  });

  test.each<[string, Partial<Case>]>([
    [
      "a stride that leaves the last rows unused",
      { image: [8, 9], filter: [2, 3], strides: [3, 4], pad: "valid" },
    ],
    [
      "a filter shorter than its stride, padded to the same size",
      { image: [8, 4], filter: [1, 1], strides: [4, 2], pad: "same" },
    ],
    [
      "a filter that sees nothing but padding",
      {
        image: [1, 1],
        filter: [4, 4],
        strides: [4, 4],
        pad: [
          [0, 0],
          [5, 0],
          [5, 0],
          [0, 0],
        ],
      },
    ],
    [
      "more padding than filter",
      {
        image: [3, 2],
        filter: [2, 1],
        pad: [
          [0, 0],
          [4, 5],
          [0, 6],
          [0, 0],
        ],
      },
    ],
    ["a filter as large as the image", { image: [5, 4], filter: [5, 4], pad: "valid" }],
    ["one sample, one channel", { batch: 1, channels: [1, 1], filter: [3, 3], pad: "same" }],
    [
      "the first layer of the small CNN",
      { batch: 2, image: [28, 28], filter: [3, 3], channels: [1, 16], strides: [2, 2], pad: "same" },
    ],
    [
      "the second layer of the small CNN",
      { batch: 1, image: [14, 14], filter: [3, 3], channels: [16, 32], strides: [2, 2], pad: "same" },
    ],
  ])("for %s", (_, part) => {
    expectEqualOnBoth({
      batch: 2,
      image: [5, 5],
      filter: [2, 2],
      channels: [2, 3],
      strides: [1, 1],
      pad: 0,
      ...part,
    });
  });

  test("for no samples at all", () => {
    expectEqualOnBoth({
      batch: 0,
      image: [4, 4],
      filter: [2, 2],
      channels: [2, 3],
      strides: [1, 1],
      pad: "same",
    });
  });
});

test("a dilated convolution is that of the cpu backend; it has no gradient", () => {
  expectEqualSums(
    (tensorOf) => {
      const x = tensorOf("x", [2, 7, 8, 3]) as Tensor4D;
      return [tf.conv2d(x, tensorOf("w", [3, 2, 3, 2]) as Tensor4D, 1, "same", "NHWC", [2, 3])];
    },
    [18],
  );
  const gradient = tf.grad((x) =>
    tf.conv2d(x as Tensor4D, tf.ones([2, 2, 1, 1]) as Tensor4D, 1, "same", "NHWC", 2),
  );
  expect(() => tf.tidy(() => gradient(tf.ones([1, 5, 5, 1])))).toThrow("dilation rates greater than 1");
});

describe("what tensorflow.js gets wrong is an error, not a number", () => {
  const x = (): Tensor4D => tf.ones([1, 5, 5, 2]);
  const w = (): Tensor4D => tf.ones([3, 3, 2, 4]);
  const convolving = (compute: () => unknown) => () => tf.tidy(() => void compute());

  test("one number as padding with unequal strides, whose output tensorflow.js takes to be too large", () => {
    expect(convolving(() => tf.conv2d(x(), w(), [1, 2], 1))).toThrow(
      "strides [1, 2] has no output of shape [1,5,5,4]",
    );
    expect(convolving(() => tf.conv2d(x(), w(), [2, 1], 1))).toThrow("has no output");
    // The same padding as pairs is right.
    expectEqualOnBoth({
      batch: 1,
      image: [5, 5],
      filter: [3, 3],
      channels: [2, 4],
      strides: [1, 2],
      pad: [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ],
    });
  });

  test("sizes rounded up, along either axis", () => {
    for (const shape of [
      [1, 5, 4, 2],
      [1, 4, 5, 2],
    ] as [number, number, number, number][]) {
      const rounded = (): void => {
        tf.conv2d(tf.ones(shape) as Tensor4D, tf.ones([2, 2, 2, 4]) as Tensor4D, 2, 0, "NHWC", 1, "ceil");
      };
      expect(convolving(rounded)).toThrow("round sizes down");
    }
  });

  test("channels first", () => {
    expect(convolving(() => tf.conv2d(tf.ones([1, 2, 5, 5]) as Tensor4D, w(), 1, "same", "NCHW"))).toThrow(
      'dataFormat "NHWC" only, received NCHW',
    );
  });

  test("a gradient of another shape than the output", () => {
    const wrong = { x: x(), dy: tf.ones([1, 4, 5, 4]) };
    const attrs = { strides: [1, 1], pad: "same", dataFormat: "NHWC", filterShape: [3, 3, 2, 4] };
    expect(convolving(() => tf.engine().runKernel("Conv2DBackpropFilter", wrong, attrs as never))).toThrow(
      "has the shape of its output, [1,5,5,4], received [1,4,5,4]",
    );
    tf.dispose(wrong);
  });
});
