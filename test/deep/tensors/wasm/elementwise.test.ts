import { expect, test } from "vitest";
import type { Tensor } from "../../../../src/deep/tensors/tf.js";
import { alive, on, tf } from "../bothBackends.js";

const SUBNORMAL = 1e-45;
const SPECIAL = [NaN, 0, -0, SUBNORMAL, -SUBNORMAL, 0.3, -0.7, 1, -2.5, 1e38, -1e38, Infinity, -Infinity];
const special = (): Tensor => tf.tensor1d(SPECIAL);
const valuesOn = (backend: "cpu" | "wasm", compute: () => Tensor): readonly number[] =>
  on(backend, () => [compute()])[0]!.values;

test("sign is that of the cpu backend for every number, and NaN for NaN", () => {
  const signs = valuesOn("wasm", () => tf.sign(special()));
  expect(signs.map((value) => value + 0)).toEqual(SPECIAL.map((x) => Math.sign(x) + 0));
  expect(signs.slice(1)).toEqual(valuesOn("cpu", () => tf.sign(special())).slice(1));
});

test("bounds, relu and relu6 let NaN through, and do with every other number what the cpu backend does", () => {
  for (const compute of [
    () => tf.clipByValue(special(), -1, 0.5),
    () => tf.relu(special()),
    () => tf.relu6(special()),
  ]) {
    const values = valuesOn("wasm", compute);
    expect(values).toEqual(valuesOn("cpu", compute));
    expect(values[0]).toBeNaN();
  }
});

test("the larger and the smaller of two numbers is NaN when either is", () => {
  for (const operation of [tf.maximum, tf.minimum]) {
    const table = (): Tensor => operation(tf.reshape(special(), [-1, 1]), tf.reshape(special(), [1, -1]));
    const values = valuesOn("wasm", table);
    // 0 and -0 are equal: which of them is returned is left open.
    const cpu = valuesOn("cpu", table);
    expect(values.map((value) => value + 0)).toEqual(cpu.map((value) => value + 0));
    const scalar = valuesOn("wasm", () => operation(1, tf.scalar(NaN)));
    expect(scalar).toEqual([NaN]);
  }
});

test("the larger and the smaller of two integers are those of the cpu backend; integers are not clipped", () => {
  const integers = (): Tensor => tf.tensor1d([-3, 0, 7], "int32");
  for (const operation of [tf.maximum, tf.minimum]) {
    const compute = (): Tensor[] => [operation(integers(), tf.scalar(1, "int32"))];
    expect(on("wasm", compute)).toEqual(on("cpu", compute));
  }
  const clip = (): void => tf.tidy(() => void tf.clipByValue(integers(), -1, 2));
  expect(clip).toThrow("clips float32 only, received int32");
});

test("as a truth value, a number is 1 unless it is 0", () => {
  for (const compute of [
    () => tf.cast(special(), "bool"),
    () => tf.cast(tf.tensor1d([0, 1, -1, 256], "int32"), "bool"),
    () => tf.cast(tf.cast(special(), "bool"), "float32"),
    () => tf.cast(tf.cast(special(), "bool"), "bool"),
    () => tf.cast(tf.tensor1d([1.9, -1.9, 0.5]), "int32"),
  ]) {
    expect(on("wasm", () => [compute()])).toEqual(on("cpu", () => [compute()]));
  }
});

test("a copy shares the numbers, and outlives the tensor that it was made of", () => {
  const before = alive();
  const x = tf.tensor1d([1, 2, 3]);
  const copy = tf.clone(x);
  const again = tf.clone(copy);
  expect(alive()[1]).toBe(before[1] + 1);
  x.dispose();
  copy.dispose();
  tf.tidy(() => void tf.fill([3], 9));
  expect([...again.dataSync()]).toEqual([1, 2, 3]);
  again.dispose();
  expect(alive()).toEqual(before);
});

test("one-hot rows of every type, with any two values; an index outside has no entry", () => {
  for (const dtype of ["float32", "int32", "bool"] as const) {
    for (const [onValue, offValue] of [[1, 0], dtype === "float32" ? [0.9, 0.025] : [1, 0]] as const) {
      const compute = (): Tensor[] => [
        tf.oneHot(tf.tensor2d([0, 2, 1, 5, -1, 2], [3, 2], "int32"), 3, onValue, offValue, dtype),
      ];
      expect(on("wasm", compute)).toEqual(on("cpu", compute));
    }
  }
  const [rows] = on("wasm", () => [tf.oneHot(tf.tensor1d([1, 0], "int32"), 3, 1, 0, "float32")]);
  expect(rows).toEqual({ shape: [2, 3], dtype: "float32", values: [0, 1, 0, 1, 0, 0] });
});
