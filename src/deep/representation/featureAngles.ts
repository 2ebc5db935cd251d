import { badInput } from "../../core/guards.js";
import { principalAngles } from "../../numerics/principalAngles.js";
import { leadingSubspace } from "./leadingSubspace.js";
import { centered, type Features } from "./linearCka.js";

/**
 * The principal angles between what two sets of features say most about the same samples: between the spans, in sample space, of the r leading principal components of
 * each; r angles in radians, ascending. 0: a function of the samples that both know; pi/2: one that only one of them knows. Components that either set does not have count as
 * pi/2. Invariant under rotation, shift and scale of either set, and symmetric.
 *
 * Source: Raghu, Gilmer, Yosinski & Sohl-Dickstein, NeurIPS 2017 (canonical correlations of leading components; their cosines are these).
 * Throws `bad-input` when the numbers of samples differ. Cost: a leading singular subspace of each set.
 */
export function featureAngles(x: Features, y: Features, r: number): Float64Array {
  if (x.count !== y.count) throw badInput("features to compare", "of the same samples", [x.count, y.count]);
  const [a, b] = [leadingSubspace(centered(x), r).basis, leadingSubspace(centered(y), r).basis];
  const [more, fewer] = a.cols >= b.cols ? [a, b] : [b, a];
  const angles = new Float64Array(r).fill(Math.PI / 2);
  if (more.cols > 0) angles.set(principalAngles(more, fewer));
  return angles;
}
