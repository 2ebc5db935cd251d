import type { Sampling } from "../model/problem.js";
import { cellText, crossed, requireGrid } from "./grid.js";
import { completeMethod, requireUniqueNames, resolveContrasts } from "./resolveMethods.js";
import { completeProblem } from "./resolveProblem.js";
import { FieldError } from "./schema/fieldError.js";
import { type MethodFile, methodSchema } from "./schema/methodFile.js";
import { oneOf } from "./schema/numbers.js";
import { parseFields } from "./schema/parseFields.js";
import { type ProblemFile, problemSchema } from "./schema/problemFile.js";
import { type StudyTop, studyTopSchema } from "./schema/studyTop.js";
import { type CellFile, copyData, setPath, storable } from "./setPath.js";
import type { Cell, Study } from "./study.js";
import type { StudyFile } from "./studyFile.js";
import { requireKnownPaths } from "./varyPaths.js";

const sampling = oneOf(["auto", "direct"]);

/**
 * From a study file (the parsed JSON, or the same object from TypeScript) to a complete study: defaults filled in, `vary`
 * crossed into cells (last path fastest), every cell checked. docs/study-format.md lists the fields.
 *
 * `resolveStudy(study.file)` is the same study again: the file form is what a results folder stores.
 *
 * Throws one AdvTransferError (`bad-input`) that names the path, the allowed values, the value received and, where a varied
 * value is at fault, the cell.
 *
 * @example
 * resolveStudy({ problem: { dimension: 100, rank: 2, tasks: 50, labeled: 20 }, vary: { "problem.rank": [1, 2] } })
 */
export function resolveStudy(input: unknown): Study {
  const top = parseFields(studyTopSchema, withoutUndefined(input), []);
  const methodNames = top.methods.map(({ name }) => name);
  requireUniqueNames(methodNames);
  const varied = Object.keys(top.vary);
  requireKnownPaths(varied, methodNames);
  requireGrid(top.vary, top.replications);
  const contrasts = resolveContrasts(top.contrasts, methodNames);

  const cells = crossed(top.vary).map((point, cell) => resolvedCell(top, cell, point));
  const { name, question, seed, replications } = top;
  const file: StudyFile = {
    name,
    question,
    seed,
    replications,
    sampling: top.sampling,
    problem: cells[0]!.file.problem,
    methods: cells[0]!.file.methods,
    contrasts,
    vary: storable(top.vary) as Record<string, unknown[]>,
  };
  return {
    name,
    question,
    seed,
    replications,
    sampling: top.sampling,
    cells: cells.map(({ resolved }) => resolved),
    varied,
    methodNames,
    contrasts,
    file,
  };
}

interface ResolvedCell {
  resolved: Cell;
  file: { problem: ProblemFile; methods: readonly MethodFile[]; sampling: Sampling };
}

function resolvedCell(top: StudyTop, cell: number, point: Record<string, unknown>): ResolvedCell {
  const raw = copyData({
    problem: top.problem,
    methods: top.methods,
    sampling: top.sampling,
  }) as unknown as CellFile;
  try {
    for (const [path, value] of Object.entries(point)) setPath(raw, path, copyData(value));
    const file = {
      problem: parseFields(problemSchema, raw.problem, ["problem"]),
      methods: raw.methods.map((method) => parseFields(methodSchema, method, ["methods", method.name])),
      sampling: parseFields(sampling, raw.sampling, ["sampling"]),
    };
    const resolved: Cell = {
      cell,
      varied: storable(point) as Record<string, unknown>,
      problem: completeProblem(file.problem),
      methods: file.methods.map(completeMethod),
      sampling: file.sampling,
    };
    return { resolved, file };
  } catch (error) {
    throw error instanceof FieldError ? inCell(error, cell, point) : error;
  }
}

/** Names the cell when the error is about a path that was varied; otherwise every cell has it and the path is enough. */
export function inCell(error: FieldError, cell: number, point: Record<string, unknown>): FieldError {
  const touches = (path: string): boolean =>
    Object.keys(point).some(
      (other) => `${path}.`.startsWith(`${other}.`) || `${other}.`.startsWith(`${path}.`),
    );
  if (!error.paths.some(touches)) return error;
  return new FieldError(error.paths, `${cellText(cell, point)}: ${error.message}`, error.hint ?? undefined);
}

/** `{ seed: undefined }` from TypeScript means the same as no seed. */
function withoutUndefined(input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(
    Object.entries(input)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, copyData(item)]),
  );
}
