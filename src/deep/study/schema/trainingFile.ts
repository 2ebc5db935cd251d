import * as z from "zod";
import { above, atLeast, flag, integer, numberBelowOne, oneOf } from "../../../study/schema/numbers.js";
import { objectOf } from "../../../study/schema/parseFields.js";
import { SMALL_CNN } from "../../network/architecture.js";
import { type Settings, settingsOf } from "../../training/settings.js";
import type { TargetFile } from "../deepStudyFile.js";
import { attackSchema } from "./armFile.js";

const SIZES = "a list of at least one size, each an integer in [1, 65536]";
const LABELS = "a list of label budgets (labelled samples a class), ascending, each an integer >= 1";
const STOPPING = "{ every, patience } or null";
const NETWORK = '{ "kind": "mlp", "hidden": [...] } or { "kind": "cnn", ... }';

const sizes = z.array(integer(1, 1 << 16), { error: SIZES }).min(1, { error: SIZES });
const defaults = settingsOf();

const network = z.discriminatedUnion(
  "kind",
  [
    objectOf({ kind: z.literal("mlp"), hidden: sizes.default([64]) }),
    objectOf({
      kind: z.literal("cnn"),
      filters: sizes.default([...SMALL_CNN.filters]),
      kernel: integer(1, 64).default(SMALL_CNN.kernel),
      stride: integer(1, 64).default(SMALL_CNN.stride),
      dense: integer(1, 1 << 16).default(SMALL_CNN.dense),
    }),
  ],
  { error: NETWORK },
);

/** How networks are trained; every field has the default of `settingsOf`. */
export const trainingSchema: z.ZodType<Settings> = objectOf({
  network: network.prefault(defaults.network as never),
  optimizer: oneOf(["adam", "sgd"]).default(defaults.optimizer),
  learningRate: above(0).default(defaults.learningRate),
  momentum: numberBelowOne().default(defaults.momentum),
  batch: integer(1).default(defaults.batch),
  steps: integer(1).default(defaults.steps),
  fewSteps: integer(1).default(defaults.fewSteps),
  weightDecay: atLeast(0).default(defaults.weightDecay),
  earlyStopping: z
    .union([objectOf({ every: integer(1), patience: integer(1) }), z.null({ error: STOPPING })], {
      error: STOPPING,
    })
    .default(defaults.earlyStopping),
}) as unknown as z.ZodType<Settings>;

/** What is measured on the target task. */
export const targetSchema: z.ZodType<TargetFile> = objectOf({
  labels: z
    .array(integer(1), { error: LABELS })
    .min(1, { error: LABELS })
    .refine((labels) => labels.every((k, i) => i === 0 || labels[i - 1]! < k), { error: LABELS })
    .default([10, 50]),
  fineTune: flag().default(false),
  attack: attackSchema.default(null),
}) as unknown as z.ZodType<TargetFile>;
