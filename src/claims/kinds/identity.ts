import { formatted } from "./numbers.js";
import type { Outcome } from "./outcome.js";

/** Two numbers of one replication that should be the same. */
export interface Pair {
  readonly label: string;
  readonly a: number;
  readonly b: number;
}

/** Replications below which an identity is not called one. */
const LEAST_PAIRS = 4;

/**
 * Kind *identity*: a = b in every replication, bit for bit (`tolerance` 0) or to rounding (|a - b| <= tolerance max(|a|, |b|, 1)). No statistics: one counterexample
 * violates it with certainty, and "holds" means "in every one of the replications that were drawn".
 */
export function identityTest(pairs: readonly Pair[], tolerance: number): Outcome {
  const off = ({ a, b }: Pair): number => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1);
  // Written so that NaN is a counterexample.
  const wrong = pairs.filter((pair) => !(pair.a === pair.b || off(pair) <= tolerance));
  const predicted = tolerance === 0 ? "equal, bit for bit" : `equal to ${formatted(tolerance, 1)}`;
  if (wrong.length > 0) {
    const { label, a, b } = wrong[0]!;
    const text = `${wrong.length} of ${pairs.length} differ (${label}: ${formatted(a)}, ${formatted(b)})`;
    return {
      conditions: [],
      measured: { text, value: wrong.length, interval: null },
      predicted,
      certain: "violated",
    };
  }
  const text = `equal in all ${pairs.length}`;
  const measured = { text, value: 0, interval: null };
  if (pairs.length < LEAST_PAIRS) return { conditions: [], measured, predicted };
  return { conditions: [], measured, predicted, certain: "holds" };
}
