import * as z from "zod";
import type { NoiseFamily } from "../../model/problem.js";
import { above, atLeast, ballNorm, integer, oneOf, unitInterval } from "./numbers.js";
import { objectOf } from "./parseFields.js";

/** A problem as a study file has it, every field present, shorthands kept; plain JSON. */
export interface ProblemFile {
  readonly dimension: number;
  readonly rank: number;
  readonly tasks: number;
  readonly labeled: number;
  readonly unlabeled: number;
  readonly noise: {
    readonly sd: number;
    readonly family: NoiseFamily;
    readonly degreesOfFreedom: number;
    readonly condition: number;
  };
  readonly signal: number | readonly { readonly share: number; readonly norm: number }[];
  readonly diversity: "isotropic" | "dominant" | "missing" | { readonly weights: readonly number[] };
  readonly support: number | null;
  readonly target: {
    readonly samples: number;
    readonly norm: number;
    readonly attack: { readonly norm: number | "inf"; readonly radius: number } | null;
  };
}

const FAMILIES = ["gaussian", "rademacher", "uniform", "student-t", "anisotropic"] as const;
const SIGNAL = "a number > 0 or a list of { share, norm }";
const DIVERSITY = '"isotropic", "dominant", "missing" or { "weights": [one number >= 0 a direction] }';
const SUPPORT = "an integer >= 1 or null (dense)";
const ATTACK = "{ norm, radius } or null";

const group = objectOf({ share: unitInterval(), norm: atLeast(0) });
const weights = objectOf({ weights: z.array(atLeast(0), { error: "a list of numbers >= 0" }) });
const targetAttack = objectOf({ norm: ballNorm(), radius: atLeast(0) });

/** The fields of a problem one by one; what has to hold between them is checked by `resolveProblem`. */
export const problemSchema: z.ZodType<ProblemFile> = objectOf({
  dimension: integer(1),
  rank: integer(1),
  tasks: integer(1),
  labeled: integer(1),
  unlabeled: integer(0).default(0),
  noise: objectOf({
    sd: above(0).default(1),
    family: oneOf(FAMILIES).default("gaussian"),
    degreesOfFreedom: above(2).default(3),
    condition: atLeast(1).default(10),
  }).prefault({}),
  signal: z
    .union(
      [
        z.number({ error: SIGNAL }).gt(0, { error: SIGNAL }),
        z.array(group, { error: SIGNAL }).min(1, { error: SIGNAL }),
      ],
      { error: SIGNAL },
    )
    .default(1),
  diversity: z
    .union([oneOf(["isotropic", "dominant", "missing"]), weights], { error: DIVERSITY })
    .default("isotropic"),
  support: z
    .union([z.int({ error: SUPPORT }).min(1, { error: SUPPORT }), z.null({ error: SUPPORT })], {
      error: SUPPORT,
    })
    .default(null),
  target: objectOf({
    samples: integer(1).default(20),
    norm: above(0).default(1),
    attack: z.union([targetAttack, z.null({ error: ATTACK })], { error: ATTACK }).default(null),
  }).prefault({}),
});
