import { badInput } from "../core/guards.js";

/** The value of `--preset`. */
export function preset(text: string): "smoke" | "quick" | "full" {
  if (text === "smoke" || text === "quick" || text === "full") return text;
  throw badInput("--preset", "smoke, quick or full", text);
}

/** The values of an option that may be repeated. */
export function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

/** The value of an option that is an integer in [low, high]. */
export function integer(
  option: string,
  low: number,
  high: number = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && low <= value && value <= high) return value;
    throw badInput(option, `an integer in [${low}, ${high}]`, text);
  };
}

/** The examples at the end of a help text. */
export function examples(lines: readonly (readonly [command: string, purpose: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, purpose]) => `  ${command.padEnd(width)}  ${purpose}`).join("\n")}`;
}
