import { expect, test } from "vitest";
import { initialNetwork } from "../../../src/deep/network/network.js";
import { type ArmState, decodeState, encodeState } from "../../../src/deep/training/checkpoint.js";
import { initialState } from "../../../src/deep/training/trainingState.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { smallSettings } from "./smallTransfer.js";

const network = initialNetwork({ kind: "mlp", hidden: [4] }, { inputShape: [3], tasks: 2, classes: 2 }, [
  "state",
]);
const identity = { arm: "a", key: [1] };

/** A state of which every number is another one. */
function stateWith(rest: { best?: boolean; labeler?: boolean; optimizer?: "adam" | "sgd" } = {}): ArmState {
  const rng = keyedStream(["numbers"]);
  const filled = () =>
    Object.fromEntries(Object.entries(network.weights).map(([name, w]) => [name, w.map(() => rng.normal())]));
  const training = initialState(network, smallSettings({ optimizer: rest.optimizer ?? "adam" }));
  for (const group of [training.weights, ...training.optimizer.slots]) Object.assign(group, filled());
  training.step = 17;
  training.looksSinceBest = 3;
  if (rest.best !== false) training.best = { loss: 0.1 + 0.2, step: 11, weights: filled() };
  return { phase: 1, gradients: 99, labeler: rest.labeler === false ? null : filled(), training };
}

test("a state comes back as it went, number for number, with and without its parts", () => {
  for (const rest of [
    {},
    { best: false },
    { labeler: false },
    { best: false, labeler: false },
    { optimizer: "sgd" as const },
  ]) {
    const state = stateWith(rest);
    const bytes = encodeState(state, identity);
    expect(decodeState(bytes, identity, network)).toEqual(state);
    // Bytes inside a larger buffer, as files are often read.
    const shifted = new Uint8Array(bytes.length + 5);
    shifted.set(bytes, 5);
    expect(decodeState(shifted.subarray(5), identity, network)).toEqual(state);
  }
});

test("special numbers pass: negative zero, subnormals, infinities of an optimizer's slot", () => {
  const state = stateWith();
  state.training.weights["layer1.kernel"]!.set([-0, 1e-42, Infinity, -Infinity]);
  const found = decodeState(encodeState(state, identity), identity, network).training.weights[
    "layer1.kernel"
  ]!;
  expect(Object.is(found[0], -0)).toBe(true);
  expect([...found.slice(1, 4)]).toEqual([Math.fround(1e-42), Infinity, -Infinity]);
});

test("bytes that are damaged, cut short, or of another training or network are refused", () => {
  const bytes = encodeState(stateWith(), identity);
  const refuse = (
    given: Uint8Array,
    why: string,
    who: Record<string, unknown> = identity,
    of = network,
  ): void => {
    expect(() => decodeState(given, who, of)).toThrow(`a training checkpoint cannot be used: ${why}`);
  };
  refuse(new Uint8Array(0), "it does not begin as one");
  refuse(new TextEncoder().encode("advtransfer-training-0 {}\n"), "it does not begin as one");
  refuse(bytes.slice(0, 10), "it does not begin as one");
  // A byte of the checksum, of the header (the step), of the weights.
  const step = new TextDecoder("latin1").decode(bytes).indexOf('"step":17') + 8;
  for (const at of [25, step, bytes.length - 100, bytes.length - 1]) {
    const flipped = bytes.slice();
    flipped[at]! ^= 1;
    refuse(flipped, "its numbers have changed");
  }
  refuse(bytes.slice(0, 40), "its numbers have changed");
  refuse(bytes.slice(0, -4), "its numbers have changed");
  refuse(bytes, "it belongs to another training", { ...identity, key: [2] });
  const wider = initialNetwork({ kind: "mlp", hidden: [5] }, { inputShape: [3], tasks: 2, classes: 2 }, [
    "state",
  ]);
  refuse(bytes, "it belongs to a network of another size", identity, wider);
});
