import { AdvTransferError } from "../../core/errors.js";
import { FieldError } from "../../study/schema/fieldError.js";
import type { ImageSide } from "../data/imageSpec.js";
import { teacherSpec } from "../data/teacherSpec.js";
import { type Arm, type ArmInput, armOf, attackOf } from "../training/arm.js";
import { type Settings, settingsOf } from "../training/settings.js";
import type { DataSpec, TargetSpec } from "./deepStudy.js";
import type { ArmFile, AttackFile, DataFile, TargetFile } from "./deepStudyFile.js";

/** The name of the set of rendered strokes. */
export const STROKES = "strokes";

/** From the file form of an arm to the form that training takes: `"inf"` becomes Infinity, steps and step sizes are filled in. */
export function completeArm(file: ArmFile): Arm {
  return atPath(`methods.${file.name}.`, () => armOf({ ...file, attack: attackForm(file.attack) }));
}

export function completeTarget(file: TargetFile): TargetSpec {
  return atPath("target.attack.", () => ({ ...file, attack: attackOf(attackForm(file.attack), "target") }));
}

export function completeTraining(file: Settings): Settings {
  return atPath("training.", () => settingsOf(file));
}

/** The data of a study; the target's labelled samples are as many as the largest budget asks for. */
export function completeData(file: DataFile, budgets: readonly number[]): DataSpec {
  const most = budgets.at(-1)!;
  if (file.from === "teacher") {
    const { from: _from, target, ...fields } = file as DataFile & { target: object };
    const spec = { ...fields, target: { ...target, trainingPerClass: most } };
    return atPath("data.", () => ({ from: "teacher", ...teacherSpec(spec as never) }));
  }
  const images = { ...file, budgets: [...budgets] } as unknown as Exclude<DataSpec, { from: "teacher" }>;
  if (images.from === "folder") return images;
  const side = (one: ImageSide): ImageSide => ({ ...one, set: STROKES });
  return { ...images, source: side(images.source), target: side(images.target) };
}

function attackForm(file: AttackFile | null): NonNullable<ArmInput["attack"]> | null {
  if (file === null) return null;
  const { norm, radius, steps, stepSize, randomStart } = file;
  return {
    norm: norm === "inf" ? Infinity : norm,
    radius,
    ...(steps === undefined ? {} : { steps }),
    ...(stepSize === undefined ? {} : { stepSize }),
    ...(randomStart === undefined ? {} : { randomStart }),
  };
}

/** Errors of the parts below know their own parameter alone; here it becomes a path of the study file. */
function atPath<Part>(path: string, make: () => Part): Part {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof AdvTransferError) || error.code !== "bad-input") throw error;
    const message = `${path}${error.message.replace(/^(?:arm [^:]+: |teacher\.|training\.|attack\.)+/, "")}`;
    throw new FieldError([path.slice(0, -1)], message, error.hint ?? undefined);
  }
}
