import { expect, test } from "vitest";
import { batchesOf, batchesOfTasks, type SampleBatch } from "../../../src/deep/target/batches.js";
import { allHeadsClassifier, type Classifier, probeClassifier } from "../../../src/deep/target/classifier.js";
import { errorRate } from "../../../src/deep/target/errorRate.js";
import type { Probe } from "../../../src/deep/target/probe.js";
import { robustErrors } from "../../../src/deep/target/robustErrors.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import { type Attack, attackOf } from "../../../src/deep/training/arm.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { normalParts, randomized, smallMlp } from "../representation/smallNetworks.js";

const { tf } = await loadBackend("wasm");
const RADII = [0, 0.1, 0.3, 0.6, 1, 2];

const attack = (norm: Attack["norm"], steps: number, rest: Partial<Attack> = {}): Attack =>
  attackOf({ norm, radius: 1, steps, ...rest }, "test")!;

function linear(key: unknown, classes: number, p: number): { classifier: Classifier; probe: Probe } {
  const rng = keyedStream(["test linear classifier", key]);
  const weights = {
    rows: classes,
    cols: p,
    data: Float64Array.from({ length: classes * p }, () => rng.normal()),
  };
  const bias = Float64Array.from({ length: classes }, () => 0.3 * rng.normal());
  const probe = { weights, bias } as Probe;
  return { classifier: probeClassifier(tf, null, [p], probe), probe };
}

function samples(key: unknown, count: number, p: number, classes: number): SampleBatch {
  const [part] = normalParts(["robust", key], 1, count, p);
  return { inputs: part!.inputs, count, labels: Uint8Array.from({ length: count }, (_, i) => i % classes) };
}

/** The least radius at which a linear classifier is wrong: min over c of (z_y - z_c) / ||w_y - w_c||_dual, or 0. */
function lossRadius(
  { weights, bias }: Probe,
  x: ArrayLike<number>,
  label: number,
  norm: Attack["norm"],
): number {
  const row = (c: number): Float64Array => weights.data.subarray(c * weights.cols, (c + 1) * weights.cols);
  let least = Infinity;
  for (let c = 0; c < bias.length; c++) {
    if (c === label) continue;
    const difference = row(label).map((w, j) => w - row(c)[j]!);
    const gap = difference.reduce((sum, w, j) => sum + w * x[j]!, bias[label]! - bias[c]!);
    const dual = norm === 2 ? Math.hypot(...difference) : difference.reduce((sum, w) => sum + Math.abs(w), 0);
    least = Math.min(least, gap / dual);
  }
  return least;
}

test("a linear classifier of two classes: the robust error is the exact one, in both norms, in one step", () => {
  for (const norm of [2, Infinity] as const) {
    const { classifier, probe } = linear(["two", norm], 2, 6);
    const batch = samples(["two", norm], 300, 6, 2);
    const { clean, robust } = robustErrors(tf, classifier, [batch], attack(norm, 1), RADII, ["k"]);
    RADII.forEach((radius, at) => {
      let lost = 0;
      batch.labels.forEach((label, i) => {
        if (lossRadius(probe, batch.inputs.subarray(i * 6, i * 6 + 6), label, norm) < radius) lost++;
      });
      expect(robust[at]).toBeCloseTo(lost / 300, 12);
    });
    expect(clean).toBe(robust[0]);
    expect(robust[3]! - clean).toBeGreaterThan(0.05);
  }
});

test("a linear classifier of four classes: never above the exact error, and close to it", () => {
  for (const norm of [2, Infinity] as const) {
    const { classifier, probe } = linear(["four", norm], 4, 6);
    const batch = samples(["four", norm], 150, 6, 4);
    const labels = Uint8Array.from(batch.labels, (_, i) =>
      argmax(classifier.logits(batch.inputs.subarray(i * 6, i * 6 + 6), 1)),
    );
    const { clean, robust } = robustErrors(tf, classifier, [{ ...batch, labels }], attack(norm, 20), RADII, [
      "k",
    ]);
    expect(clean).toBe(0);
    RADII.forEach((radius, at) => {
      let lost = 0;
      labels.forEach((label, i) => {
        if (lossRadius(probe, batch.inputs.subarray(i * 6, i * 6 + 6), label, norm) < radius) lost++;
      });
      expect(robust[at]!).toBeLessThanOrEqual(lost / 150);
      expect(robust[at]!).toBeGreaterThan(lost / 150 - 0.03);
    });
  }
});

test("a network in two dimensions: the attack finds no less than nine tenths of what a search of the ball finds, and nothing beyond", () => {
  const network = smallMlp("plane", 2, [16], 1, 3);
  const classifier = allHeadsClassifier(tf, network);
  const count = 40;
  const batch = samples("plane", count, 2, 3);
  const labels = Uint8Array.from(batch.labels, (_, i) =>
    argmax(classifier.logits(batch.inputs.subarray(2 * i, 2 * i + 2), 1)),
  );
  for (const norm of [2, Infinity] as const) {
    const radius = 0.5;
    const found = robustErrors(tf, classifier, [{ ...batch, labels }], attack(norm, 20), [radius], ["k"])
      .robust[0]!;
    // A decision that changes anywhere changes on a grid of 1/12 of the radius but for slivers.
    let lost = 0;
    labels.forEach((label, i) => {
      const grid: number[] = [];
      for (let a = -12; a <= 12; a++) {
        for (let b = -12; b <= 12; b++) {
          const [u, v] = [(a / 12) * radius, (b / 12) * radius];
          if (norm === 2 && Math.hypot(u, v) > radius) continue;
          grid.push(batch.inputs[2 * i]! + u, batch.inputs[2 * i + 1]! + v);
        }
      }
      const logits = classifier.logits(Float32Array.from(grid), grid.length / 2);
      const wrong = Array.from({ length: grid.length / 2 }, (_, g) =>
        argmax(Array.from({ length: 3 }, (_, c) => logits[3 * g + c]!)),
      );
      if (wrong.some((c) => c !== label)) lost++;
    });
    expect(lost).toBeGreaterThan(10);
    expect(found * count).toBeLessThanOrEqual(lost + 1);
    expect(found * count).toBeGreaterThan(0.9 * lost);
  }
});

test("errors do not fall with the radius, are at least the clean one, and do not depend on the order in which radii are given", () => {
  const network = smallMlp("monotone", 8, [20], 1, 3);
  const classifier = allHeadsClassifier(tf, network);
  const batch = samples("monotone", 200, 8, 3);
  for (const norm of [2, Infinity] as const) {
    // One step too long for its ball, and a random start: an attack that may well do worse at a larger radius.
    const weak = attack(norm, 2, { stepSize: 3, randomStart: true });
    const { clean, robust } = robustErrors(tf, classifier, [batch], weak, RADII, ["k"]);
    expect(clean).toBe(errorRate(classifier, [batch]));
    robust.forEach((error, i) => {
      expect(error).toBeGreaterThanOrEqual(i === 0 ? clean : robust[i - 1]!);
    });
    const backwards = robustErrors(tf, classifier, [batch], weak, [...RADII].reverse(), ["k"]);
    expect([...backwards.robust].reverse()).toEqual(robust);
  }
});

test("a sample that is lost as it is, or within a smaller ball, is lost: an attack that overshoots saves nothing", () => {
  // Class 1 is named for inputs in (0.2, 0.4) alone; one step of the full radius jumps over that.
  const bump: Classifier = {
    inputShape: [1],
    classes: 2,
    logits: (inputs) => [...inputs].flatMap((x) => [0, 0.01 - (x - 0.3) ** 2]),
    open: () => (x) => {
      const height = tf.sub(0.01, tf.square(tf.sub(x, 0.3)));
      return tf.concat([tf.zerosLike(x), height], 1);
    },
  };
  const batch = { inputs: Float32Array.of(0, 0.25), labels: Uint8Array.of(0, 0), count: 2 };
  const overshooting = attack(Infinity, 1, { stepSize: 1 });
  const { clean, robust } = robustErrors(tf, bump, [batch], overshooting, [0.1, 0.3, 1], ["k"]);
  expect(clean).toBe(0.5);
  expect(robust).toEqual([0.5, 1, 1]);
});

test("confident classifiers are attacked as well as others: a scale of the logits changes no error", () => {
  const { probe } = linear("confident", 3, 5);
  const batch = samples("confident", 100, 5, 3);
  const errorsAt = (scale: number): readonly number[] => {
    const scaled = {
      weights: { ...probe.weights, data: probe.weights.data.map((w) => scale * w) },
      bias: probe.bias.map((b) => scale * b),
    };
    return robustErrors(
      tf,
      probeClassifier(tf, null, [5], scaled as Probe),
      [batch],
      attack(2, 5),
      [0.3, 0.6],
      ["k"],
    ).robust;
  };
  const plain = errorsAt(1);
  expect(errorsAt(1e4)).toEqual(plain);
  expect(errorsAt(1e-6)).toEqual(plain);
});

test("a classifier that ignores its input cannot be attacked", () => {
  const network = smallMlp("constant", 4, [5], 1, 2);
  const dead = allHeadsClassifier(tf, {
    ...network,
    weights: {
      ...network.weights,
      "layer1.bias": new Float32Array(5).fill(-1e4),
      "heads.bias": new Float32Array(2),
    },
  });
  const { clean, robust } = robustErrors(tf, dead, [samples("constant", 10, 4, 2)], attack(2, 3), [1], ["k"]);
  expect([clean, robust[0]]).toEqual([0.5, 0.5]);
});

test("a step that leaves the ball is caught: an attack is not believed but measured", () => {
  const { classifier } = linear("cheat", 2, 3);
  const batch = samples("cheat", 5, 3, 2);
  // The inputs are swapped for others while the attack computes.
  let asked = 0;
  const swapped: Classifier = {
    ...classifier,
    open: () => {
      const at = classifier.open();
      return (x) => {
        if (asked++ === 0) batch.inputs[4] = 50;
        return at(x);
      };
    },
  };
  expect(() => robustErrors(tf, swapped, [batch], attack(2, 2), [0.5], ["k"])).toThrow(
    /an attack of radius 0.5 moved sample 1 by \d+\.\d+ in the l_2 norm/,
  );
  expect(() => robustErrors(tf, classifier, [batch], attack(2, 1), [-1], ["k"])).toThrow(/attack radius/);
});

test("all heads at once decide as each head alone, batch by batch, and no tensor is left", () => {
  const before = tf.memory().numTensors;
  const network = smallMlp("heads", 3, [6], 4, 2);
  const parts = normalParts("heads", 4, 150, 3).map((part, t) => ({
    ...part,
    shape: [3],
    classes: 2,
    labels: Uint8Array.from({ length: 150 }, (_, i) => (i + t) % 2),
  }));
  const batches = batchesOfTasks(parts);
  expect(batches.map((batch) => batch.count)).toEqual([512, 88]);
  const all = robustErrors(tf, allHeadsClassifier(tf, network), batches, attack(Infinity, 3), [0.5], ["k"]);
  const single = parts.map((part, t) => {
    const own = { ...network, tasks: 1, weights: { ...network.weights } };
    own.weights["heads.kernel"] = network.weights["heads.kernel"]!.slice(t * 12, (t + 1) * 12);
    own.weights["heads.bias"] = network.weights["heads.bias"]!.slice(t * 2, (t + 1) * 2);
    own.shapes = { ...network.shapes, "heads.kernel": [1, 6, 2], "heads.bias": [1, 1, 2] };
    return robustErrors(tf, allHeadsClassifier(tf, own), batchesOf(part), attack(Infinity, 3), [0.5], ["k"]);
  });
  expect(all.clean).toBeCloseTo(single.reduce((sum, one) => sum + one.clean, 0) / 4, 12);
  expect(all.robust[0]).toBeCloseTo(single.reduce((sum, one) => sum + one.robust[0]!, 0) / 4, 12);

  const cnn = randomized(
    "robust cnn",
    { kind: "cnn", filters: [3], kernel: 3, stride: 2, dense: 5 },
    [6, 6, 1],
    1,
    3,
  );
  const images = { ...samples("cnn", 20, 36, 3), shape: [6, 6, 1], features: 36, classes: 3 };
  const { clean, robust } = robustErrors(
    tf,
    allHeadsClassifier(tf, cnn),
    batchesOf(images),
    attack(2, 3),
    [3],
    ["k"],
  );
  expect(robust[0]!).toBeGreaterThan(clean);
  expect(tf.memory().numTensors).toBe(before);
});

function argmax(values: ArrayLike<number>): number {
  return Array.from(values).reduce((best, value, c) => (value > values[best]! ? c : best), 0);
}
