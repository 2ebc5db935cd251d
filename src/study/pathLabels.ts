import { numberText } from "../core/numberText.js";

/** Name and symbol of the varied paths, in the field's notation. */
const PATHS: Readonly<Record<string, readonly [name: string, symbol: string]>> = {
  "problem.dimension": ["dimension p", "p"],
  "problem.rank": ["rank r", "r"],
  "problem.tasks": ["source tasks T", "T"],
  "problem.labeled": ["labelled samples a task, n", "n"],
  "problem.unlabeled": ["unlabelled samples a task, u", "u"],
  "problem.noise.sd": ["noise level \u03c3", "\u03c3"],
  "problem.noise.family": ["noise family", "noise"],
  "problem.noise.condition": ["ratio of noise variances", "condition"],
  "problem.support": ["support size s", "s"],
  "problem.signal": ["signal", "signal"],
  "problem.diversity": ["task diversity", "diversity"],
  "problem.target.samples": ["target samples m", "m"],
  "problem.target.norm": ["target signal \u2016a\u2016", "\u2016a\u2016"],
};

/** The axis title of a varied path; the path itself where it has no usual name. */
export function pathLabel(path: string): string {
  return Object.hasOwn(PATHS, path) ? PATHS[path]![0] : path;
}

/** The short name of a varied path, for `p = 200`. */
export function pathSymbol(path: string): string {
  if (Object.hasOwn(PATHS, path)) return PATHS[path]![1];
  return path.split(".").slice(-1)[0]!;
}

/** A varied value in a few characters: numbers, names, signal groups such as `70 % \u00d7 1 + 30 % \u00d7 4`, other data as JSON. */
export function valueLabel(value: unknown): string {
  if (typeof value === "number") return numberText(value, 4);
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) {
    const groups = value.map(groupLabel);
    return groups.every((g) => g !== null) ? groups.join(" + ") : value.map(valueLabel).join(", ");
  }
  const entries = Object.entries(value as Record<string, unknown>);
  return entries.map(([key, item]) => `${key} ${valueLabel(item)}`).join(", ");
}

function groupLabel(item: unknown): string | null {
  if (typeof item !== "object" || item === null) return null;
  const { share, norm, ...rest } = item as Record<string, unknown>;
  if (typeof share !== "number" || typeof norm !== "number" || Object.keys(rest).length > 0) return null;
  return share === 1 ? numberText(norm, 4) : `${numberText(100 * share, 3)} % \u00d7 ${numberText(norm, 4)}`;
}
