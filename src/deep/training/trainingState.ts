import type { Network, Weights } from "../network/network.js";
import { initialOptimizer, type OptimizerState } from "./optimizer.js";
import type { Settings } from "./settings.js";

/** Where one training stands: all that the steps to come depend on, besides the data, the arm and the key. */
export interface TrainingState {
  /** Steps done. */
  step: number;
  readonly weights: Weights;
  readonly optimizer: OptimizerState;
  /** The best validation loss so far, the step it was found at, and the weights there; null before the first look. */
  best: { readonly loss: number; readonly step: number; readonly weights: Weights } | null;
  /** Looks at the validation loss since the best. */
  looksSinceBest: number;
}

/** The state before the first step, from the network's weights (copied). */
export function initialState(network: Network, settings: Settings): TrainingState {
  const weights = copyOf(network.weights);
  return {
    step: 0,
    weights,
    optimizer: initialOptimizer(settings, weights),
    best: null,
    looksSinceBest: 0,
  };
}

/** A copy of every weight. */
export function copyOf(weights: Weights): Weights {
  return Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, values.slice()]));
}
