import type { Method } from "../training/method.js";
import { exponent } from "./resolveProblem.js";
import { BASELINES } from "./results.js";
import { fieldError } from "./schema/fieldError.js";
import type { MethodFile } from "./schema/methodFile.js";

/** From the file form of a method to the form that training takes: `"inf"` becomes Infinity. */
export function completeMethod(file: MethodFile): Method {
  return { ...file, attack: file.attack && { ...file.attack, norm: exponent(file.attack.norm) } };
}

/** Names have to tell methods apart: from each other, and from the baselines that every cell has. */
export function requireUniqueNames(names: readonly string[]): void {
  for (const [i, name] of names.entries()) {
    if ((BASELINES as readonly string[]).includes(name)) {
      throw fieldError(
        `methods[${i}].name`,
        `another name than a baseline's (${BASELINES.join(", ")})`,
        name,
        {
          hint: "The baselines are always reported; they need not be asked for.",
        },
      );
    }
    if (names.indexOf(name) !== i) {
      throw fieldError(`methods[${i}].name`, "a name that no other method has", name, {
        hint: `methods[${names.indexOf(name)}] has it too.`,
      });
    }
  }
}

/**
 * The pairs whose paired differences are reported: those asked for (among the names and the references), or each later method minus the first.
 */
export function resolveContrasts(
  asked: readonly (readonly [string, string])[] | undefined,
  names: readonly string[],
  references: readonly string[] = BASELINES,
): readonly (readonly [string, string])[] {
  if (asked === undefined) return names.slice(1).map((name) => [name, names[0]!] as const);
  const known = [...names, ...references];
  for (const [i, [a, b]] of asked.entries()) {
    for (const [side, name] of [a, b].entries()) {
      if (!known.includes(name))
        throw fieldError(`contrasts[${i}][${side}]`, `one of ${known.join(", ")}`, name);
    }
    if (a === b) throw fieldError(`contrasts[${i}]`, "two different methods", [a, b]);
    if (asked.findIndex(([c, d]) => a === c && b === d) !== i) {
      throw fieldError(`contrasts[${i}]`, "a pair that is not in the list before", [a, b]);
    }
  }
  return asked;
}
