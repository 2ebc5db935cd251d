import { afterEach, describe, expect, test } from "vitest";
import type { Tensor } from "../../../../src/deep/tensors/tf.js";
import type { KernelBody } from "../../../../src/deep/tensors/wasm/kernelCall.js";
import { replaceKernels, restoreKernels } from "../../../../src/deep/tensors/wasm/replaceKernels.js";
import { useOurKernels, useStockKernels } from "../../../../src/deep/tensors/wasm/wasmKernels.js";
import { alive, tf } from "../bothBackends.js";

/** The result of a kernel for a number; checks that the call leaves nothing behind. */
function resultFor(kernel: string, x: number): number {
  const before = alive();
  try {
    return tf.tidy(() => (tf.engine().runKernel(kernel, { x: tf.scalar(x) }) as Tensor).dataSync()[0]!);
  } finally {
    expect(alive()).toEqual(before);
  }
}

const twice: KernelBody = (call) => {
  const square = call.stock(call.inputs);
  return call.run("Add", { a: square, b: square });
};

afterEach(() => {
  restoreKernels(tf, ["Square", "Cube"]);
});

describe("a kernel of ours stands in for the stock kernel of its name", () => {
  test("once, however often it is registered, until the stock kernel is put back", () => {
    replaceKernels(tf, { Square: twice });
    replaceKernels(tf, { Square: twice });
    expect(resultFor("Square", 3)).toBe(18);
    restoreKernels(tf, ["Square"]);
    restoreKernels(tf, ["Square"]);
    expect(resultFor("Square", 3)).toBe(9);
  });

  test("one that wasm lacks comes and goes", () => {
    replaceKernels(tf, {
      Cube: (call) =>
        call.run("Multiply", { a: call.inputs.x!, b: call.run("Square", { x: call.inputs.x! }) }),
    });
    expect(resultFor("Cube", 3)).toBe(27);
    restoreKernels(tf, ["Cube"]);
    expect(tf.getKernel("Cube", "wasm")).toBeUndefined();
  });

  test("all of them go and come: a defect of the stock kernels is there in between", () => {
    const oneHot = (): number =>
      tf.tidy(() => tf.oneHot(tf.tensor1d([1], "int32"), 2, 1, 0, "float32").dataSync()[1]!);
    expect(oneHot()).toBe(1);
    useStockKernels(tf);
    expect(oneHot()).toBeLessThan(1e-40);
    expect(tf.getKernel("Conv2DBackpropFilter", "wasm")).toBeUndefined();
    useOurKernels(tf);
    expect(oneHot()).toBe(1);
  });
});

describe("what a kernel makes on the way is freed, its result is kept", () => {
  test("when it shares the numbers of what was made on the way", () => {
    replaceKernels(tf, {
      Cube: (call) => {
        const y = call.run("Square", { x: call.write(Float32Array.of(call.read(call.inputs.x!)[0]!), [1]) });
        return call.run("Reshape", { x: y }, { shape: [] });
      },
    });
    expect(resultFor("Cube", 5)).toBe(25);
  });

  test("when it throws", () => {
    const stumbling: KernelBody = (call) => {
      call.run("Square", { x: call.inputs.x! });
      call.write(new Float32Array(8), [8]);
      throw new Error("half-way");
    };
    replaceKernels(tf, { Cube: stumbling });
    expect(() => resultFor("Cube", 1)).toThrow("half-way");
    replaceKernels(tf, { Cube: (call) => call.stock(call.inputs) });
    expect(() => resultFor("Cube", 1)).toThrow("no stock kernel");
    replaceKernels(tf, { Cube: (call) => call.run("Nonsense", call.inputs) });
    expect(() => resultFor("Cube", 1)).toThrow("no kernel Nonsense");
  });
});
