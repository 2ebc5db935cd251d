import type { Rng } from "../../random/keyedStream.js";

/** The entries in random order, every order equally likely (Fisher-Yates); a copy. */
export function shuffled(rng: Rng, entries: ArrayLike<number>): number[] {
  const order = Array.from(entries);
  for (let last = order.length - 1; last > 0; last--) {
    const pick = Math.floor(rng.uniform() * (last + 1));
    const kept = order[last]!;
    order[last] = order[pick]!;
    order[pick] = kept;
  }
  return order;
}
