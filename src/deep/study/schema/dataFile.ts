import * as z from "zod";
import { above, atLeast, integer, oneOf, unitInterval } from "../../../study/schema/numbers.js";
import { objectOf } from "../../../study/schema/parseFields.js";
import { tasksLike, teacherSpec } from "../../data/teacherSpec.js";
import type { DataFile } from "../deepStudyFile.js";

const SIGNAL = "a number >= 0 or a list of { share, norm }";
const SUPPORT = "an integer >= 1 or null (dense)";
const CLASSES = "a list of at least two different classes, each an integer in [0, 255]";
const SAMPLES = 'an integer >= 1 or "all"';
const SET = 'the name of an image set, such as "mnist"';
const FROM = '"teacher", "strokes" or "folder"';

const defaults = teacherSpec();

const signal = z
  .union(
    [
      atLeast(0).transform((norm) => [{ share: 1, norm }]),
      z
        .array(objectOf({ share: unitInterval(), norm: atLeast(0) }), { error: SIGNAL })
        .min(1, { error: SIGNAL }),
    ],
    { error: SIGNAL },
  )
  .default([...defaults.signal]);

/** The multi-task teacher: see `TeacherSpec`, whose defaults these are. The labelled target samples follow from the label budgets. */
const teacher = objectOf({
  from: z.literal("teacher"),
  dimension: integer(1).default(defaults.dimension),
  rank: integer(1).default(defaults.rank),
  support: z.union([integer(1), z.null({ error: SUPPORT })], { error: SUPPORT }).optional(),
  tasks: integer(1).default(defaults.tasks),
  clusters: integer(2).optional(),
  labeling: oneOf(["random", "parity"]).optional(),
  signal,
  labeled: integer(2).default(defaults.labeled),
  unlabeled: integer(0).default(defaults.unlabeled),
  validation: integer(0).default(defaults.validation),
  test: integer(1).default(defaults.test),
  sd: above(0).default(defaults.sd),
  nuisance: objectOf({
    directions: integer(0).default(defaults.nuisance.directions),
    sd: atLeast(0).default(defaults.nuisance.sd),
  }).prefault({}),
  target: objectOf({
    norm: atLeast(0).default(defaults.target.norm),
    test: integer(1).default(defaults.target.test),
  }).prefault({}),
}).transform(({ support, clusters, labeling, ...fields }) => {
  const usual = tasksLike({ ...fields, clusters });
  return {
    ...fields,
    support: support === undefined ? usual.support : support,
    clusters: usual.clusters,
    labeling: labeling ?? usual.labeling,
  };
});

const classes = z
  .array(integer(0, 255), { error: CLASSES })
  .min(2, { error: CLASSES })
  .refine((list) => new Set(list).size === list.length, { error: CLASSES });

const samples = z.union([integer(1), z.literal("all", { error: SAMPLES })], { error: SAMPLES });

/** How many images each part of the split has. */
const splitFields = {
  labeled: integer(1).default(10),
  sourceSamples: samples.default("all"),
  validation: integer(0).default(0),
  test: integer(1).default(500),
  targetTest: samples.default(1000),
};

const side = { classes, noise: atLeast(0).default(0) };
const set = z.string({ error: SET }).min(1, { error: SET });

/** Image sets of a folder. */
const folder = objectOf({
  from: z.literal("folder"),
  source: objectOf({ set, ...side }),
  target: objectOf({ set, ...side }),
  ...splitFields,
});

/** Rendered strokes: source and target may differ in classes and noise. */
const strokes = objectOf({
  from: z.literal("strokes"),
  perClass: integer(1).default(600),
  source: objectOf({ ...side, classes: classes.default([0, 1, 2, 3, 4]) }).prefault({}),
  target: objectOf({ ...side, classes: classes.default([5, 6, 7, 8, 9]) }).prefault({}),
  ...splitFields,
});

/** Where samples come from; every field of the chosen kind present. */
export const dataSchema: z.ZodType<DataFile> = z.discriminatedUnion("from", [teacher, strokes, folder], {
  error: FROM,
}) as unknown as z.ZodType<DataFile>;

export const backendSchema: z.ZodType<"auto" | "tfjs-node" | "wasm" | "cpu"> = oneOf([
  "auto",
  "tfjs-node",
  "wasm",
  "cpu",
]);
