import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelBody, KernelCall } from "./kernelCall.js";

/**
 * A B of matrices on wasm, either factor transposed or not.
 *
 * The stock kernel multiplies with XNNPACK only when no factor is transposed; otherwise it runs a scalar loop about ten times slower, and autodiff
 * transposes a factor in every backward pass. Here a transposed factor is transposed first. XNNPACK also packs its right factor, a copy of it, so
 * there are two ways to the same numbers, and the one that moves fewer of them is taken (A is m x k, B is k x n after transposition):
 *
 *     C   = A B        moves  A if transposed, B if transposed, B to pack
 *     C^T = B^T A^T    moves  B unless transposed, A unless transposed, A to pack, C at the end
 *
 * Two defects of the stock kernel are avoided besides. XNNPACK's packed factor is cached by the identity of the tensor's numbers, whatever their shape:
 * with one array as the right factor twice, reshaped in between, the second product is wrong; here the second shape gets a copy. And an inner
 * dimension of 0 leaves the result unset; here it is zero.
 *
 * Stacks of more than one matrix (with broadcasting) are left to the stock kernel, which is right for them.
 */
export const batchMatMul: KernelBody = (call) => {
  const { inputs, attrs } = call;
  const a = inputs.a!;
  const b = inputs.b!;
  const transposeA = attrs.transposeA === true;
  const transposeB = attrs.transposeB === true;
  const stack = [...a.shape.slice(0, -2), ...b.shape.slice(0, -2)];
  if (stack.some((size) => size !== 1) || a.dtype !== "float32" || b.dtype !== "float32") {
    return call.stock({ a, b }, { transposeA, transposeB });
  }
  const [m, k] = sizes(a, transposeA);
  const [inner, n] = sizes(b, transposeB);
  if (k !== inner) throw new Error(`matMul of ${m} x ${k} and ${inner} x ${n}: the inner sizes differ`);
  // The shape in front of the two matrix dimensions: ones, as many as the longer stack has.
  const front = Array<number>(Math.max(a.shape.length, b.shape.length) - 2).fill(1);
  const shaped = (x: TensorInfo, shape: number[]): TensorInfo => call.run("Reshape", { x }, { shape });
  if (m * n * k === 0) return call.write(new Float32Array(m * n), [...front, m, n]);

  const left = shaped(a, a.shape.slice(-2));
  const right = shaped(b, b.shape.slice(-2));
  const flipped = (x: TensorInfo): TensorInfo => call.run("Transpose", { x }, { perm: [1, 0] });
  const plain = (x: TensorInfo, y: TensorInfo): TensorInfo =>
    call.stock({ a: x, b: packable(call, y) }, { transposeA: false, transposeB: false });
  const direct = (transposeA ? m * k : 0) + (transposeB ? k * n : 0) + k * n;
  const mirrored = (transposeA ? 0 : m * k) + (transposeB ? 0 : k * n) + m * k + m * n;
  const product =
    direct <= mirrored
      ? plain(transposeA ? flipped(left) : left, transposeB ? flipped(right) : right)
      : flipped(plain(transposeB ? right : flipped(right), transposeA ? left : flipped(left)));
  return shaped(product, [...front, m, n]);
};

/** Rows and columns of the matrix at the end of a shape. */
function sizes(x: TensorInfo, transposed: boolean): [number, number] {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

/** The number of columns with which an array of numbers was first packed as a right factor. */
const packedColumns = new WeakMap<object, number>();

/** The tensor itself, or a copy when its numbers were packed under another shape before. */
function packable(call: KernelCall, x: TensorInfo): TensorInfo {
  const columns = x.shape[1]!;
  const packed = packedColumns.get(x.dataId) ?? columns;
  packedColumns.set(x.dataId, packed);
  return packed === columns ? x : call.run("Slice", { x }, { begin: [0, 0], size: x.shape });
}
