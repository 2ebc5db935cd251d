import type { Problem } from "../model/problem.js";
import { zeros } from "../numerics/matrix.js";
import type { Method } from "../training/method.js";
import { type DirectionOverlap, missedDirections } from "./directionOverlap.js";
import { expectedL1 } from "./expectedL1.js";
import { type FrameShape, type FrameSpace, frameOverlaps } from "./frameOverlaps.js";
import { lInfDenseRepresentation } from "./lInfDense.js";
import type { LInfPrediction } from "./lInfPrediction.js";
import { sphereDesign } from "./sphereDesign.js";
import { supportDesign } from "./supportDesign.js";
import { thresholdedGroups } from "./thresholdedGroup.js";
import { populationSpace } from "./thresholdedPopulation.js";

export type { LInfPrediction } from "./lInfPrediction.js";

/** Beyond it the limit of a large support is used, which is its own average. */
const LARGEST_FRAME = 64;

/** Frames B_S to average over: chosen as they are, they leave an error of 0.5 % in the median, as 64 random ones do; wide supports differ less. */
const framesFor = (s: number): number => (s > 24 ? 8 : 12);

/**
 * The representation that l_inf-adversarial training learns (docs/theory.md 5.3), radius eps > 0, with or without pseudo-labels: the columns'
 * population on the support ({@link groupPopulation}) has top eigenvectors q_i with eigenvalues l_i. Off the support columns are noise, so q_i is
 * estimated with the cos^2 of {@link spikeOverlap}; the support's other eigenvalues l_k are noise too, and take the share m_ik / (1 + sum_k m_ik) of it,
 * m_ik = kappa_i l_i l_k / (T (l_i - l_k)^2), kappa_i = E[w^4 <q_i,x>^2 ||x off q_1..q_r||^2] / (l_i sum_k l_k); and of q_i only ||B_S^T q_i||^2 lies in range(B): the bias of shrinking.
 * Averaged over a fixed design of frames B_S; for s > 64, {@link lInfDenseRepresentation}.
 *
 * Cost: 1 to 2 ms at s = 10, r = 2, growing with s and r, free of p, T, n, u; and up to 0.1 s once per (s, r) for the design of frames.
 */
export function lInfRepresentation(problem: Problem, method: Method, eps: number): LInfPrediction {
  const { dimension: p, rank: r, tasks } = problem;
  const support = problem.support ?? p;
  const groups = thresholdedGroups(problem, method, eps);
  if (support > LARGEST_FRAME) return lInfDenseRepresentation(problem, method, eps);
  const s = support;
  const design = sphereDesign(problem.diversity);
  const frames = supportDesign(s, r, framesFor(s));
  const shape: FrameShape = { r, tasks, off: p - support };
  const space: FrameSpace = {
    total: zeros(s, s),
    groups: groups.map(() => populationSpace(design.rows, s)),
  };
  const cos2 = new Float64Array(3 * r);
  let bias = 0;
  let survival = 0;
  let lengthSpread = 0;
  let offShare = 0;
  let rowLengths = 0;
  const sines: (number | null)[] = [];
  frames.frames.forEach((frame, i) => {
    const weight = frames.weights[i]!;
    const result = frameOverlaps(groups, frame, design, shape, space);
    for (let k = 0; k < cos2.length; k++) cos2[k] = cos2[k]! + weight * result.cos2[k]!;
    bias += weight * result.bias;
    survival += weight * result.survival;
    lengthSpread += weight * result.lengthSpread;
    offShare += weight * result.offShare;
    rowLengths += weight * result.rowLengths;
    sines.push(result.largestSine);
  });
  const overlaps: DirectionOverlap[] = [];
  const counts = [0.25, 0.5, 0.25];
  cos2.forEach((x, k) => {
    overlaps.push({ count: counts[k % 3]!, cos2: Math.min(1, Math.max(0, x)) });
  });
  return {
    sinTheta2: missedDirections(overlaps),
    sinThetaMax: sines.every((x) => x !== null)
      ? Math.min(
          1,
          sines.reduce((sum, x, i) => sum + frames.weights[i]! * x, 0),
        )
      : null,
    survivingTasks: tasks * Math.min(1, Math.max(0, survival)),
    overlaps,
    bias: Math.min(r, Math.max(0, bias)),
    lengthSpread,
    limit: false,
    meanL1: expectedL1(groups, eps, { off: p - s, r, tasks, offShare, rowLengths }),
  };
}
