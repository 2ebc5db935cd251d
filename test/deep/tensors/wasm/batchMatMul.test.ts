import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Tensor } from "../../../../src/deep/tensors/tf.js";
import { law } from "../../../helpers/law.js";
import { alive, expectEqualSums, normals, on, type Sums, tf } from "../bothBackends.js";

interface Case {
  /** A is m x k, B is k x n, before they are stored transposed. */
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposed: readonly [boolean, boolean];
  /** The stacks in front of A and B. */
  readonly stacks: readonly [number[], number[]];
}

function expectEqualOnBoth({ m, k, n, transposed: [transposeA, transposeB], stacks }: Case): void {
  const shapeA = [...stacks[0], ...(transposeA ? [k, m] : [m, k])];
  const shapeB = [...stacks[1], ...(transposeB ? [n, k] : [k, n])];
  const product = (a: Tensor, b: Tensor): Tensor => tf.matMul(a, b, transposeA, transposeB);
  const compute: Sums = (tensorOf) => {
    const a = tensorOf("a", shapeA);
    const b = tensorOf("b", shapeB);
    const c = product(a, b);
    // tensorflow.js has no gradient for a factor that serves a whole stack.
    if (stacks[0].join() !== stacks[1].join()) return [c];
    return [c, ...tf.grads(product)([a, b], tensorOf("c", c.shape))];
  };
  expectEqualSums(compute, [k, n, m]);
}

const size = fc.constantFrom(1, 2, 3, 5, 8, 13);
const CASES: fc.Arbitrary<Case> = fc.record({
  m: size,
  k: fc.oneof(size, fc.constant(60)),
  n: size,
  transposed: fc.tuple(fc.boolean(), fc.boolean()),
  stacks: fc.constantFrom<[number[], number[]][]>(
    [[], []],
    [[], []],
    [[1], [1]],
    [[1], []],
    [[], [1, 1]],
    [[3], [3]],
    [[1], [3]],
    [[3], [1]],
    [
      [2, 3],
      [2, 3],
    ],
    [
      [2, 1],
      [1, 3],
    ],
  ),
});

test("products and their gradients on wasm are those of the cpu backend, either factor transposed or not, alone or stacked", () => {
  law(CASES, expectEqualOnBoth, 150);
});

describe("both ways to a product with a transposed factor", () => {
  // The second factor is the larger one, so that it is cheaper to transpose the first and the result.
  test.each([
    [4, 30, 50],
    [50, 30, 4],
  ])("%i x %i by %i", (m, k, n) => {
    for (const transposed of [
      [false, true],
      [true, false],
      [true, true],
    ] as const) {
      expectEqualOnBoth({ m, k, n, transposed, stacks: [[], []] });
    }
  });
});

test("one array as the second factor in several shapes gives several products", () => {
  const products = (): Tensor[] => {
    const w = tf.tensor(normals([24], "w"), [24]);
    return [
      [4, 6],
      [6, 4],
      [2, 12],
      [4, 6],
      [24, 1],
      [1, 24],
    ].map(([k, n]) => tf.matMul(tf.tensor(normals([3, k!], `${k}`), [3, k!]), tf.reshape(w, [k!, n!])));
  };
  const cpu = on("cpu", products);
  on("wasm", products).forEach((result, i) => {
    expect(result.shape).toEqual(cpu[i]!.shape);
    result.values.forEach((value, j) => {
      expect(value).toBeCloseTo(cpu[i]!.values[j]!, 5);
    });
  });
});

test("a product over no terms is zero, one without rows is empty", () => {
  const compute = (): Tensor[] => [
    // Memory that was in use before: an unset result would show it.
    tf.fill([5, 7], 3),
    tf.matMul(tf.ones([5, 0]), tf.ones([0, 7])),
    tf.matMul(tf.ones([0, 5]), tf.ones([0, 7]), true),
    tf.matMul(tf.ones([0, 3]), tf.ones([3, 2])),
    tf.matMul(tf.ones([1, 4, 0]), tf.ones([2, 0]), false, true),
  ];
  tf.tidy(() => void tf.fill([5, 7], 3));
  expect(on("wasm", compute)).toEqual(on("cpu", compute));
});

test("sizes that do not fit are an error that leaves nothing behind", () => {
  const before = alive();
  const a = tf.ones([2, 3]);
  const b = tf.ones([4, 5]);
  const attrs = { transposeA: true, transposeB: true };
  expect(() => tf.engine().runKernel("BatchMatMul", { a, b }, attrs)).toThrow(
    "matMul of 3 x 2 and 5 x 4: the inner sizes differ",
  );
  tf.dispose([a, b]);
  expect(alive()).toEqual(before);
});
