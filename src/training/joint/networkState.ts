import { type Matrix, matrix, rowView, zeros } from "../../numerics/matrix.js";
import {
  addScaled,
  multiply,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  norm2,
} from "../../numerics/products.js";
import { normalMatrix } from "../../random/distributions/haarFrame.js";
import type { Rng } from "../../random/keyedStream.js";
import type { Ball } from "../closedForm.js";
import { adversarialRisk, type Objective } from "../gradient/adversarialRisk.js";
import { type WeightedSamples, weightedSum } from "../gradient/weightedSamples.js";
import { lqNorm } from "../lqNorm.js";

/** What a two-layer network is trained on. */
export interface NetworkProblem {
  readonly tasks: readonly WeightedSamples[];
  /** Tasks whose optimal classifier is 0 whatever W1 is: their heads stay 0. */
  readonly filtered: readonly boolean[];
  readonly objective: Objective;
  readonly weightDecay: number;
  /** For attacks with random starts. */
  readonly rng: Rng;
}

/** The parameters: W1^T, `k x p`, and the heads, `T x k`; or a direction in them. */
export interface NetworkState {
  readonly layer: Matrix;
  readonly heads: Matrix;
}

/** true when the attack filters the task: ||muhat||_q <= radius, for every loss that decreases in the margin. */
export function isFiltered(task: WeightedSamples, attack: Ball | null): boolean {
  return attack !== null && lqNorm(weightedSum(task.points, task.weights), attack.norm) <= attack.radius;
}

/** Standard normal layers scaled to the Frobenius norm, the heads of filtered tasks 0. */
export function initialState(
  { tasks, filtered, rng }: NetworkProblem,
  k: number,
  norm: number,
): NetworkState {
  const layer = normalMatrix(rng, k, tasks[0]!.points.cols);
  const heads = normalMatrix(rng, tasks.length, k);
  filtered.forEach((is, t) => {
    if (is) rowView(heads, t).fill(0);
  });
  return { layer: scaledTo(layer, norm), heads: scaledTo(heads, norm) };
}

function scaledTo(m: Matrix, norm: number): Matrix {
  const length = norm2(m.data);
  return length === 0
    ? m
    : matrix(
        m.rows,
        m.cols,
        m.data.map((x) => (norm * x) / length),
      );
}

/** The objective, summed over the tasks, and its derivatives in both layers. */
export function evaluate(
  problem: NetworkProblem,
  state: NetworkState,
): NetworkState & { readonly value: number } {
  const { tasks, filtered, objective, weightDecay, rng } = problem;
  const { layer, heads } = state;
  const classifiers = multiply(heads, layer);
  const slopes = zeros(classifiers.rows, classifiers.cols);
  let value = (weightDecay / 2) * stateSize(state) ** 2;
  tasks.forEach((task, t) => {
    if (filtered[t]) {
      value += objective.loss.value(0);
      return;
    }
    const risk = adversarialRisk(task, objective, rowView(classifiers, t), rng);
    value += risk.value;
    rowView(slopes, t).set(risk.gradient);
  });
  const layerSlope = multiplyTransposeLeft(heads, slopes);
  const headSlope = multiplyTransposeRight(slopes, layer);
  addScaled(layerSlope.data, weightDecay, layer.data);
  addScaled(headSlope.data, weightDecay, heads.data);
  return { value, layer: layerSlope, heads: headSlope };
}

/** The loss of a network on other samples of the same tasks, without weight decay. */
export function validationRisk(
  problem: NetworkProblem,
  validation: readonly WeightedSamples[],
  state: NetworkState,
): number {
  return evaluate({ ...problem, tasks: validation, weightDecay: 0 }, state).value;
}

/** ||gradient|| / ||parameters||: the rate at which the network changes its own size. */
export function growthRate(slope: NetworkState, state: NetworkState): number {
  return stateSize(slope) / stateSize(state);
}

/** The Euclidean length of all parameters. */
export function stateSize({ layer, heads }: NetworkState): number {
  return Math.hypot(norm2(layer.data), norm2(heads.data));
}

/** The parameters after a step of gradient descent. */
export function moved(state: NetworkState, slope: NetworkState, rate: number): NetworkState {
  const step = (x: Matrix, by: Matrix): Matrix => {
    const data = x.data.slice();
    addScaled(data, -rate, by.data);
    return matrix(x.rows, x.cols, data);
  };
  return { layer: step(state.layer, slope.layer), heads: step(state.heads, slope.heads) };
}
