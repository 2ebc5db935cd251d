import type { Matrix } from "../numerics/matrix.js";
import { haarFrame } from "../random/distributions/haarFrame.js";
import { keyedStream } from "../random/keyedStream.js";
import { calibratedWeights } from "./calibratedWeights.js";
import { herdedSubset, whitened } from "./herding.js";
import { shapeStatistics } from "./shapeStatistics.js";

/** Fixed frames B_S (`s x r`, orthonormal columns) whose weighted average stands for the average over random ones. */
export interface SupportDesign {
  readonly frames: readonly Matrix[];
  /** Sum to 1. */
  readonly weights: Float64Array;
}

const CANDIDATES = 1500;
const cache = new Map<string, SupportDesign>();

/**
 * A deterministic design for averages over the Haar law of the nonzero rows of B (docs/theory.md 5.3): of 1500 fixed pseudo-random frames the
 * `count` ones that stand for all of them by their {@link shapeStatistics} ({@link herdedSubset}), with weights that make the means of
 * these statistics exact ({@link calibratedWeights}). Cost: up to 0.1 s once per (s, r).
 */
export function supportDesign(s: number, r: number, count: number): SupportDesign {
  const key = `${s} ${r} ${count}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const rng = keyedStream(["supportDesign", s, r]);
  const candidates = Array.from({ length: Math.min(CANDIDATES, Math.ceil(60_000 / s)) }, () =>
    haarFrame(rng, s, r),
  );
  const points = whitened(candidates.map(shapeStatistics));
  const chosen = herdedSubset(points, count);
  const design = {
    frames: chosen.map((i) => candidates[i]!),
    weights: calibratedWeights(
      chosen.map((i) => points[i]!),
      points[0]!.map(() => 0),
    ),
  };
  cache.set(key, design);
  return design;
}
