import * as z from "zod";
import type { PgdOptions } from "../../training/gradient/pgdAttack.js";
import { DESCENT, type SgdOptions } from "../../training/gradient/sgdOptions.js";
import { above, integer, numberBelowOne, oneOf, unitInterval } from "./numbers.js";
import { objectOf } from "./parseFields.js";

/** The fields of a method that trains by gradients; the defaults are left out, so that a study without them reads as it always has. */
export interface GradientFile {
  readonly solver?: "gradient";
  readonly loss?: "logistic" | "squared-hinge";
  readonly regularization?: { readonly ridge: number };
  readonly descent?: SgdOptions;
}

const REGULARIZATION = '"ball" or { "ridge": number > 0 }';
const INNER = '"exact" or { "pgd": { steps, step, starts } }';

type Solver = "closed-form" | "gradient";
type Loss = "linear" | "logistic" | "squared-hinge";
type RegularizationField = "ball" | { readonly ridge: number };

export const solver: z.ZodType<Solver | undefined> = oneOf(["closed-form", "gradient"]).optional();
export const loss: z.ZodType<Loss | undefined> = oneOf(["linear", "logistic", "squared-hinge"]).optional();
export const regularization: z.ZodType<RegularizationField | undefined> = z
  .union([z.literal("ball", { error: REGULARIZATION }), objectOf({ ridge: above(0) })], {
    error: REGULARIZATION,
  })
  .optional();

const pgd: z.ZodType<PgdOptions> = objectOf({
  steps: integer(1, 100_000),
  step: above(0).optional(),
  starts: integer(0, 10_000).optional(),
}).transform(
  ({ steps, step, starts }): PgdOptions => ({
    steps,
    ...(step === undefined ? {} : { step }),
    ...(starts === undefined || starts === 0 ? {} : { starts }),
  }),
);

/** How gradient training attacks: `"exact"`, the default, is left out. */
export const inner: z.ZodType<{ readonly pgd: PgdOptions } | undefined> = z
  .union([z.literal("exact", { error: INNER }), objectOf({ pgd })], { error: INNER })
  .optional()
  .transform((value) => (value === "exact" ? undefined : value));

/** Stochastic gradient descent; what is said and is the default anyway is left out. */
export const descent: z.ZodType<SgdOptions | undefined> = objectOf({
  epochs: integer(1, 1_000_000).optional(),
  batchSize: integer(1).optional(),
  learningRate: above(0).optional(),
  schedule: oneOf(["constant", "inverse-sqrt", "cosine"]).optional(),
  momentum: numberBelowOne().optional(),
  averaging: unitInterval().optional(),
})
  .transform((options): SgdOptions => {
    const said = Object.entries(options).filter(
      ([key, value]) => value !== undefined && value !== (DESCENT as Record<string, unknown>)[key],
    );
    return Object.fromEntries(said);
  })
  .optional();

/** What is wrong between the gradient fields of a method, as [field, allowed values]; null when nothing is. */
export function gradientConflict(method: {
  readonly solver?: Solver | undefined;
  readonly loss?: Loss | undefined;
  readonly regularization?: unknown;
  readonly attack: { readonly inner?: unknown } | null;
  readonly aggregation: string;
  readonly descent?: unknown;
}): { readonly path: readonly string[]; readonly allowed: string } | null {
  const nonlinear = method.loss !== undefined && method.loss !== "linear";
  const ridge = method.regularization !== undefined && method.regularization !== "ball";
  const byPgd = method.attack?.inner !== undefined;
  if (nonlinear && method.solver === "closed-form")
    return { path: ["solver"], allowed: `"gradient" with the ${method.loss} loss, which has no closed form` };
  if (method.aggregation === "joint" && byPgd)
    return { path: ["attack", "inner"], allowed: '"exact" with aggregation "joint"' };
  if (method.aggregation === "joint" && method.descent !== undefined)
    return { path: ["descent"], allowed: 'left out with aggregation "joint"' };
  if (nonlinear || method.solver === "gradient") return null;
  if (ridge)
    return {
      path: ["regularization"],
      allowed: '"ball" with the closed form (a ridge needs solver "gradient")',
    };
  if (byPgd)
    return {
      path: ["attack", "inner"],
      allowed: '"exact" with the closed form (PGD needs solver "gradient")',
    };
  if (method.descent !== undefined)
    return { path: ["descent"], allowed: 'left out with the closed form (descent needs solver "gradient")' };
  return null;
}

/** The gradient fields without their defaults; a loss that only gradients can train says so by itself. */
export function gradientFields(method: {
  readonly solver?: Solver | undefined;
  readonly loss?: Loss | undefined;
  readonly regularization?: RegularizationField | undefined;
  readonly descent?: SgdOptions | undefined;
  readonly attack: { readonly inner?: unknown } | null;
}): GradientFile {
  const { solver: asked, loss: chosen, regularization: kept, descent: options } = method;
  // Under an attack by PGD descent is what there is.
  const plain = options !== undefined && Object.keys(options).length === 0;
  const implied = options === undefined || (plain && method.attack?.inner !== undefined);
  const nonlinear = chosen !== undefined && chosen !== "linear";
  return {
    ...(nonlinear ? { loss: chosen } : asked === "gradient" ? { solver: asked } : {}),
    ...(kept === undefined || kept === "ball" ? {} : { regularization: kept }),
    ...(implied ? {} : { descent: options }),
  };
}
