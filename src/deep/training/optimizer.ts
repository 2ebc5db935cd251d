import type { Weights } from "../network/network.js";
import type { Settings } from "./settings.js";

/**
 * What an optimizer remembers between steps: for Adam the running means of gradients and of their squares, for SGD the velocity, per weight. At rest like
 * the weights, so that a checkpoint is a copy and an update the same on every backend.
 */
export interface OptimizerState {
  readonly slots: readonly Weights[];
}

type Rule = Pick<Settings, "optimizer" | "learningRate" | "momentum" | "weightDecay">;

const BETA1 = 0.9;
const BETA2 = 0.999;
/** As in Keras and tensorflow.js. */
const EPSILON = 1e-7;

/** The state before the first step: zeros. */
export function initialOptimizer(rule: Pick<Rule, "optimizer">, weights: Weights): OptimizerState {
  const zeros = (): Weights =>
    Object.fromEntries(
      Object.entries(weights).map(([name, values]) => [name, new Float32Array(values.length)]),
    );
  return { slots: rule.optimizer === "adam" ? [zeros(), zeros()] : [zeros()] };
}

/**
 * One step, in place, on weights and state. `step` counts from 1. With gradient g and learning rate e,
 *
 *     Adam: m <- 0.9 m + 0.1 g,  v <- 0.999 v + 0.001 g^2,  w <- w - e (m / (1 - 0.9^step)) / (sqrt(v / (1 - 0.999^step)) + 1e-7)
 *     SGD:  m <- momentum m + g,  w <- w - e m
 *
 * after kernels have shrunk by 1 - e weightDecay. Cost: one pass over the weights.
 */
export function updateWeights(
  rule: Rule,
  state: OptimizerState,
  weights: Weights,
  gradients: Weights,
  step: number,
): void {
  for (const [name, w] of Object.entries(weights)) {
    const g = gradients[name]!;
    const decay = name.endsWith(".kernel") ? 1 - rule.learningRate * rule.weightDecay : 1;
    const [first, second] = state.slots.map((slot) => slot[name]!);
    if (rule.optimizer === "adam") adam(w, g, first!, second!, rule.learningRate, decay, step);
    else sgd(w, g, first!, rule.learningRate, rule.momentum, decay);
  }
}

function adam(
  w: Float32Array,
  g: Float32Array,
  m: Float32Array,
  v: Float32Array,
  rate: number,
  decay: number,
  step: number,
): void {
  const scale1 = 1 / (1 - BETA1 ** step);
  const scale2 = 1 / (1 - BETA2 ** step);
  for (let i = 0; i < w.length; i++) {
    m[i] = BETA1 * m[i]! + (1 - BETA1) * g[i]!;
    v[i] = BETA2 * v[i]! + (1 - BETA2) * g[i]! * g[i]!;
    w[i] = decay * w[i]! - (rate * scale1 * m[i]!) / (Math.sqrt(scale2 * v[i]!) + EPSILON);
  }
}

function sgd(
  w: Float32Array,
  g: Float32Array,
  velocity: Float32Array,
  rate: number,
  momentum: number,
  decay: number,
): void {
  for (let i = 0; i < w.length; i++) {
    velocity[i] = momentum * velocity[i]! + g[i]!;
    w[i] = decay * w[i]! - rate * velocity[i]!;
  }
}
