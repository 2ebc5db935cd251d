import {
  badInput,
  requireInRange,
  requireInteger,
  requireNonNegative,
  requirePositive,
} from "../../core/guards.js";
import type { Architecture } from "../network/architecture.js";

/** How networks are trained: the same for all arms of a study. */
export interface Settings {
  readonly network: Architecture;
  /** Adam (Kingma and Ba, ICLR 2015; beta 0.9 and 0.999), or stochastic gradient descent with {@link Settings.momentum}. */
  readonly optimizer: "adam" | "sgd";
  readonly learningRate: number;
  /** In [0, 1); of SGD alone. */
  readonly momentum: number;
  /** Samples of each task in a step. */
  readonly batch: number;
  /** Steps of an arm that learns from all samples, with true labels or its own. */
  readonly steps: number;
  /** Steps of an arm, or a labelling network, that learns from the few labelled samples alone. */
  readonly fewSteps: number;
  /** Decoupled from the gradient (Loshchilov and Hutter, ICLR 2019): kernels shrink by the factor 1 - learningRate * weightDecay a step; biases do not. */
  readonly weightDecay: number;
  /** Every so many steps the validation loss is looked at; after `patience` looks without a new best, training ends with the best weights. */
  readonly earlyStopping: { readonly every: number; readonly patience: number } | null;
}

const DEFAULTS: Settings = {
  network: { kind: "mlp", hidden: [64] },
  optimizer: "adam",
  learningRate: 1e-3,
  momentum: 0.9,
  batch: 128,
  steps: 300,
  fewSteps: 200,
  weightDecay: 0,
  earlyStopping: null,
};

/**
 * Complete, checked {@link Settings}: what is left out takes its default. Throws `bad-input` naming the field, the allowed values and the value.
 *
 * @example settingsOf({ steps: 500 }).optimizer // "adam"
 */
export function settingsOf(given: Partial<Settings> = {}): Settings {
  const settings: Settings = { ...DEFAULTS, ...given };
  if (!["adam", "sgd"].includes(settings.optimizer)) {
    throw badInput("training.optimizer", '"adam" or "sgd"', settings.optimizer);
  }
  requirePositive("training.learningRate", settings.learningRate);
  requireInRange("training.momentum", settings.momentum, 0, 1 - 1e-9);
  requireInteger("training.batch", settings.batch, 1);
  requireInteger("training.steps", settings.steps, 1);
  requireInteger("training.fewSteps", settings.fewSteps, 1);
  requireNonNegative("training.weightDecay", settings.weightDecay);
  if (settings.learningRate * settings.weightDecay >= 1) {
    throw badInput("training.weightDecay", "below 1 / learningRate", settings.weightDecay);
  }
  if (settings.earlyStopping !== null) {
    requireInteger("training.earlyStopping.every", settings.earlyStopping.every, 1);
    requireInteger("training.earlyStopping.patience", settings.earlyStopping.patience, 1);
  }
  return settings;
}
