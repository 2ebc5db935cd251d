import { AdvTransferError } from "../../core/errors.js";
import { keyedStream, type StreamKey } from "../../random/keyedStream.js";
import type { LabeledData } from "../data/labeledData.js";
import { type Network, withWeights } from "../network/network.js";
import type { Tf } from "../tensors/tf.js";
import type { Arm } from "./arm.js";
import { lossStep } from "./lossStep.js";
import { meanLoss } from "./meanLoss.js";
import { updateWeights } from "./optimizer.js";
import { drawBatch, type Pool } from "./pool.js";
import type { Settings } from "./settings.js";
import { copyOf, type TrainingState } from "./trainingState.js";

/** One training of a network: what it learns from, for how long, and how its inputs are changed. */
export interface Training {
  readonly pools: readonly Pool[];
  readonly validation: readonly LabeledData[];
  readonly steps: number;
  readonly arm: Pick<Arm, "name" | "attack" | "augmentation">;
  readonly settings: Settings;
  readonly key: StreamKey;
  /** Called after every step, when the state is complete. */
  readonly afterStep: (state: TrainingState, loss: number) => void;
}

/** A trained network and how its training ended. */
export interface Trained {
  readonly network: Network;
  /** Steps made; with early stopping the weights may be those of an earlier one, `bestStep`. */
  readonly steps: number;
  readonly bestStep: number;
  readonly stoppedEarly: boolean;
}

/**
 * Trains from a state to the end, in place on the state: to `steps`, or until the validation loss has not fallen for `patience` looks; the network
 * returned has the weights with the best validation loss, or without early stopping the last ones. From a saved state it goes on to the same bytes.
 *
 * Throws `numerical`, naming arm and step, as soon as a loss is not finite.
 */
export function train(tf: Tf, network: Network, training: Training, state: TrainingState): Trained {
  const { pools, validation, steps, arm, settings, key, afterStep } = training;
  const stopping = settings.earlyStopping;
  const patienceLeft = (): boolean => stopping === null || state.looksSinceBest < stopping.patience;
  while (state.step < steps && patienceLeft()) {
    const step = state.step + 1;
    const batch = drawBatch(pools, settings.batch, keyedStream([...key, "batch", step]));
    const { loss, gradients } = lossStep(tf, network, state.weights, batch, arm, key, step);
    requireFiniteLoss(loss, arm.name, step);
    updateWeights(settings, state.optimizer, state.weights, gradients, step);
    state.step = step;
    if (stopping !== null && (step % stopping.every === 0 || step === steps)) {
      look(meanLoss(tf, withWeights(network, state.weights), validation), state, arm.name);
    }
    afterStep(state, loss);
  }
  const end = state.best ?? { step: state.step, weights: state.weights };
  return {
    network: withWeights(network, copyOf(end.weights)),
    steps: state.step,
    bestStep: end.step,
    stoppedEarly: state.step < steps,
  };
}

function look(loss: number, state: TrainingState, arm: string): void {
  requireFiniteLoss(loss, arm, state.step);
  if (state.best === null || loss < state.best.loss) {
    state.best = { loss, step: state.step, weights: copyOf(state.weights) };
    state.looksSinceBest = 0;
  } else state.looksSinceBest++;
}

function requireFiniteLoss(loss: number, arm: string, step: number): void {
  if (Number.isFinite(loss)) return;
  throw new AdvTransferError("numerical", `arm ${arm}: the loss is ${loss} at step ${step}`, {
    hint: "Lower the learning rate, or look for inputs that are not finite or very large.",
  });
}
