import * as z from "zod";
import type { Sampling } from "../../model/problem.js";
import { methodNameSchema } from "./methodFile.js";
import { integer, oneOf } from "./numbers.js";
import { objectOf } from "./parseFields.js";

/** The outer layer of a study file: what does not depend on the cell is checked, the rest is only an object. */
export interface StudyTop {
  readonly name: string;
  readonly question: string | null;
  readonly seed: number;
  readonly replications: number;
  readonly sampling: Sampling;
  readonly problem: Readonly<Record<string, unknown>>;
  readonly methods: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
  readonly contrasts: readonly (readonly [string, string])[] | undefined;
  readonly vary: Readonly<Record<string, readonly unknown[]>>;
}

/** The methods of a study that names none: standard training, each of the paper's two helpers, and both. */
const DEFAULT_METHODS: StudyTop["methods"] = [
  { name: "standard" },
  { name: "adversarial", attack: { norm: "inf", radius: { logThreshold: 0.5 } } },
  { name: "semi-supervised", pseudoLabels: true },
  { name: "both", pseudoLabels: true, attack: { norm: "inf", radius: { logThreshold: 0.5 } } },
];

const NAME = "a text of 1 to 100 characters without line breaks";
const METHODS = 'a list of at least one method, such as { "name": "standard" }';
const PAIRS = 'a list of pairs of different method names, such as [["adversarial", "standard"]]';
const VARY = 'an object from a path to a list of values, such as { "problem.dimension": [100, 200] }';
const VALUES = "a list of at least one value";

const text = (error: string, pattern: RegExp): z.ZodType<string> =>
  z.string({ error }).regex(pattern, { error });

export const studyTopSchema: z.ZodType<StudyTop> = objectOf({
  name: text(NAME, /^(?=.*\S)[^\p{C}]{1,100}$/u).default("study"),
  question: z.union([z.string(), z.null()], { error: "a text or null" }).default(null),
  seed: integer(0, Number.MAX_SAFE_INTEGER).default(1),
  replications: integer(1, 1_000_000).default(40),
  sampling: oneOf(["auto", "direct"]).default("auto"),
  problem: z.record(z.string(), z.unknown(), {
    error: "an object with at least the fields dimension, rank, tasks, labeled",
  }),
  methods: z
    .array(
      z.looseObject({ name: methodNameSchema }, { error: 'an object, such as { "name": "standard" }' }),
      {
        error: METHODS,
      },
    )
    .min(1, { error: METHODS })
    .default([...DEFAULT_METHODS] as { name: string }[]),
  contrasts: z
    .array(
      z.tuple([z.string({ error: "a method name" }), z.string({ error: "a method name" })], {
        error: "a pair of method names",
      }),
      {
        error: PAIRS,
      },
    )
    .optional(),
  vary: z
    .record(z.string(), z.array(z.unknown(), { error: VALUES }).min(1, { error: VALUES }), { error: VARY })
    .default({}),
}).transform((top) => ({ ...top, contrasts: top.contrasts }));
