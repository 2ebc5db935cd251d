import { requireInteger } from "../../core/guards.js";
import { type Matrix, transpose } from "../../numerics/matrix.js";
import { haarFrame } from "../../random/distributions/haarFrame.js";
import type { Rng } from "../../random/keyedStream.js";

/**
 * `count` uniformly distributed starts for joint training, one after the other from a stream.
 *
 * @example jointSubspace(means, 2, 0, { starts: randomStarts(keyedStream([7, "start"]), 5) })
 */
export function randomStarts(
  rng: Rng,
  count: number,
): (dimension: number, rank: number) => readonly Matrix[] {
  requireInteger("count", count, 1);
  return (dimension, rank) => Array.from({ length: count }, () => transpose(haarFrame(rng, dimension, rank)));
}

/** How many starts ended within 1e-8 of the best value: all of them, where the maximum can be trusted to be the global one. */
export function agreeingStarts(startValues: Float64Array): number {
  return startValues.filter((value) => value >= 1 - 1e-8).length;
}
