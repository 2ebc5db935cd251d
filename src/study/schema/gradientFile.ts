import * as z from "zod";
import type { PgdOptions } from "../../training/gradient/pgdAttack.js";
import { above, integer, oneOf } from "./numbers.js";
import { objectOf } from "./parseFields.js";

/** The fields of a method that trains by gradients; the defaults are left out, so that a study without them reads as it always has. */
export interface GradientFile {
  readonly solver?: "gradient";
  readonly loss?: "logistic" | "squared-hinge";
  readonly regularization?: { readonly ridge: number };
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

/** What is wrong between the gradient fields of a method, as [field, allowed values]; null when nothing is. */
export function gradientConflict(method: {
  readonly solver?: Solver | undefined;
  readonly loss?: Loss | undefined;
  readonly regularization?: unknown;
  readonly attack: { readonly inner?: unknown } | null;
  readonly aggregation: string;
}): { readonly path: readonly string[]; readonly allowed: string } | null {
  const nonlinear = method.loss !== undefined && method.loss !== "linear";
  const ridge = method.regularization !== undefined && method.regularization !== "ball";
  const byPgd = method.attack?.inner !== undefined;
  if (nonlinear && method.solver === "closed-form")
    return { path: ["solver"], allowed: `"gradient" with the ${method.loss} loss, which has no closed form` };
  if (method.aggregation === "joint" && byPgd)
    return { path: ["attack", "inner"], allowed: '"exact" with aggregation "joint"' };
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
  return null;
}

/** The gradient fields without their defaults; a loss that only gradients can train says so by itself. */
export function gradientFields(method: {
  readonly solver?: Solver | undefined;
  readonly loss?: Loss | undefined;
  readonly regularization?: RegularizationField | undefined;
}): GradientFile {
  const { solver: asked, loss: chosen, regularization: kept } = method;
  const nonlinear = chosen !== undefined && chosen !== "linear";
  return {
    ...(nonlinear ? { loss: chosen } : asked === "gradient" ? { solver: asked } : {}),
    ...(kept === undefined || kept === "ball" ? {} : { regularization: kept }),
  };
}
