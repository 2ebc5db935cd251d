import { expect, test } from "vitest";
import { AdvTransferError } from "../../../src/core/errors.js";
import { initialNetwork, type Network } from "../../../src/deep/network/network.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import { meanLoss } from "../../../src/deep/training/meanLoss.js";
import { labeledPart, poolOf } from "../../../src/deep/training/pool.js";
import type { Settings } from "../../../src/deep/training/settings.js";
import { type Trained, type Training, train } from "../../../src/deep/training/train.js";
import { copyOf, initialState, type TrainingState } from "../../../src/deep/training/trainingState.js";
import { mapInputs, smallSettings, smallTransfer } from "./smallTransfer.js";

const { tf } = await loadBackend("wasm");
const data = smallTransfer("train");

function setUp(
  rest: Partial<Settings>,
  change: Partial<Training> = {},
): { network: Network; training: Training } {
  const settings = smallSettings(rest);
  const problem = { inputShape: [10], tasks: 3, classes: 2 };
  const training = {
    pools: data.sources.map(({ labeled }) => poolOf(labeled, [labeledPart(labeled)])),
    validation: data.sources.map((source) => source.validation),
    steps: 10,
    arm: { name: "test", attack: null, augmentation: null },
    settings,
    key: ["train"],
    afterStep: () => {},
    ...change,
  };
  return { network: initialNetwork(settings.network, problem, ["train"]), training };
}

/** The validation loss and the weights after every step of a training without early stopping. */
function path(
  rest: Partial<Settings>,
  steps: number,
): { losses: number[]; weights: TrainingState["weights"][] } {
  const weights: TrainingState["weights"][] = [];
  const { network, training } = setUp(
    { ...rest, earlyStopping: null },
    { steps, afterStep: (state) => weights.push(copyOf(state.weights)) },
  );
  train(tf, network, training, initialState(network, training.settings));
  const losses = weights.map((at) => meanLoss(tf, { ...network, weights: at }, training.validation));
  return { losses, weights };
}

function runToEnd(
  rest: Partial<Settings>,
  change: Partial<Training>,
): { trained: Trained; state: TrainingState } {
  const { network, training } = setUp(rest, change);
  const state = initialState(network, training.settings);
  return { trained: train(tf, network, training, state), state };
}

test("training lowers the loss; the network given is not changed; no tensor is left", () => {
  const losses: number[] = [];
  const { network, training } = setUp({}, { steps: 40, afterStep: (_, loss) => losses.push(loss) });
  const start = copyOf(network.weights);
  const before = tf.memory().numTensors;
  const { steps, bestStep, stoppedEarly } = train(
    tf,
    network,
    training,
    initialState(network, training.settings),
  );
  expect(tf.memory().numTensors).toBe(before);
  expect([steps, bestStep, stoppedEarly]).toEqual([40, 40, false]);
  expect(losses).toHaveLength(40);
  expect(losses[39]!).toBeLessThan(0.3 * losses[0]!);
  expect(network.weights).toEqual(start);
});

test("early stopping returns the weights with the least validation loss, and ends after `patience` looks without a better one", () => {
  // A high learning rate overfits at once, so that the validation loss has an inner minimum.
  const rest = { learningRate: 0.2 };
  const { losses, weights } = path(rest, 40);
  for (const [every, patience] of [
    [1, 3],
    [3, 2],
    [2, 100],
  ] as const) {
    // The rule, by hand.
    let best = { loss: Infinity, step: 0 };
    let since = 0;
    let end = 40;
    for (let step = 1; step <= 40; step++) {
      if (step % every !== 0 && step !== 40) continue;
      if (losses[step - 1]! < best.loss) {
        best = { loss: losses[step - 1]!, step };
        since = 0;
      } else if (++since === patience) {
        end = step;
        break;
      }
    }
    const { trained, state } = runToEnd({ ...rest, earlyStopping: { every, patience } }, { steps: 40 });
    expect(trained.bestStep).toBe(best.step);
    expect(trained.steps).toBe(end);
    expect(trained.stoppedEarly).toBe(end < 40);
    expect(trained.network.weights).toEqual(weights[best.step - 1]);
    expect(state.best!.loss).toBe(best.loss);
    // The inner minimum is there: the rule is tried.
    expect(best.step).toBeLessThan(40);
  }
});

test("the last step is looked at even where it is no multiple of `every`", () => {
  const { losses } = path({}, 7);
  expect(losses[6]!).toBeLessThan(losses[4]!);
  const { trained, state } = runToEnd({ earlyStopping: { every: 5, patience: 1 } }, { steps: 7 });
  expect([trained.bestStep, trained.steps, trained.stoppedEarly]).toEqual([7, 7, false]);
  expect(state.best!.loss).toBe(losses[6]);
});

test("a tie is no better: steps too small to move any weight run out of patience", () => {
  const { trained } = runToEnd(
    { optimizer: "sgd", learningRate: 1e-30, earlyStopping: { every: 1, patience: 3 } },
    { steps: 20 },
  );
  expect([trained.bestStep, trained.steps, trained.stoppedEarly]).toEqual([1, 4, true]);
});

test("a state that has reached its end is not trained further", () => {
  const { network, training } = setUp(
    { learningRate: 0.2, earlyStopping: { every: 1, patience: 2 } },
    { steps: 40 },
  );
  const state = initialState(network, training.settings);
  const first = train(tf, network, training, state);
  expect(first.stoppedEarly).toBe(true);
  expect(train(tf, network, { ...training, afterStep: () => expect.unreachable() }, state)).toEqual(first);
});

test("a loss that is not finite ends training with the arm and the step, and leaves no tensor", () => {
  const nan = data.sources.map(({ labeled }) => mapInputs(labeled, (x, i) => (i === 3 ? Number.NaN : x)));
  const before = tf.memory().numTensors;
  const caught = (change: Partial<Training>, rest: Partial<Settings> = {}): AdvTransferError => {
    try {
      runToEnd(rest, change);
    } catch (error) {
      return error as AdvTransferError;
    }
    throw new Error("nothing was thrown");
  };
  const error = caught({ pools: nan.map((part) => poolOf(part, [labeledPart(part)])) });
  expect(error).toBeInstanceOf(AdvTransferError);
  expect([error.code, error.message]).toEqual(["numerical", "arm test: the loss is NaN at step 1"]);
  const diverged = caught({ steps: 200 }, { optimizer: "sgd", learningRate: 1e20 });
  expect(diverged.message).toMatch(/^arm test: the loss is (?:NaN|Infinity) at step \d+$/);
  const validation = data.sources.map((source) => mapInputs(source.validation, () => Number.NaN));
  expect(caught({ validation }, { earlyStopping: { every: 2, patience: 1 } }).message).toBe(
    "arm test: the loss is NaN at step 2",
  );
  expect(tf.memory().numTensors).toBe(before);
});

test("batches follow the step alone: a state handed on in the middle ends at the same bytes", () => {
  const { network, training } = setUp({ batch: 5 }, { steps: 9 });
  const whole = train(tf, network, training, initialState(network, training.settings));
  const state = initialState(network, training.settings);
  train(tf, network, { ...training, steps: 4 }, state);
  expect(state.step).toBe(4);
  expect(train(tf, network, training, state)).toEqual(whole);
});
