import { canonicalJson } from "../core/canonicalJson.js";
import type { Matrix } from "../numerics/matrix.js";
import type { PseudoLabels } from "./method.js";

/**
 * The means that methods train on, made once for all methods of a replication with the same pseudo-labels. `compute` must be a function of the labels alone; the
 * matrices are shared, so nobody writes to them.
 */
export function sharedMeans(
  compute: (labels: PseudoLabels | null) => Matrix,
): (labels: PseudoLabels | null) => Matrix {
  const known = new Map<string, Matrix>();
  return (labels) => {
    const key = canonicalJson(labels);
    const means = known.get(key) ?? compute(labels);
    known.set(key, means);
    return means;
  };
}
