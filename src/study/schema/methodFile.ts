import * as z from "zod";
import type { PgdOptions } from "../../training/gradient/pgdAttack.js";
import type { Aggregation, PseudoLabels, RadiusSpec } from "../../training/method.js";
import {
  descent,
  type GradientFile,
  gradientConflict,
  gradientFields,
  inner,
  loss,
  regularization,
  solver,
} from "./gradientFile.js";
import { atLeast, ballNorm, flag, integer, oneOf, unitInterval } from "./numbers.js";
import { objectOf } from "./parseFields.js";

/** A method as a study file has it, every field present but those of gradient training that are left at their defaults; plain JSON (`"inf"` for Infinity). */
export interface MethodFile extends GradientFile {
  readonly name: string;
  readonly attack: {
    readonly norm: number | "inf";
    readonly radius: RadiusSpec;
    readonly inner?: { readonly pgd: PgdOptions };
  } | null;
  readonly pseudoLabels: PseudoLabels | null;
  readonly aggregation: Aggregation;
}

const LATER = (what: string): string => `${what} is a later version's, this one does not have it yet`;
const RADIUS = 'a number >= 0, { "logThreshold": number >= 0 } or { "filterBelow": number >= 0 }';
const ATTACK = "{ norm, radius } or null (no attack)";
const PSEUDO = "true, false or an object with some of rounds, threshold, soft, weight";
const WEIGHT = '"pooled", "optimal" or a number in [0, 1]';
const NAME =
  "a name that starts with a letter, of at most 60 characters, without dots, quotes or line breaks";

const radius: z.ZodType<RadiusSpec> = z.union(
  [
    atLeast(0),
    objectOf({ logThreshold: atLeast(0).optional(), filterBelow: atLeast(0).optional() })
      .refine((value) => Object.values(value).filter((item) => item !== undefined).length === 1, {
        error: RADIUS,
      })
      .transform((value) =>
        value.logThreshold === undefined
          ? { filterBelow: value.filterBelow! }
          : { logThreshold: value.logThreshold },
      ),
  ],
  { error: RADIUS },
);

const pseudoLabelFields = objectOf({
  rounds: integer(1, 1000).default(1),
  threshold: atLeast(0).default(0),
  soft: flag().default(false),
  weight: z.union([oneOf(["pooled", "optimal"]), unitInterval()], { error: WEIGHT }).default("pooled"),
});

/** true means all defaults; false and null mean none. */
const pseudoLabels: z.ZodType<PseudoLabels | null> = z.preprocess(
  (value) => (value === true ? {} : value === false ? null : value),
  z.union([pseudoLabelFields, z.null({ error: PSEUDO })], { error: PSEUDO }),
);

export const methodNameSchema: z.ZodType<string> = z
  .string({ error: NAME })
  .regex(/^\p{L}[^.\p{C}"'`\\]{0,59}$/u, { error: NAME });

/** The fields of one method; unique names are checked by the study. */
export const methodSchema: z.ZodType<MethodFile> = objectOf({
  name: methodNameSchema,
  attack: z
    .union(
      [
        objectOf({ norm: ballNorm(), radius, inner }).transform(({ norm, radius, inner: found }) => ({
          norm,
          radius,
          ...(found === undefined ? {} : { inner: found }),
        })),
        z.null({ error: ATTACK }),
      ],
      { error: ATTACK },
    )
    .default(null),
  pseudoLabels: pseudoLabels.default(null),
  aggregation: oneOf(["normalized", "raw", "oracle-weights", "joint"]).default("normalized"),
  solver,
  loss,
  regularization,
  descent,
})
  .refine(({ aggregation, attack }) => aggregation !== "joint" || attack === null || attack.norm !== 1, {
    path: ["aggregation"],
    error: `"normalized", "raw" or "oracle-weights" with this attack (${LATER('"joint" under an attack of norm 1')})`,
  })
  .superRefine((method, context) => {
    const conflict = gradientConflict(method);
    if (conflict === null) return;
    context.addIssue({ code: "custom", path: [...conflict.path], message: conflict.allowed });
  })
  .transform(({ solver: asked, loss: chosen, regularization: kept, descent: options, ...method }) => ({
    ...method,
    ...gradientFields({
      solver: asked,
      loss: chosen,
      regularization: kept,
      descent: options,
      attack: method.attack,
    }),
  }));
