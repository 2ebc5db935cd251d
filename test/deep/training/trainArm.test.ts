import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { initialNetwork, type Network } from "../../../src/deep/network/network.js";
import { loadBackend } from "../../../src/deep/tensors/loadBackend.js";
import { type ArmInput, armOf } from "../../../src/deep/training/arm.js";
import { meanLoss } from "../../../src/deep/training/meanLoss.js";
import { selfLabeled } from "../../../src/deep/training/pseudoLabels.js";
import type { Settings } from "../../../src/deep/training/settings.js";
import { type TrainedArm, type TrainOptions, trainArm } from "../../../src/deep/training/trainArm.js";
import { flat, mapInputs, smallSettings, smallTransfer } from "./smallTransfer.js";

const { tf } = await loadBackend("wasm");
const data = smallTransfer("arm");
const KEY = ["seed", 1];
const run = (
  arm: Omit<ArmInput, "name"> = {},
  settings: Partial<Settings> = {},
  options: TrainOptions = {},
  on = data,
): TrainedArm => trainArm(tf, on, armOf({ name: "arm", ...arm }), smallSettings(settings), KEY, options);
const digest = ({ network }: TrainedArm): string =>
  createHash("sha256")
    .update(Float32Array.from(flat(network!.weights)))
    .digest("hex");
const LINF = { norm: Infinity, radius: 0.2, steps: 2 } as const;
const unlabeledWith = (change: (x: number) => number) => ({
  ...data,
  sources: data.sources.map((source) => ({ ...source, unlabeled: mapInputs(source.unlabeled, change) })),
});
const relabeled = {
  ...data,
  sources: data.sources.map((source) => ({
    ...source,
    unlabeled: { ...source.unlabeled, labels: source.unlabeled.labels.map((y) => 1 - y) },
  })),
};

describe("what an arm may see", () => {
  test("few labels: the labelled samples alone, for fewSteps", () => {
    const few = run();
    expect(few.steps).toBe(8);
    expect(
      digest(
        run(
          {},
          {},
          {},
          unlabeledWith((x) => x + 1),
        ),
      ),
    ).toBe(digest(few));
    expect([few.status, few.bestStep, few.gradients]).toEqual(["trained", 8, 8]);
    expect([few.pseudoLabelErrorRate, few.pseudoLabelShare]).toEqual([null, null]);
  });

  test("all labels: those of the unlabelled samples too, for all steps", () => {
    const all = run({ labels: "all" });
    expect(all.steps).toBe(12);
    expect(digest(run({ labels: "all" }, {}, {}, relabeled))).not.toBe(digest(all));
    expect(
      digest(
        run(
          { labels: "all" },
          {},
          {},
          unlabeledWith((x) => x + 1),
        ),
      ),
    ).not.toBe(digest(all));
  });

  test("pseudo-labels: the unlabelled inputs and never their labels, which are counted against alone", () => {
    const semi = run({ pseudoLabels: {} });
    const wrong = run({ pseudoLabels: {} }, {}, {}, relabeled);
    expect(digest(wrong)).toBe(digest(semi));
    expect(wrong.pseudoLabelErrorRate).toBeCloseTo(1 - semi.pseudoLabelErrorRate!, 12);
    expect(
      digest(
        run(
          { pseudoLabels: {} },
          {},
          {},
          unlabeledWith((x) => x + 1),
        ),
      ),
    ).not.toBe(digest(semi));
    expect([semi.steps, semi.gradients, semi.pseudoLabelShare]).toEqual([12, 8 + 12, 1]);
  });

  test("no arm sees test, target or, without early stopping, validation samples", () => {
    const hidden = {
      ...data,
      target: {
        training: mapInputs(data.target.training, () => 0),
        test: mapInputs(data.target.test, () => 0),
      },
      sources: data.sources.map((source) => ({
        ...source,
        validation: mapInputs(source.validation, () => 0),
        test: mapInputs(source.test, () => 0),
      })),
    };
    expect(digest(run({ pseudoLabels: {}, attack: LINF }, {}, {}, hidden))).toBe(
      digest(run({ pseudoLabels: {}, attack: LINF })),
    );
  });
});

describe("references without training", () => {
  test("random is the network that every arm starts from, raw has none", () => {
    const random = run({ features: "random" });
    const start = initialNetwork(
      { kind: "mlp", hidden: [6] },
      { inputShape: [10], tasks: 3, classes: 2 },
      KEY,
    );
    expect(random.network).toEqual(start);
    expect([random.status, random.steps, random.gradients, random.sourceLoss]).toEqual([
      "untrained",
      0,
      0,
      null,
    ]);
    const raw = run({ features: "raw" });
    expect([raw.status, raw.network]).toEqual(["untrained", null]);
  });
});

describe("pseudo-labels by hand", () => {
  /** The source tasks with what a network says in place of the labels. */
  const labeledBy = (network: Network) => ({
    ...data,
    sources: data.sources.map((source, task) => {
      const { targets } = selfLabeled(tf, network, task, source.unlabeled, {
        threshold: 0,
        soft: false,
      }).part;
      const labels = source.unlabeled.labels.map((_, i) => targets[2 * i + 1]!);
      return { ...source, unlabeled: { ...source.unlabeled, labels } };
    }),
  });

  test("one round is training on all labels, after the standard few-label network has given them", () => {
    const few = run();
    const expected = run({ labels: "all", attack: LINF }, {}, {}, labeledBy(few.network!));
    const both = run({ pseudoLabels: {}, attack: LINF });
    expect(digest(both)).toBe(digest(expected));
    expect(both.gradients).toBe(8 + 12 * 3);
  });

  test("two rounds: the second labels with the network of the first, both without the attack", () => {
    const first = run({ labels: "all" }, {}, {}, labeledBy(run().network!));
    const expected = run({ labels: "all", attack: LINF }, {}, {}, labeledBy(first.network!));
    const both = run({ pseudoLabels: { rounds: 2 }, attack: LINF });
    expect(digest(both)).toBe(digest(expected));
    expect(both.gradients).toBe(8 + 12 + 12 * 3);
  });

  test("a threshold that nothing reaches leaves the labelled samples: standard training, of all steps", () => {
    const none = run({ pseudoLabels: { threshold: 1 } });
    expect([none.pseudoLabelShare, none.pseudoLabelErrorRate]).toEqual([0, null]);
    expect(digest(none)).toBe(digest(run({}, { fewSteps: 12 })));
  });

  test("soft labels differ from hard ones", () => {
    expect(digest(run({ pseudoLabels: { soft: true } }))).not.toBe(digest(run({ pseudoLabels: {} })));
  });
});

describe("controls", () => {
  test("the steps factor multiplies the arm's own steps and leaves labelling alone", () => {
    expect(run({ stepsFactor: 2.5 }).steps).toBe(20);
    expect(run({ stepsFactor: 0.01 }).steps).toBe(1);
    const semi = run({ pseudoLabels: {}, stepsFactor: 2 });
    expect([semi.steps, semi.gradients]).toEqual([24, 8 + 24]);
  });

  test("an attack of radius 0 and noise of sd 0 are standard training, bit for bit and at its cost", () => {
    const standard = run();
    const nothing = run({ attack: { norm: 2, radius: 0 }, augmentation: { sd: 0 } });
    expect(digest(nothing)).toBe(digest(standard));
    expect(nothing.gradients).toBe(standard.gradients);
    expect(digest(run({ attack: { norm: 2, radius: 0.5 } }))).not.toBe(digest(standard));
    expect(digest(run({ augmentation: { sd: 0.5 } }))).not.toBe(digest(standard));
  });

  test("sourceLoss is the mean loss of the labelled samples", () => {
    const few = run();
    expect(few.sourceLoss).toBe(
      meanLoss(
        tf,
        few.network!,
        data.sources.map((source) => source.labeled),
      ),
    );
  });
});

describe("determinism and resumption", () => {
  test("the same key gives the same bytes, another key others, and no tensor is left", () => {
    const before = tf.memory().numTensors;
    const first = run({
      pseudoLabels: {},
      attack: { ...LINF, randomStart: true },
      augmentation: { sd: 0.1 },
    });
    expect(tf.memory().numTensors).toBe(before);
    const again = run({
      pseudoLabels: {},
      attack: { ...LINF, randomStart: true },
      augmentation: { sd: 0.1 },
    });
    expect(digest(again)).toBe(digest(first));
    const other = trainArm(tf, data, armOf({ name: "arm" }), smallSettings(), ["seed", 2]);
    expect(digest(other)).not.toBe(digest(run()));
  });

  test("memory is flat: as many tensors and bytes after every step", () => {
    const seen = new Set<string>();
    run(
      { attack: { ...LINF, randomStart: true }, augmentation: { sd: 0.1 } },
      { fewSteps: 200, earlyStopping: { every: 20, patience: 100 } },
      {
        onStep: () => {
          const { numTensors, numBytes } = tf.memory();
          seen.add(`${numTensors} ${numBytes}`);
        },
      },
    );
    expect(seen.size).toBe(1);
  });

  test("an interrupted arm goes on to the same bytes, from any step of any phase", () => {
    const arm = {
      pseudoLabels: { rounds: 2, soft: true },
      attack: { ...LINF, randomStart: true },
      augmentation: { sd: 0.1 },
    };
    for (const optimizer of ["adam", "sgd"] as const) {
      const settings = { optimizer, earlyStopping: { every: 2, patience: 5 }, batch: 5 };
      const saved: Uint8Array[] = [];
      const whole = run(arm, settings, { checkpoint: { every: 3, save: (bytes) => saved.push(bytes) } });
      // 8 steps, then twice 12: saved after steps 3, 6 | 3, 6, 9, 12 | 3, 6, 9, 12.
      expect(saved).toHaveLength(10);
      for (const resume of saved) {
        const rest = run(arm, settings, { checkpoint: { every: 1000, save: () => {}, resume } });
        expect(rest).toEqual(whole);
      }
    }
  });

  test("an arm that was stopped by an exception leaves no tensor, and goes on from its last checkpoint", () => {
    const before = tf.memory().numTensors;
    let last: Uint8Array | null = null;
    const interrupted = (): TrainedArm =>
      run(
        { attack: LINF },
        {},
        {
          checkpoint: {
            every: 2,
            save: (bytes) => {
              last = bytes;
            },
          },
          onStep: ({ step }) => {
            if (step === 5) throw new Error("interrupted");
          },
        },
      );
    expect(interrupted).toThrow("interrupted");
    expect(tf.memory().numTensors).toBe(before);
    const steps: number[] = [];
    const rest = run(
      { attack: LINF },
      {},
      {
        checkpoint: { every: 2, save: () => {}, resume: last },
        onStep: ({ step }) => steps.push(step),
      },
    );
    expect(steps).toEqual([5, 6, 7, 8]);
    expect(digest(rest)).toBe(digest(run({ attack: LINF })));
  });

  test("progress counts phases and steps", () => {
    const seen: string[] = [];
    run(
      { pseudoLabels: {} },
      { steps: 2, fewSteps: 1 },
      {
        onStep: ({ phase, phases, step, steps, loss }) => {
          seen.push(`${phase}/${phases} ${step}/${steps}`);
          expect(loss).toBeGreaterThan(0);
        },
      },
    );
    expect(seen).toEqual(["0/2 1/1", "1/2 1/2", "1/2 2/2"]);
  });

  test("a checkpoint of another arm, key, settings or other data is refused", () => {
    const saved: Uint8Array[] = [];
    run({}, {}, { checkpoint: { every: 4, save: (bytes) => saved.push(bytes) } });
    const resume = saved[0]!;
    const options = { checkpoint: { every: 4, save: () => {}, resume } };
    expect(() => run({ attack: LINF }, {}, options)).toThrow("it belongs to another training");
    expect(() => run({}, { learningRate: 0.01 }, options)).toThrow("it belongs to another training");
    const others = smallTransfer("others");
    expect(() => run({}, {}, options, others)).toThrow("it belongs to another training");
    const fewer = { ...data, sources: data.sources.map((s) => ({ ...s, unlabeled: s.labeled })) };
    expect(() => run({}, {}, options, fewer)).toThrow("it belongs to another training");
    expect(() => trainArm(tf, data, armOf({ name: "arm" }), smallSettings(), [2], options)).toThrow(
      "it belongs to another training",
    );
  });
});

test("data without source tasks, or without validation samples for early stopping, is refused", () => {
  expect(() => run({}, {}, {}, { ...data, sources: [] })).toThrow(
    "data.sources must be at least one source task",
  );
  const blind = smallTransfer("blind", { validation: 0 });
  expect(run({}, {}, {}, blind).status).toBe("trained");
  expect(() => run({}, { earlyStopping: { every: 1, patience: 1 } }, {}, blind)).toThrow(
    "early stopping needs validation samples of every source task",
  );
});

test("early stopping is reported", () => {
  const early = run(
    { labels: "all" },
    { steps: 60, learningRate: 0.3, earlyStopping: { every: 1, patience: 2 } },
  );
  expect(early.status).toBe("stopped-early");
  expect(early.steps).toBe(early.bestStep + 2);
});
