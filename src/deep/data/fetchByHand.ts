import { join } from "node:path";
import { shellWord } from "../../core/shellWord.js";
import type { WellKnownFile, WellKnownSet } from "./wellKnownSets.js";

/**
 * The commands that fetch and check files of a well-known set in a shell, one a line, for those who cannot fetch them from here.
 */
export function fetchByHand(set: WellKnownSet, folder: string, files: readonly WellKnownFile[]): string {
  const place = shellWord(join(folder, set.name));
  const downloads = set.archive === null ? files : [set.archive];
  return [
    `mkdir -p ${place} && cd ${place}`,
    ...downloads.map(({ name }) => `curl -fLO ${set.mirrors[0]}${name}`),
    "sha256sum -c <<'END'      # macOS: shasum -a 256 -c <<'END'",
    ...downloads.map(({ name, sha256 }) => `${sha256}  ${name}`),
    "END",
    ...(set.archive === null ? [] : [`tar -xzf ${set.archive.name} --strip-components=1`]),
  ].join("\n");
}
