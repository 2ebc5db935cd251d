import { badInput, requireInteger } from "../../core/guards.js";
import type { StreamKey } from "../../random/keyedStream.js";
import type { LabeledData } from "../data/labeledData.js";
import { initialNetwork, type Network, withWeights } from "../network/network.js";
import type { Tf } from "../tensors/tf.js";
import { labeledPart, poolOf } from "../training/pool.js";
import { type Settings, settingsOf } from "../training/settings.js";
import { train } from "../training/train.js";
import { initialState } from "../training/trainingState.js";

/** How a network is fine-tuned: as networks are trained, without early stopping. */
export interface FineTuning
  extends Pick<Settings, "optimizer" | "learningRate" | "momentum" | "batch" | "weightDecay"> {
  readonly steps: number;
}

/** Adam, 1e-3, 100 steps of all samples, or of 128 where there are more. */
export const FINE_TUNING: FineTuning = {
  optimizer: "adam",
  learningRate: 1e-3,
  momentum: 0.9,
  batch: 128,
  weightDecay: 0,
  steps: 100,
};

/**
 * The whole network trained further on labelled target samples: the trunk from its weights, one new head in place of the source tasks' from N(0, 1 / width),
 * minimising the mean cross-entropy without attack. The new head and the batches are functions of the key and the sizes alone, so all arms start with the
 * same head and see the same batches. The network that is given is not changed.
 *
 * Same bytes for the same key on one backend; leaves no tensor behind. Throws `numerical` when the loss is not finite, `bad-input` on samples of another
 * shape or settings out of range. Cost: `steps` forward and backward passes.
 *
 * @example fineTune(tf, network, target.training, FINE_TUNING, [seed, "fine-tuning"]).classes // those of the target
 */
export function fineTune(
  tf: Tf,
  network: Network,
  data: LabeledData,
  tuning: FineTuning,
  key: StreamKey,
): Network {
  const { steps, ...rest } = tuning;
  requireInteger("fineTuning.steps", steps, 1);
  if (data.shape.join() !== network.inputShape.join()) {
    throw badInput("samples to fine-tune on", `of the shape [${network.inputShape}]`, data.shape);
  }
  const settings = settingsOf({ ...rest, network: network.architecture });
  const fresh = initialNetwork(
    network.architecture,
    { inputShape: data.shape, tasks: 1, classes: data.classes },
    [...key, "new head"],
  );
  const start = withWeights(fresh, {
    ...network.weights,
    "heads.kernel": fresh.weights["heads.kernel"]!,
    "heads.bias": fresh.weights["heads.bias"]!,
  });
  const training = {
    pools: [poolOf(data, [labeledPart(data)])],
    validation: [],
    steps,
    arm: { name: "fine-tuning", attack: null, augmentation: null },
    settings,
    key,
    afterStep: () => {},
  };
  return train(tf, start, training, initialState(start, settings)).network;
}
