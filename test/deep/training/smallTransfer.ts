import type { LabeledData } from "../../../src/deep/data/labeledData.js";
import { teacherTransferData } from "../../../src/deep/data/teacher.js";
import { type TeacherSpec, teacherSpec } from "../../../src/deep/data/teacherSpec.js";
import type { TransferData } from "../../../src/deep/data/transferData.js";
import type { Weights } from "../../../src/deep/network/network.js";
import { type Settings, settingsOf } from "../../../src/deep/training/settings.js";

/** A teacher's problem of a few tasks that a few steps learn. */
export function smallTransfer(key: unknown, rest: Partial<TeacherSpec> = {}): TransferData {
  return teacherTransferData(
    teacherSpec({
      dimension: 10,
      rank: 2,
      support: null,
      tasks: 3,
      clusters: 2,
      labeling: "random",
      labeled: 8,
      unlabeled: 24,
      validation: 10,
      test: 10,
      signal: [{ share: 1, norm: 3 }],
      target: { norm: 3, trainingPerClass: 2, test: 4 },
      ...rest,
    }),
    ["small transfer", key],
  );
}

/** Training of a second's fraction. */
export function smallSettings(rest: Partial<Settings> = {}): Settings {
  return settingsOf({
    network: { kind: "mlp", hidden: [6] },
    learningRate: 0.02,
    batch: 8,
    steps: 12,
    fewSteps: 8,
    ...rest,
  });
}

/** Some samples with other inputs. */
export function mapInputs(data: LabeledData, change: (x: number, i: number) => number): LabeledData {
  return { ...data, inputs: data.inputs.map(change) };
}

/** All weights one after another. */
export function flat(weights: Weights): number[] {
  return Object.values(weights).flatMap((values) => [...values]);
}
