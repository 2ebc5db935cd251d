/**
 * The library as every function of the deep track receives it: loaded by `loadBackend`, passed on as an argument, so that the modules that
 * compute name it as a type alone and cost nothing until a network is trained. Functional calls only: chained ones (`x.mul(y)`) are not there.
 */
export type Tf = typeof import("@tensorflow/tfjs-core");

export type {
  NamedTensorMap,
  Optimizer,
  Rank,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
  Variable,
} from "@tensorflow/tfjs-core";
