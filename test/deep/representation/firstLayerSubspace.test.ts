import { expect, test } from "vitest";
import { firstLayerSubspace } from "../../../src/deep/representation/firstLayerSubspace.js";
import { leadingSubspace } from "../../../src/deep/representation/leadingSubspace.js";
import { sinThetaSquared } from "../../../src/numerics/principalAngles.js";
import { multiplyTransposeRight } from "../../../src/numerics/products.js";
import { orthonormalityError } from "../../../src/numerics/small.js";
import { haarFrame } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { withSpectrum } from "../../helpers/matrices.js";
import { changed, randomized, smallMlp } from "./smallNetworks.js";

test("the leading left singular vectors of W1 are found as they were built in, deeper layers and the network's heads aside", () => {
  const { matrix: kernel, u } = withSpectrum(["first layer"], 20, 12, [3, 2, 0.5, 0.4, 0.3]);
  for (const hidden of [[12], [12, 7]]) {
    const network = changed(smallMlp("w1", 20, hidden, 2, 2), (name, values) =>
      name === "layer1.kernel" ? Float32Array.from(kernel.data) : values,
    );
    const found = firstLayerSubspace(network, 2);
    expect([found.rows, found.cols]).toEqual([20, 2]);
    expect(orthonormalityError(found)).toBeLessThan(1e-12);
    const leading = {
      rows: 20,
      cols: 2,
      data: Float64Array.from({ length: 40 }, (_, at) => u.data[(at >> 1) * 5 + (at % 2)]!),
    };
    expect(sinThetaSquared(leading, found)).toBeLessThan(1e-11);
  }
});

test("a kernel of lower rank than asked has as many directions as it has; those that lack are fully wrong", () => {
  const basis = haarFrame(keyedStream(["test low rank"]), 9, 3);
  const one = { rows: 9, cols: 1, data: Float64Array.from({ length: 9 }, (_, i) => basis.data[3 * i]!) };
  const kernel = multiplyTransposeRight(one, haarFrame(keyedStream(["test low rank v"]), 8, 1));
  const withKernel = (values: ArrayLike<number>) =>
    changed(smallMlp("low", 9, [8], 1, 2), (name, old) =>
      name === "layer1.kernel" ? Float32Array.from(values) : old,
    );
  // The rounding of 32 bits makes the kernel of full rank, strictly.
  const found = firstLayerSubspace(withKernel(kernel.data), 3);
  expect(found.cols).toBe(1);
  expect(sinThetaSquared(basis, found)).toBeCloseTo(2, 9);
  const none = firstLayerSubspace(withKernel(new Float32Array(72)), 3);
  expect([none.rows, none.cols]).toEqual([9, 0]);
  expect(sinThetaSquared(basis, none)).toBe(3);
  // Fewer units than directions.
  expect(firstLayerSubspace(smallMlp("narrow", 9, [2], 1, 2), 3).cols).toBe(2);
});

test("a convolution is refused, and so are weights that are not finite", () => {
  const cnn = randomized(
    "cnn",
    { kind: "cnn", filters: [3], kernel: 3, stride: 2, dense: 5 },
    [6, 6, 1],
    1,
    2,
  );
  expect(() => firstLayerSubspace(cnn, 2)).toThrow(
    /an MLP, whose first layer sees the whole input, received "cnn"/,
  );
  const broken = changed(smallMlp("nan", 4, [4], 1, 2), (_, values) => values.fill(Number.NaN));
  expect(() => firstLayerSubspace(broken, 2)).toThrow(/finite/);
});

test("leading values are singular values, and directions below 1e-6 of the largest are rounding", () => {
  const { matrix } = withSpectrum(["leading"], 8, 6, [4, 1, 1e-3, 1e-8]);
  expect([...leadingSubspace(matrix, 2).values].map((value) => value.toFixed(9))).toEqual([
    "4.000000000",
    "1.000000000",
  ]);
  expect(leadingSubspace(matrix, 6).basis.cols).toBe(3);
  expect(() => leadingSubspace(matrix, 0)).toThrow(/r must be/);
});
