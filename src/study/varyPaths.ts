import { show } from "../core/guards.js";
import { nearNames } from "./nearNames.js";
import { FieldError } from "./schema/fieldError.js";

const PROBLEM_PATHS = [
  "dimension",
  "rank",
  "tasks",
  "labeled",
  "unlabeled",
  "noise",
  "noise.sd",
  "noise.family",
  "noise.degreesOfFreedom",
  "noise.condition",
  "signal",
  "diversity",
  "diversity.weights",
  "support",
  "target",
  "target.samples",
  "target.norm",
  "target.attack",
  "target.attack.norm",
  "target.attack.radius",
];

const METHOD_PATHS = [
  "attack",
  "attack.norm",
  "attack.radius",
  "attack.radius.logThreshold",
  "attack.radius.filterBelow",
  "attack.inner",
  "attack.inner.pgd.steps",
  "attack.inner.pgd.step",
  "attack.inner.pgd.starts",
  "pseudoLabels",
  "pseudoLabels.rounds",
  "pseudoLabels.threshold",
  "pseudoLabels.soft",
  "pseudoLabels.weight",
  "aggregation",
  "solver",
  "loss",
  "regularization",
  "regularization.ridge",
  "descent",
  "descent.epochs",
  "descent.batchSize",
  "descent.learningRate",
  "descent.schedule",
  "descent.momentum",
  "descent.averaging",
];

/** Every path that a study with these methods can vary, but for the entries of a signal list (`problem.signal.1.norm`). */
export function knownPaths(methodNames: readonly string[]): string[] {
  return [
    ...PROBLEM_PATHS.map((path) => `problem.${path}`),
    ...methodNames.flatMap((name) => METHOD_PATHS.map((path) => `methods.${name}.${path}`)),
    "sampling",
  ];
}

/**
 * Throws when a varied path names nothing, with the near names, or when one path lies inside another (which of the two
 * would win?).
 */
export function requireKnownPaths(paths: readonly string[], methodNames: readonly string[]): void {
  const known = knownPaths(methodNames);
  for (const path of paths) {
    if (known.includes(path) || /^problem\.signal\.\d{1,4}\.(share|norm)$/.test(path)) continue;
    throw unknownPath(path, known, methodNames);
  }
  requireNoOverlap(paths);
}

/** Throws when one varied path lies inside another. */
export function requireNoOverlap(paths: readonly string[]): void {
  for (const outer of paths) {
    const inner = paths.find((path) => path.startsWith(`${outer}.`));
    if (inner !== undefined) {
      const message = `vary must be free of overlaps: ${show(inner)} is a part of ${show(outer)}`;
      throw new FieldError([inner, outer], message, "Vary one of the two.");
    }
  }
}

function unknownPath(path: string, known: readonly string[], methodNames: readonly string[]): FieldError {
  const tail = path.slice(path.lastIndexOf(".") + 1);
  const sameTail = known.filter(
    (candidate) => candidate.endsWith(`.${tail}`) || candidate === `problem.${path}`,
  );
  const near = [...new Set([...nearNames(path, known), ...sameTail])].slice(0, 4);
  const message =
    `vary must name a path of the study (problem.FIELD, methods.NAME.FIELD or sampling), received ${show(path)}` +
    (path.startsWith("methods.") ? `; the methods are ${methodNames.join(", ")}` : "");
  return new FieldError([path], message, near.length > 0 ? `Did you mean ${near.join(" or ")}?` : undefined);
}
