import { afterEach, describe, expect, test } from "vitest";
import { AdvTransferError } from "../../../src/core/errors.js";
import { type BackendName, type Importers, loadBackend } from "../../../src/deep/tensors/loadBackend.js";

const { tf } = await loadBackend("cpu");
const { MathBackendCPU } = await import("@tensorflow/tfjs-backend-cpu");

/** Does what importing tfjs-node does: registers a backend and its kernels. Plain JavaScript under its name. */
async function standIn(): Promise<void> {
  tf.registerBackend("tensorflow", () => new MathBackendCPU());
  tf.copyRegisteredKernels("cpu", "tensorflow");
}

const failing =
  (message: string, code?: string): (() => Promise<never>) =>
  () =>
    Promise.reject(Object.assign(new Error(message), { code }));
const absent = failing("Cannot find module '@tensorflow/tfjs-node'", "MODULE_NOT_FOUND");
const broken = failing("The native addon module can not be found\nat a path");
const halfThere = failing("Cannot find module 'adm-zip'", "MODULE_NOT_FOUND");

async function failureOf(wanted: unknown, importers: Partial<Importers> = {}): Promise<AdvTransferError> {
  const error = await loadBackend(wanted as BackendName, importers).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AdvTransferError);
  return error as AdvTransferError;
}

afterEach(async () => {
  await loadBackend("wasm");
  if (tf.findBackendFactory("tensorflow") === null) return;
  tf.removeBackend("tensorflow");
  for (const { kernelName } of tf.getKernelsForBackend("tensorflow")) {
    tf.unregisterKernel(kernelName, "tensorflow");
  }
});

describe("auto takes the first backend that starts", () => {
  test("tfjs-node where its package loads", async () => {
    const backend = await loadBackend("auto", { "tfjs-node": standIn });
    expect(backend).toMatchObject({ name: "tfjs-node", version: "4.22.0", simd: null, notes: [] });
    expect(tf.getBackend()).toBe("tensorflow");
    expect([...tf.tidy(() => tf.grad(tf.square)(tf.scalar(3)).dataSync())]).toEqual([6]);
  });

  test("wasm where tfjs-node is not installed, without a word", async () => {
    for (const importers of [{}, { "tfjs-node": absent }]) {
      const backend = await loadBackend("auto", importers);
      expect(backend).toMatchObject({ name: "wasm", version: "4.22.0", simd: true, notes: [] });
      expect(tf.getBackend()).toBe("wasm");
    }
  });

  test("wasm where tfjs-node throws as it loads, with one line that says so", async () => {
    expect(await loadBackend("auto", { "tfjs-node": broken })).toMatchObject({
      name: "wasm",
      notes: ["tfjs-node is there but does not start (The native addon module can not be found)"],
    });
    // Installed without a package that it needs: not the same as not installed.
    expect((await loadBackend("auto", { "tfjs-node": halfThere })).notes).toHaveLength(1);
    // Loaded, but without a backend in it.
    const { name, notes } = await loadBackend("auto", { "tfjs-node": async () => {} });
    expect([name, notes.length]).toEqual(["wasm", 1]);
    expect(notes[0]).toContain("'tensorflow' not found");
  });

  test("wasm where tfjs-node's backend fails in its initialization", async () => {
    const failingInit = async (): Promise<void> => {
      tf.registerBackend("tensorflow", () => Promise.reject(new Error("no libtensorflow")));
    };
    expect(await loadBackend("auto", { "tfjs-node": failingInit })).toMatchObject({
      name: "wasm",
      notes: ["tfjs-node is there but does not start (its initialization failed)"],
    });
  });

  test("cpu where wasm does not load either", async () => {
    const backend = await loadBackend("auto", { "tfjs-node": absent, wasm: failing("no WebAssembly") });
    expect(backend).toMatchObject({
      name: "cpu",
      simd: null,
      notes: ["wasm is there but does not start (no WebAssembly)"],
    });
    expect(tf.getBackend()).toBe("cpu");
  });

  test("none, and an error that says why of each, where nothing loads", async () => {
    const nothing = { "tfjs-node": broken, wasm: failing("no wasm"), cpu: failing("no cpu") };
    const { message } = await failureOf("auto", nothing);
    for (const reason of ["native addon", "no wasm", "no cpu"]) expect(message).toContain(reason);
  });
});

describe("a backend asked for by name is started or an error", () => {
  test("every one of them", async () => {
    expect((await loadBackend("cpu")).name).toBe("cpu");
    expect(tf.getBackend()).toBe("cpu");
    expect((await loadBackend("wasm")).name).toBe("wasm");
    expect((await loadBackend("tfjs-node", { "tfjs-node": standIn })).name).toBe("tfjs-node");
  });

  test("tfjs-node that is not installed, with the way to install it", async () => {
    for (const importers of [{}, { "tfjs-node": absent }]) {
      const error = await failureOf("tfjs-node", importers);
      expect(error.code).toBe("bad-input");
      expect(error.message).toBe(
        "the backend tfjs-node does not start: @tensorflow/tfjs-node is not installed",
      );
      expect(error.hint).toContain("npm install @tensorflow/tfjs-node@4.22.0");
    }
  });

  test("one that is there and throws, with its first line", async () => {
    const error = await failureOf("tfjs-node", { "tfjs-node": broken });
    expect(error.message).toBe(
      "the backend tfjs-node does not start: The native addon module can not be found",
    );
    const wasm = await failureOf("wasm", { wasm: failing("no WebAssembly") });
    expect(wasm.describe()).toContain('hint: Try another backend: "auto" takes the first that starts.');
  });

  test("an unknown name", async () => {
    for (const name of ["webgl", "", "WASM", null]) {
      const error = await failureOf(name);
      expect(error.code).toBe("bad-input");
      expect(error.message).toContain('backend must be "auto", "tfjs-node", "wasm" or "cpu", received');
    }
  });

  test("an error is no obstacle to the next call", async () => {
    await failureOf("nonsense");
    expect((await loadBackend("cpu")).name).toBe("cpu");
  });
});

test("one engine in a process: calls return the same one, at the same time too", async () => {
  const [first, second, third] = await Promise.all([loadBackend(), loadBackend("cpu"), loadBackend()]);
  expect(second.tf.engine()).toBe(first.tf.engine());
  expect(third.tf.engine()).toBe(first.tf.engine());
  expect([first.name, second.name, third.name]).toEqual(["wasm", "cpu", "wasm"]);
  expect(tf.getBackend()).toBe("wasm");
});

test("calls take turns: the one made last decides what computes, however long the others take", async () => {
  const slowly = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));
  await Promise.all([loadBackend("cpu", { cpu: slowly }), loadBackend("wasm")]);
  expect(tf.getBackend()).toBe("wasm");
});
