import type {
  DataType,
  KernelBackend,
  KernelConfig,
  NamedAttrMap,
  NamedTensorInfoMap,
  TensorInfo,
} from "@tensorflow/tfjs-core";
import type { Tf } from "../tf.js";

type Params = Parameters<KernelConfig["kernelFunc"]>[0];
type Numbers = Float32Array | Int32Array | Uint8Array;

/** A kernel of ours: from its arguments to its result, by way of other kernels. */
export type KernelBody = (call: KernelCall) => TensorInfo;

/** One call of a kernel that is composed of others: its arguments, and the means to compute with them. */
export class KernelCall {
  readonly tf: Tf;
  readonly inputs: NamedTensorInfoMap;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly #backend: KernelBackend;
  readonly #stock: KernelConfig | null;
  readonly #made: TensorInfo[] = [];

  constructor(tf: Tf, stock: KernelConfig | null, { inputs, backend, attrs }: Params) {
    this.tf = tf;
    this.inputs = inputs;
    this.attrs = (attrs ?? {}) as Readonly<Record<string, unknown>>;
    this.#backend = backend as KernelBackend;
    this.#stock = stock;
  }

  /**
   * The result of a body. What it made on the way is freed, whether it returns or throws; a result that shares the numbers of an intermediate tensor, as a
   * reshaped one does, holds its own reference to them.
   */
  resultOf(body: KernelBody): TensorInfo {
    let result: TensorInfo | null = null;
    try {
      result = body(this);
      return result;
    } finally {
      for (const info of this.#made) if (info !== result) this.#backend.disposeData(info.dataId);
    }
  }

  /** Runs the kernel now registered under a name. */
  run(name: string, inputs: NamedTensorInfoMap, attrs: object = {}): TensorInfo {
    const kernel = this.tf.getKernel(name, "wasm");
    if (kernel === undefined) throw new Error(`the wasm backend has no kernel ${name}`);
    return this.#result(kernel, inputs, attrs);
  }

  /** Runs the kernel that this one replaces. */
  stock(inputs: NamedTensorInfoMap, attrs: object = {}): TensorInfo {
    if (this.#stock === null) throw new Error("the wasm backend has no stock kernel to fall back to");
    return this.#result(this.#stock, inputs, attrs);
  }

  /** The numbers of a tensor, copied to the host. */
  read(x: TensorInfo): Numbers {
    return this.#backend.readSync(x.dataId) as Numbers;
  }

  /** A tensor of numbers from the host. */
  write(values: Numbers, shape: number[], dtype: DataType = "float32"): TensorInfo {
    const info = { dataId: this.#backend.write(values, shape, dtype), shape, dtype };
    this.#made.push(info);
    return info;
  }

  #result(kernel: KernelConfig, inputs: NamedTensorInfoMap, attrs: object): TensorInfo {
    const params = { inputs, backend: this.#backend, attrs: attrs as NamedAttrMap };
    const info = kernel.kernelFunc(params) as TensorInfo;
    this.#made.push(info);
    return info;
  }
}
