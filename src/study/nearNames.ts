/**
 * The names that a mistyped one may have stood for: within a third of its length in edits (insert, delete, replace, swap of
 * neighbours), or equal to it up to case and punctuation, nearest first, at most three.
 *
 * @example nearNames("labelled", ["rank", "labeled"]) // ["labeled"]
 */
export function nearNames(name: string, candidates: readonly string[]): string[] {
  const limit = Math.max(1, Math.floor(Math.max(name.length, 3) / 3));
  return candidates
    .map((candidate) => ({ candidate, distance: distanceOf(name, candidate) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function distanceOf(a: string, b: string): number {
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}.]/gu, "");
  if (plain(a) === plain(b) && plain(a) !== "") return 0.5;
  return editDistance(a.slice(0, 100), b.slice(0, 100));
}

/** The restricted Damerau-Levenshtein distance; three rows are enough because a swap looks back two. Cost |a| |b|. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, before[j - 2]! + 1);
      }
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length]!;
}

/** "a", "a or b", "a, b or c": a list as a sentence has it. */
export function orList(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}`;
}
