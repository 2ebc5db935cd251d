import { expect, test } from "vitest";
import { withWeights } from "../../../src/deep/network/network.js";
import { batchesOf } from "../../../src/deep/target/batches.js";
import { allHeadsClassifier } from "../../../src/deep/target/classifier.js";
import { errorRate, sumOf } from "../../../src/deep/target/errorRate.js";
import { type EvaluationSpec, evaluateArm } from "../../../src/deep/target/evaluateArm.js";
import { FINE_TUNING, fineTune } from "../../../src/deep/target/fineTune.js";
import { labelBudget } from "../../../src/deep/target/labelBudget.js";
import { missProbabilities } from "../../../src/deep/target/missProbabilities.js";
import { fitProbe, probeLogits } from "../../../src/deep/target/probe.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import { armOf, attackOf } from "../../../src/deep/training/arm.js";
import { settingsOf } from "../../../src/deep/training/settings.js";
import { trainArm } from "../../../src/deep/training/trainArm.js";
import { haarFrame } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { changed, mlpLogits, randomized, smallMlp } from "../representation/smallNetworks.js";
import { P, R, smallTransfer, TASKS } from "./smallTransfer.js";

const { tf } = await loadBackend("wasm");
const data = smallTransfer("evaluate");
const settings = settingsOf({ network: { kind: "mlp", hidden: [16] }, steps: 100, learningRate: 1e-2 });
const network = trainArm(tf, data, armOf({ name: "standard", labels: "all" }), settings, ["k"]).network!;
const attack = attackOf({ norm: 2, radius: 1 }, "test");
const PLAIN: EvaluationSpec = { labels: [5, 20], fineTune: false, attack: null };
const FULL: EvaluationSpec = { ...PLAIN, fineTune: { ...FINE_TUNING, steps: 20 }, attack };
const full = evaluateArm(tf, data, network, FULL, ["k"]);

test("raw inputs: a probe of the inputs themselves, and null for what they do not have", () => {
  const { training, test: held } = data.target;
  const metrics = evaluateArm(tf, data, null, { ...FULL, fineTune: true }, ["k"]);
  expect(metrics).toMatchObject({
    sourceErrorRate: null,
    sourceRobustErrorRate: null,
    sinTheta2: null,
    gradientSinTheta2: null,
  });
  metrics.budgets.forEach((budget, i) => {
    const part = labelBudget(training, [5, 20][i]!);
    const probe = fitProbe({ ...part, features: part.inputs, width: P });
    const misses = missProbabilities(probeLogits(probe, held.inputs, held.count), held.labels, 2);
    expect(budget.errorRate).toBeCloseTo(sumOf(misses) / held.count, 12);
    expect(budget.fineTuneErrorRate).toBeNull();
    expect(budget.robustErrorRate!).toBeGreaterThan(budget.errorRate);
    expect(budget.probe).toMatchObject({ lambda: probe.lambda, status: "converged" });
  });
});

test("a network's probe is fitted on its features of the budget alone", () => {
  const features = (inputs: Float32Array, count: number): number[] =>
    Array.from({ length: count }, (_, i) => {
      const x = inputs.subarray(i * P, (i + 1) * P);
      return Array.from({ length: 16 }, (_, j) => {
        let sum = network.weights["layer1.bias"]![j]!;
        for (let l = 0; l < P; l++) sum += x[l]! * network.weights["layer1.kernel"]![l * 16 + j]!;
        return Math.max(0, sum);
      });
    }).flat();
  const part = labelBudget(data.target.training, 20);
  const probe = fitProbe({ ...part, features: features(part.inputs, part.count), width: 16 });
  const { test: held } = data.target;
  const logits = probeLogits(probe, features(held.inputs, held.count), held.count);
  const expected = sumOf(missProbabilities(logits, held.labels, 2)) / held.count;
  // In 32 and in 64 bits a sample may fall on either side.
  expect(Math.abs(full.budgets[1]!.errorRate - expected)).toBeLessThanOrEqual(1 / held.count);
  expect(full.budgets[1]!.probe.lambda).toBe(probe.lambda);
});

test("the source error is the mean over tasks of each head on its own test samples", () => {
  let wrong = 0;
  data.sources.forEach(({ test: held }, t) => {
    held.labels.forEach((label, i) => {
      const logits = mlpLogits(network, t, held.inputs.subarray(i * P, (i + 1) * P));
      if (logits[label]! < logits[1 - label]!) wrong++;
    });
  });
  expect(Math.abs(full.sourceErrorRate! - wrong / (TASKS * 200))).toBeLessThanOrEqual(1 / (TASKS * 200));
  expect(full.sourceErrorRate!).toBeLessThan(0.1);
  expect(full.sourceRobustErrorRate!).toBeGreaterThan(full.sourceErrorRate!);
});

test("robust errors are at least the clean ones, which an attack in the specification does not change", () => {
  const plain = evaluateArm(tf, data, network, PLAIN, ["k"]);
  expect(plain.sourceErrorRate).toBe(full.sourceErrorRate);
  expect(plain.sourceRobustErrorRate).toBeNull();
  plain.budgets.forEach((budget, i) => {
    expect(budget.errorRate).toBe(full.budgets[i]!.errorRate);
    expect(budget.robustErrorRate).toBeNull();
    expect(budget.fineTuneErrorRate).toBeNull();
    expect(full.budgets[i]!.robustErrorRate!).toBeGreaterThan(budget.errorRate);
  });
  const none = evaluateArm(tf, data, network, { ...PLAIN, attack: { ...attack!, radius: 0 } }, ["k"]);
  expect(none.budgets[0]!.robustErrorRate).toBe(none.budgets[0]!.errorRate);
  expect(none.sourceRobustErrorRate).toBe(none.sourceErrorRate);
});

test("fine-tuning is that of the budget's samples with the key of the budget", () => {
  const part = labelBudget(data.target.training, 5);
  const tuned = fineTune(tf, network, part, { ...FINE_TUNING, steps: 20 }, ["k", "budget", 5, "fine-tuning"]);
  expect(full.budgets[0]!.fineTuneErrorRate).toBe(
    errorRate(allHeadsClassifier(tf, tuned), batchesOf(data.target.test)),
  );
});

test("samples beyond a budget and labels of the test samples do not enter what is learnt", () => {
  const { training, test: held } = data.target;
  const within = labelBudget(training, 5);
  const spoilt = {
    ...data,
    target: {
      training: {
        ...training,
        count: training.count + within.count,
        inputs: Float32Array.from([...within.inputs, ...training.inputs.map(() => 99)]),
        labels: Uint8Array.from([...within.labels, ...training.labels]),
      },
      test: { ...held, labels: held.labels.map((label) => 1 - label) },
    },
  };
  const [budget] = evaluateArm(tf, spoilt, network, { ...FULL, labels: [5] }, ["k"]).budgets;
  expect(budget!.probe).toEqual(full.budgets[0]!.probe);
  expect(budget!.errorRate).toBeCloseTo(1 - full.budgets[0]!.errorRate, 12);
  expect(budget!.fineTuneErrorRate).toBeCloseTo(1 - full.budgets[0]!.fineTuneErrorRate!, 12);
});

test("the distances from the true subspace: small for a trained network, 0 for one that knows it, r for a dead one", () => {
  expect(full.gradientSinTheta2!).toBeLessThan(0.3 * R);
  const { basis } = data;
  const mixing = haarFrame(keyedStream(["test mixing"]), 16, R);
  const knowing = changed(network, (name, values) =>
    name === "layer1.kernel"
      ? values.map((_, at) => {
          const [i, j] = [Math.floor(at / 16), at % 16];
          return basis.data[2 * i]! * mixing.data[2 * j]! + basis.data[2 * i + 1]! * mixing.data[2 * j + 1]!;
        })
      : values,
  );
  const known = evaluateArm(tf, data, knowing, PLAIN, ["k"]);
  expect(known.sinTheta2!).toBeLessThan(1e-10);
  expect(known.gradientSinTheta2!).toBeLessThan(1e-10);

  const dead = changed(network, (name, values) =>
    name === "layer1.bias" ? values.map(() => -1e4) : name.startsWith("heads") ? values.map(() => 0) : values,
  );
  const nothing = evaluateArm(tf, data, dead, { ...FULL, fineTune: false }, ["k"]);
  expect(nothing.gradientSinTheta2).toBe(R);
  expect(nothing.sinTheta2).toBe(full.sinTheta2);
  expect(nothing.sourceErrorRate).toBe(0.5);
  for (const budget of nothing.budgets)
    expect([budget.errorRate, budget.robustErrorRate]).toEqual([0.5, 0.5]);

  const zero = withWeights(network, { ...network.weights, "layer1.kernel": new Float32Array(P * 16) });
  expect(evaluateArm(tf, data, zero, PLAIN, ["k"]).sinTheta2).toBe(R);
});

test("where no subspace is known its error is null, and a CNN has errors of its own", () => {
  const unknown = evaluateArm(tf, { ...data, basis: null }, network, PLAIN, ["k"]);
  expect([unknown.sinTheta2, unknown.gradientSinTheta2]).toEqual([null, null]);
  expect(unknown.sourceErrorRate).toBe(full.sourceErrorRate);

  const images = JSON.stringify([5, 2, 1]);
  const reshaped = <T extends { shape: readonly number[] }>(part: T): T => ({
    ...part,
    shape: JSON.parse(images),
  });
  const pictures = {
    sources: data.sources.map((source) => ({ ...source, test: reshaped(source.test) })),
    target: { training: reshaped(data.target.training), test: reshaped(data.target.test) },
    basis: data.basis,
  };
  const cnn = randomized(
    "cnn",
    { kind: "cnn", filters: [4], kernel: 3, stride: 1, dense: 8 },
    [5, 2, 1],
    TASKS,
    2,
  );
  const metrics = evaluateArm(tf, pictures, cnn, FULL, ["k"]);
  expect(metrics.sinTheta2).toBeNull();
  expect(metrics.gradientSinTheta2!).toBeGreaterThan(0);
  expect(metrics.budgets[0]!.robustErrorRate!).toBeGreaterThanOrEqual(metrics.budgets[0]!.errorRate);
});

test("same key, same numbers; another key changes fine-tuning alone; no tensor is left", () => {
  const before = tf.memory().numTensors;
  expect(evaluateArm(tf, data, network, FULL, ["k"])).toEqual(full);
  const other = evaluateArm(tf, data, network, FULL, ["l"]);
  const withoutTuning = ({ budgets, ...rest }: typeof full): unknown => ({
    ...rest,
    budgets: budgets.map((budget) => ({ ...budget, fineTuneErrorRate: null })),
  });
  expect(withoutTuning(other)).toEqual(withoutTuning(full));
  expect(other).not.toEqual(full);
  expect(tf.memory().numTensors).toBe(before);
  expect(() =>
    evaluateArm(tf, data, smallMlp("x", P, [4], TASKS, 2), { ...PLAIN, labels: [500] }, ["k"]),
  ).toThrow(/target.labels must be at most \d+, the target samples of class/);
});
