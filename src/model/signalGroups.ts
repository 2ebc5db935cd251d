import { badInput, requireInteger } from "../core/guards.js";
import type { SignalGroup } from "./problem.js";

/**
 * How many of T tasks each group gets: the shares times T, rounded down, and the tasks left over to the groups with the largest
 * remainders (the earlier group on a tie), so that the counts sum to T and none is off by one or more.
 *
 * Throws `bad-input` when the shares do not sum to 1 to within 1e-9. Cost: a sort of the groups.
 *
 * @example largestRemainder([0.5, 0.3, 0.2], 11) // [6, 3, 2]
 */
export function largestRemainder(shares: readonly number[], total: number): number[] {
  requireInteger("total", total, 0);
  const sum = shares.reduce((a, b) => a + b, 0);
  if (!(Math.abs(sum - 1) <= 1e-9) || !shares.every((share) => share >= 0)) {
    throw badInput("shares", "numbers >= 0 that sum to 1", shares);
  }
  // In units of the rounding error: 29 % of 100 is 29 by intent, though 0.29 * 100 falls short of it, and rounding must not break a tie.
  const rounding = 1e-9 * Math.max(1, total);
  const quotas = shares.map((share) => share * total);
  const counts = quotas.map(Math.floor);
  let left = total - counts.reduce((a, b) => a + b, 0);
  const byRemainder = quotas.map((quota, i) => ({
    i,
    remainder: Math.round((quota - Math.floor(quota)) / rounding),
  }));
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder) {
    if (left <= 0) break;
    counts[i] = counts[i]! + 1;
    left--;
  }
  return counts;
}

/** How many of T tasks each signal group gets: {@link largestRemainder} of their shares. */
export function groupCounts(signal: readonly SignalGroup[], tasks: number): number[] {
  return largestRemainder(
    signal.map((group) => group.share),
    tasks,
  );
}

/** The norm ||a_t|| of each of T tasks; the tasks of a group stand together, groups in the order given. */
export function taskNorms(signal: readonly SignalGroup[], tasks: number): Float64Array {
  const counts = groupCounts(signal, tasks);
  const norms = new Float64Array(tasks);
  let start = 0;
  signal.forEach((group, i) => {
    norms.fill(group.norm, start, start + counts[i]!);
    start += counts[i]!;
  });
  return norms;
}
