import * as z from "zod";
import { show } from "../../core/guards.js";
import { nearNames, orList } from "../nearNames.js";
import { FieldError, fieldError } from "./fieldError.js";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The letters of the paper for fields that a study file spells out. */
const LETTERS: Readonly<Record<string, string>> = {
  p: "dimension",
  d: "dimension",
  r: "rank",
  T: "tasks",
  n: "labeled",
  u: "unlabeled",
  s: "support",
  m: "target.samples",
  sigma: "noise.sd",
  alpha: "signal",
  eps: "radius",
  epsilon: "radius",
  q: "norm",
  reps: "replications",
};

/** An object that knows its fields: the message of an unknown one is the list of those that there are. */
export function objectOf<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const fields = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? fields.join(",")
        : `an object with the fields ${fields.join(", ")}`,
  });
}

/**
 * Parses one part of a study file; the first thing wrong becomes one error that names the path (below `root`), the allowed
 * values and the value received. Unknown fields come first: a typing error is the usual cause of a "missing" field.
 */
export function parseFields<Out>(schema: z.ZodType<Out>, value: unknown, root: Path): Out {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw errorOf(result.error.issues, value, root);
}

function errorOf(issues: readonly Issue[], value: unknown, root: Path): FieldError {
  const found = issues.map(deepest);
  const issue = found.find(({ code }) => code === "unrecognized_keys") ?? found[0]!;
  const path = pathText([...root, ...issue.path]);
  if (issue.code === "unrecognized_keys") return unknownField(path, issue.keys[0]!, issue.message.split(","));
  const received = valueAt(value, issue.path);
  return fieldError(path || "a study", issue.message, received, hintFor(issue.message, received));
}

/**
 * A union fails with the issues of every branch. When the value had the shape of one branch and something inside it is
 * wrong, that is the thing to say; otherwise the text of the union itself lists all the forms.
 */
function deepest(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const inside = issue.errors.flat().map(deepest);
  const nested = inside.filter(({ path, code }) => path.length > 0 || code === "unrecognized_keys");
  const unknown = nested.find(({ code }) => code === "unrecognized_keys");
  const best = unknown ?? nested.sort((a, b) => b.path.length - a.path.length)[0];
  return best === undefined ? issue : ({ ...best, path: [...issue.path, ...best.path] } as Issue);
}

function unknownField(path: string, key: string, fields: readonly string[]): FieldError {
  const where = path === "" ? "a study" : path;
  const full = path === "" ? key : `${path}.${key}`;
  const letter = Object.hasOwn(LETTERS, key) ? [LETTERS[key]!] : [];
  const near = [...letter, ...nearNames(key, fields)];
  const message = `${full} must be left out: ${where} has no field ${show(key)}, its fields are ${fields.join(", ")}`;
  return new FieldError([full], message, near.length > 0 ? `Did you mean ${orList(near)}?` : undefined);
}

function hintFor(allowed: string, received: unknown): { hint?: string } {
  if (/number|integer/.test(allowed) && typeof received === "string") {
    if (received.trim() !== "" && Number.isFinite(Number(received))) {
      return { hint: `Write ${Number(received)} without quotes.` };
    }
  }
  if (received === null) return { hint: "Leave the field out to have its default, where it has one." };
  return {};
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

/** `vary["problem.rank"][1]`: a key that holds dots is quoted. */
function pathText(path: Path): string {
  return path
    .map((key, i) => {
      if (typeof key === "number") return `[${key}]`;
      if (i > 0 && String(key).includes(".")) return `["${String(key)}"]`;
      return i > 0 ? `.${String(key)}` : String(key);
    })
    .join("");
}
