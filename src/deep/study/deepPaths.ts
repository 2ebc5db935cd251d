import { fieldError } from "../../study/schema/fieldError.js";
import { copyData, setPath } from "../../study/setPath.js";
import type { DeepTop } from "./schema/deepTop.js";

const PARTS = ["data", "training", "target"];

/** The parts of a deep study that a point of its grid changes. */
export type PointParts = Pick<DeepTop, "data" | "training" | "target" | "methods">;

/** Throws when a varied path begins with no part of a study; that its field exists is checked with the part itself. */
export function requireDeepPaths(paths: readonly string[], armNames: readonly string[]): void {
  for (const path of paths) {
    const [part, name, field] = path.split(".");
    if (PARTS.includes(part!) && name !== undefined) continue;
    if (part === "methods" && armNames.includes(name!) && field !== undefined) continue;
    throw fieldError(
      "vary",
      "paths of the study (data.FIELD, training.FIELD, target.FIELD or methods.NAME.FIELD)",
      path,
      { hint: `The arms are ${armNames.join(", ")}.` },
    );
  }
}

/** A copy of the parts with the values of a point in their places. */
export function withPaths(top: DeepTop, point: Readonly<Record<string, unknown>>): PointParts {
  const { data, training, target, methods } = top;
  const parts = copyData({ data, training, target, methods }) as PointParts;
  for (const [path, value] of Object.entries(point)) setPath(parts as never, path, copyData(value));
  return parts;
}
