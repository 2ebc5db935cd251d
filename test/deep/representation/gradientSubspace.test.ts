import { expect, test } from "vitest";
import { gradientSubspace } from "../../../src/deep/representation/gradientSubspace.js";
import { inputGradients } from "../../../src/deep/representation/inputGradients.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import { fromRows, type Matrix, zeros } from "../../../src/numerics/matrix.js";
import { principalAngles, sinThetaSquared } from "../../../src/numerics/principalAngles.js";
import { multiply, multiplyTransposeLeft } from "../../../src/numerics/products.js";
import { symmetricEigen } from "../../../src/numerics/small.js";
import { haarFrame } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { changed, mlpLogits, normalParts, randomized, smallMlp } from "./smallNetworks.js";

const { tf } = await loadBackend("wasm");

/** The average over tasks and samples of J^T C J with J by finite differences in 64 bits. */
function agopByDifferences(
  network: ReturnType<typeof smallMlp>,
  parts: ReturnType<typeof normalParts>,
  perTask: number,
): Matrix {
  const p = parts[0]!.features;
  const { classes } = network;
  const sum = zeros(p, p);
  parts.forEach((part, task) => {
    for (let i = 0; i < perTask; i++) {
      const x = Array.from(part.inputs.subarray(i * p, (i + 1) * p));
      const jacobian = x.map((_, j) => {
        const moved = (h: number): number[] =>
          mlpLogits(
            network,
            task,
            x.map((v, l) => (l === j ? v + h : v)),
          );
        const [above, below] = [moved(1e-6), moved(-1e-6)];
        const slopes = above.map((a, c) => (a - below[c]!) / 2e-6);
        const mean = slopes.reduce((a, b) => a + b) / classes;
        return slopes.map((slope) => slope - mean);
      });
      for (let j = 0; j < p; j++) {
        for (let l = 0; l < p; l++) {
          const inner = jacobian[j]!.reduce((s, a, c) => s + a * jacobian[l]![c]!, 0);
          sum.data[j * p + l] = sum.data[j * p + l]! + inner / (parts.length * perTask);
        }
      }
    }
  });
  return sum;
}

test("the rows' outer products average to the outer product of finite differences, for deep MLPs, tasks and classes", () => {
  for (const [hidden, tasks, classes] of [
    [[9], 1, 2],
    [[8, 6], 3, 4],
  ] as const) {
    const network = smallMlp(["agop", classes], 5, hidden, tasks, classes);
    const parts = normalParts(["agop", classes], tasks, 7, 5);
    const rows = inputGradients(tf, network, parts, 6);
    expect([rows.rows, rows.cols]).toEqual([(classes - 1) * tasks * 6, 5]);
    const mean = multiplyTransposeLeft(rows, rows);
    const expected = agopByDifferences(network, parts, 6);
    const largest = Math.max(...expected.data);
    mean.data.forEach((value, at) => {
      expect(Math.abs(value / (tasks * 6) - expected.data[at]!) / largest).toBeLessThan(1e-5);
    });
    const eigen = symmetricEigen(expected);
    const found = gradientSubspace(tf, network, parts, 2, tasks * 6);
    expect(found.samples).toBe(tasks * 6);
    found.values.forEach((value, i) => {
      expect(value / eigen.values[i]!).toBeCloseTo(1, 4);
    });
    const leading = fromRows(
      Array.from({ length: 5 }, (_, i) => [eigen.vectors.data[i * 5]!, eigen.vectors.data[i * 5 + 1]!]),
    );
    expect(Math.max(...principalAngles(leading, found.basis))).toBeLessThan(1e-3);
  }
});

test("where every unit is on, the network is linear: AGOP is the mean of W H C H^T W^T", () => {
  const tasks = 3;
  const network = changed(smallMlp("linear", 6, [4], tasks, 3), (name, values) =>
    name === "layer1.bias" ? values.fill(100) : values,
  );
  const matrixOf = (values: ArrayLike<number>, rows: number, cols: number): Matrix => ({
    rows,
    cols,
    data: Float64Array.from(values),
  });
  const w = matrixOf(network.weights["layer1.kernel"]!, 6, 4);
  const expected = zeros(6, 6);
  for (let t = 0; t < tasks; t++) {
    const h = matrixOf(network.weights["heads.kernel"]!.subarray(t * 12, (t + 1) * 12), 4, 3);
    const effect = multiply(w, h);
    for (let i = 0; i < 6; i++) {
      const mean = (effect.data[3 * i]! + effect.data[3 * i + 1]! + effect.data[3 * i + 2]!) / 3;
      for (let c = 0; c < 3; c++) effect.data[3 * i + c] = effect.data[3 * i + c]! - mean;
    }
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 6; j++) {
        for (let c = 0; c < 3; c++) {
          expected.data[6 * i + j]! += (effect.data[3 * i + c]! * effect.data[3 * j + c]!) / tasks;
        }
      }
    }
  }
  const eigen = symmetricEigen(expected);
  const { values } = gradientSubspace(tf, network, normalParts("linear", tasks, 5, 6), 4);
  expect(values).toHaveLength(4);
  values.forEach((value, i) => {
    expect(value / eigen.values[i]!).toBeCloseTo(1, 4);
  });
});

test("a network that reads its input through B depends on span(B) alone", () => {
  const basis = haarFrame(keyedStream(["test agop basis"]), 10, 2);
  const inner = haarFrame(keyedStream(["test agop inner"]), 12, 2);
  const kernel = multiply(basis, { rows: 2, cols: 12, data: transposed(inner) });
  const network = changed(smallMlp("basis", 10, [12], 4, 2), (name, values) =>
    name === "layer1.kernel" ? Float32Array.from(kernel.data) : values,
  );
  const parts = normalParts("basis", 4, 50, 10);
  expect(sinThetaSquared(basis, gradientSubspace(tf, network, parts, 2).basis)).toBeLessThan(1e-9);
  // More directions are asked for than there are: rounding does not pass for a third one.
  expect(gradientSubspace(tf, network, parts, 5).basis.cols).toBe(2);
});

function transposed({ rows, cols, data }: Matrix): Float64Array {
  return Float64Array.from(
    { length: rows * cols },
    (_, at) => data[(at % rows) * cols + Math.floor(at / rows)]!,
  );
}

test("a network of dead units has no direction, and every direction of B counts as missed", () => {
  const dead = changed(smallMlp("dead", 6, [5], 2, 2), (name, values) =>
    name === "layer1.bias" ? values.fill(-1e4) : values,
  );
  const { basis, values } = gradientSubspace(tf, dead, normalParts("dead", 2, 8, 6), 3);
  expect([basis.rows, basis.cols, values.length]).toEqual([6, 0, 0]);
  expect(sinThetaSquared(haarFrame(keyedStream(["test dead"]), 6, 3), basis)).toBe(3);
});

test("a shift of all logits by a function of the input changes nothing", () => {
  const network = smallMlp("gauge", 5, [7], 1, 3);
  const rng = keyedStream(["test gauge"]);
  const along = Float64Array.from({ length: 7 }, () => 5 * rng.normal());
  const shifted = changed(network, (name, values) =>
    name === "heads.kernel" ? values.map((v, at) => v + along[Math.floor(at / 3)]!) : values,
  );
  const parts = normalParts("gauge", 1, 20, 5);
  const [a, b] = [network, shifted].map((n) => gradientSubspace(tf, n, parts, 2).values);
  a!.forEach((value, i) => {
    expect(b![i]! / value).toBeCloseTo(1, 4);
  });
});

test("chunks, tasks of unequal sizes and CNNs: one row a sample, and no tensor is left", () => {
  const before = tf.memory().numTensors;
  const network = smallMlp("chunks", 3, [4], 1, 2);
  const parts = normalParts("chunks", 1, 2500, 3);
  const whole = inputGradients(tf, network, parts, 2500);
  const last = [{ ...parts[0]!, count: 3, inputs: parts[0]!.inputs.slice(2497 * 3) }];
  expect(whole.data.slice(2497 * 3)).toEqual(inputGradients(tf, network, last, 3).data);
  expect(gradientSubspace(tf, network, parts, 1).samples).toBe(2000);

  const two = smallMlp("unequal", 3, [4], 2, 2);
  const unequal = [normalParts("a", 1, 9, 3)[0]!, normalParts("b", 1, 4, 3)[0]!];
  expect(gradientSubspace(tf, two, unequal, 1).samples).toBe(8);

  const cnn = randomized(
    "cnn",
    { kind: "cnn", filters: [3], kernel: 3, stride: 2, dense: 5 },
    [6, 6, 1],
    1,
    3,
  );
  expect(gradientSubspace(tf, cnn, normalParts("cnn", 1, 10, 36), 2).basis.rows).toBe(36);
  expect(tf.memory().numTensors).toBe(before);
  expect(() => inputGradients(tf, two, parts, 1)).toThrow(/one part for each of 2 tasks/);
  expect(() => inputGradients(tf, two, unequal, 5)).toThrow(/perTask must be an integer in \[1, 4\]/);
});
