import { expect, test } from "vitest";
import { type ArmInput, armOf, attackOf } from "../../../src/deep/training/arm.js";
import { type Settings, settingsOf } from "../../../src/deep/training/settings.js";

test("a name alone is standard training on the few labels", () => {
  expect(armOf({ name: "standard" })).toEqual({
    name: "standard",
    features: "network",
    labels: "few",
    attack: null,
    pseudoLabels: null,
    augmentation: null,
    stepsFactor: 1,
  });
});

test("an attack needs its norm and radius: 3 steps of 2.5 radius / steps, from the input", () => {
  const { attack } = armOf({ name: "a", attack: { norm: Infinity, radius: 0.3 } });
  expect(attack).toEqual({ norm: Infinity, radius: 0.3, steps: 3, stepSize: 0.25, randomStart: false });
  expect(attackOf({ norm: 2, radius: 2, steps: 5 }, "a")!.stepSize).toBe(1);
  expect(attackOf({ norm: 2, radius: 0 }, "a")!.radius).toBe(0);
  expect(attackOf(null, "a")).toBeNull();
  expect(attackOf(undefined, "a")).toBeNull();
});

test("pseudo-labels by default: one round, no threshold, hard", () => {
  expect(armOf({ name: "semi", pseudoLabels: {} }).pseudoLabels).toEqual({
    rounds: 1,
    threshold: 0,
    soft: false,
  });
});

test("a complete arm passes through unchanged", () => {
  const arm = armOf({
    name: "all of it",
    attack: { norm: 2, radius: 1, steps: 4, stepSize: 0.3, randomStart: true },
    pseudoLabels: { rounds: 2, threshold: 0.9, soft: true },
    augmentation: { sd: 0.1 },
    stepsFactor: 2.5,
  });
  expect(armOf(arm)).toEqual(arm);
});

test("a wrong arm names itself, the field, what is allowed and what came", () => {
  const bad: [Partial<ArmInput> | object, string][] = [
    [{ features: "pixels" }, 'arm a: features must be "network", "random" or "raw", received "pixels"'],
    [{ labels: "some" }, "arm a: labels"],
    [{ labels: "all", pseudoLabels: {} }, "arm a: labels"],
    [{ attack: { norm: 1, radius: 1 } }, "arm a: attack.norm must be 2 or Infinity, received 1"],
    [{ attack: { norm: 2, radius: -0.1 } }, "arm a: attack.radius"],
    [{ attack: { norm: 2, radius: Number.NaN } }, "arm a: attack.radius"],
    [{ attack: { norm: 2, radius: 1, steps: 0 } }, "arm a: attack.steps"],
    [{ attack: { norm: 2, radius: 1, stepSize: 0 } }, "arm a: attack.stepSize"],
    [{ pseudoLabels: { rounds: 0 } }, "arm a: pseudoLabels.rounds"],
    [{ pseudoLabels: { threshold: 1.01 } }, "arm a: pseudoLabels.threshold"],
    [{ augmentation: { sd: -1 } }, "arm a: augmentation.sd"],
    [{ stepsFactor: 0 }, "arm a: stepsFactor"],
  ];
  for (const [given, message] of bad)
    expect(() => armOf({ name: "a", ...given } as ArmInput)).toThrow(message);
});

test("wrong settings name the field", () => {
  const bad: [Partial<Settings> | object, string][] = [
    [{ optimizer: "lbfgs" }, 'training.optimizer must be "adam" or "sgd"'],
    [{ learningRate: 0 }, "training.learningRate"],
    [{ momentum: 1 }, "training.momentum"],
    [{ momentum: -0.1 }, "training.momentum"],
    [{ batch: 0 }, "training.batch"],
    [{ steps: 1.5 }, "training.steps"],
    [{ fewSteps: 0 }, "training.fewSteps"],
    [{ weightDecay: -1 }, "training.weightDecay"],
    [
      { learningRate: 0.1, weightDecay: 10 },
      "training.weightDecay must be below 1 / learningRate, received 10",
    ],
    [{ earlyStopping: { every: 0, patience: 1 } }, "training.earlyStopping.every"],
    [{ earlyStopping: { every: 1, patience: 0 } }, "training.earlyStopping.patience"],
  ];
  for (const [given, message] of bad) expect(() => settingsOf(given as Partial<Settings>)).toThrow(message);
  const settings = settingsOf({ steps: 7 });
  expect(settings.steps).toBe(7);
  expect(settingsOf(settings)).toEqual(settings);
});
