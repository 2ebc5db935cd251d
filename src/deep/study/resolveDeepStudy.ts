import { canonicalJson } from "../../core/canonicalJson.js";
import { crossed, requireGrid } from "../../study/grid.js";
import { requireUniqueNames, resolveContrasts } from "../../study/resolveMethods.js";
import { inCell } from "../../study/resolveStudy.js";
import { FieldError, fieldError } from "../../study/schema/fieldError.js";
import { parseFields } from "../../study/schema/parseFields.js";
import { copyData, storable } from "../../study/setPath.js";
import { requireNoOverlap } from "../../study/varyPaths.js";
import type { BackendName } from "../tensors/loadBackend.js";
import type { Settings } from "../training/settings.js";
import { completeArm, completeData, completeTarget, completeTraining } from "./complete.js";
import { deepCost } from "./deepCost.js";
import { deepMetrics } from "./deepMetrics.js";
import { requireDeepPaths, withPaths } from "./deepPaths.js";
import type { DeepCell, DeepPoint, DeepProblem, DeepStudy } from "./deepStudy.js";
import type { ArmFile, DataFile, DeepStudyFile, TargetFile } from "./deepStudyFile.js";
import { REFERENCES } from "./references.js";
import { armSchema } from "./schema/armFile.js";
import { dataSchema } from "./schema/dataFile.js";
import { type DeepTop, deepTopSchema } from "./schema/deepTop.js";
import { targetSchema, trainingSchema } from "./schema/trainingFile.js";

/**
 * From a deep study file (the parsed JSON, or the same object from TypeScript) to a complete study: defaults filled in, `vary` crossed into points, every
 * arm of every point a cell of its own, so that one worker computes one arm of one replication. The references `random` and `raw` are added. An arm that
 * nothing varied touches has one cell for all points. docs/deep.md lists the fields.
 *
 * `backend` takes the place of "auto", which only the caller can resolve (`loadBackend`); without it "auto" is an error.
 * `resolveDeepStudy(study.file)` is the same study again.
 *
 * Throws one AdvTransferError (`bad-input`) that names the path, the allowed values and the value received.
 *
 * @example resolveDeepStudy({ kind: "deep", data: { from: "teacher" }, methods: [{ name: "standard" }] }, "wasm")
 */
export function resolveDeepStudy(input: unknown, backend?: BackendName): DeepStudy {
  const top = parseFields(deepTopSchema, copyData(input), []);
  const armNames = top.methods.map(({ name }) => name);
  requireUniqueNames(armNames);
  requireFreeNames(armNames);
  const varied = Object.keys(top.vary);
  requireDeepPaths(varied, armNames);
  requireNoOverlap(varied);
  requireGrid(top.vary, top.replications);
  const references = REFERENCES.map(({ name }) => name);
  const comparisons = resolveContrasts(top.contrasts, armNames, references);
  const known = backendOf(top, backend);

  const cells: DeepCell[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (problem: DeepProblem, varied: Readonly<Record<string, unknown>>): number => {
    const content = canonicalJson(storable(problem));
    const found = numbers.get(content);
    if (found !== undefined) return found;
    const cell = cells.length;
    numbers.set(content, cell);
    const shape = { names: [problem.arm.name], metrics: deepMetrics(problem) };
    cells.push({
      cell,
      varied: { ...varied, arm: problem.arm.name },
      problem,
      shape,
      cost: deepCost(problem),
    });
    return cell;
  };
  const files: PointFile[] = [];
  const points = crossed(top.vary).map((point, i): DeepPoint => {
    const { file, problems } = resolvedPoint(top, i, point, known);
    files.push(file);
    return {
      varied: storable(point) as Record<string, unknown>,
      cells: Object.fromEntries(problems.map((problem) => [problem.arm.name, numberOf(problem, point)])),
    };
  });
  const { name, question, seed, replications, checksums } = top;
  const { data, training, target, methods } = files[0]!;
  const file: DeepStudyFile = {
    kind: "deep",
    name,
    question,
    seed,
    replications,
    backend: known,
    data,
    training,
    target,
    methods,
    contrasts: comparisons,
    vary: storable(top.vary) as Record<string, unknown[]>,
    checksums,
  };
  return {
    name,
    question,
    seed,
    replications,
    cells,
    varied: [...varied, "arm"],
    methodNames: [...armNames, ...references],
    contrasts: [],
    points,
    comparisons,
    checksums,
    file,
  };
}

interface PointFile {
  readonly data: DataFile;
  readonly training: Settings;
  readonly target: TargetFile;
  readonly methods: readonly ArmFile[];
}

function resolvedPoint(
  top: DeepTop,
  number: number,
  varied: Readonly<Record<string, unknown>>,
  backend: BackendName,
): { file: PointFile; problems: DeepProblem[] } {
  const raw = withPaths(top, varied);
  try {
    const file: PointFile = {
      data: parseFields(dataSchema, raw.data, ["data"]),
      training: parseFields(trainingSchema, raw.training, ["training"]),
      target: parseFields(targetSchema, raw.target, ["target"]),
      methods: raw.methods.map((arm) => parseFields(armSchema, arm, ["methods", arm.name])),
    };
    const target = completeTarget(file.target);
    const data = completeData(file.data, target.labels);
    const training = completeTraining(file.training);
    const arms = [...file.methods.map(completeArm), ...REFERENCES];
    return { file, problems: arms.map((arm) => ({ data, training, target, arm, backend })) };
  } catch (error) {
    throw error instanceof FieldError ? inCell(error, number, varied) : error;
  }
}

function requireFreeNames(names: readonly string[]): void {
  for (const [i, name] of names.entries()) {
    if (!REFERENCES.some((reference) => reference.name === name)) continue;
    throw fieldError(`methods[${i}].name`, "another name than a reference's (random, raw)", name, {
      hint: "The references are always reported; they need not be asked for.",
    });
  }
}

function backendOf(top: DeepTop, backend: BackendName | undefined): BackendName {
  const known = backend ?? top.backend;
  if (known !== "auto") return known;
  throw fieldError("backend", '"tfjs-node", "wasm" or "cpu" here', "auto", {
    hint: "Load a backend first (loadBackend) and pass its name.",
  });
}
