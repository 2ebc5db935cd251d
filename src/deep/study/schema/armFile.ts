import * as z from "zod";
import { methodNameSchema } from "../../../study/schema/methodFile.js";
import { above, atLeast, flag, integer, oneOf, unitInterval } from "../../../study/schema/numbers.js";
import { objectOf } from "../../../study/schema/parseFields.js";
import type { ArmFile, AttackFile } from "../deepStudyFile.js";

const ATTACK = "{ norm, radius } with some of steps, stepSize, randomStart, or null (no attack)";
const PSEUDO = "true, false or an object with some of rounds, threshold, soft";
const NORM = '2 or "inf"';

/** The attacks of the deep track: an l_2 or l_inf ball, by steps of projected ascent. */
export const attackSchema: z.ZodType<AttackFile | null> = z.union(
  [
    objectOf({
      norm: z.preprocess(
        (value) => (value === Infinity ? "inf" : value),
        z.union([z.literal(2, { error: NORM }), z.literal("inf", { error: NORM })], { error: NORM }),
      ),
      radius: atLeast(0),
      steps: integer(1, 10_000).optional(),
      stepSize: above(0).optional(),
      randomStart: flag().optional(),
    }),
    z.null({ error: ATTACK }),
  ],
  { error: ATTACK },
);

const pseudoLabels = objectOf({
  rounds: integer(1, 100).default(1),
  threshold: unitInterval().default(0),
  soft: flag().default(false),
});

/** One arm of a deep study. */
export const armSchema: z.ZodType<ArmFile> = objectOf({
  name: methodNameSchema,
  features: oneOf(["network", "random", "raw"]).default("network"),
  labels: oneOf(["all", "few"]).default("few"),
  attack: attackSchema.default(null),
  pseudoLabels: z
    .preprocess(
      (value) => (value === true ? {} : value === false ? null : value),
      z.union([pseudoLabels, z.null({ error: PSEUDO })], { error: PSEUDO }),
    )
    .default(null),
  augmentation: z
    .union([objectOf({ sd: atLeast(0) }), z.null({ error: "{ sd } or null" })], { error: "{ sd } or null" })
    .default(null),
  stepsFactor: above(0).default(1),
}).refine(({ labels, pseudoLabels: asked }) => asked === null || labels === "few", {
  path: ["labels"],
  error: '"few" where there are pseudo-labels',
}) as unknown as z.ZodType<ArmFile>;
