import type { Problem } from "../model/problem.js";
import { groupCounts } from "../model/signalGroups.js";
import type { Method } from "../training/method.js";
import { type DirectionOverlap, missedDirections } from "./directionOverlap.js";
import { effectiveMean } from "./effectiveMean.js";
import { taskPoints } from "./finiteTasks.js";
import { largestSine } from "./largestSine.js";
import type { RepresentationPrediction } from "./representation.js";

import { type TruncatedCosine, truncatedCosine } from "./truncatedCosine.js";

/** What a joint prediction knows beyond the representation. */
export interface JointPrediction extends RepresentationPrediction {
  /** Whether the fixed point was reached: just above the phase transition it is approached slowly. */
  readonly converged: boolean;
  /** 4 E[share alive (1 - alive)] / E[share alive]: how far an l2 attack cuts through groups instead of between them. */
  readonly cut: number;
}

/** A signal group as joint training sees it. */
interface Heads {
  readonly share: number;
  readonly norm: number;
  /** V, the noise variance of a coordinate of the mean. */
  readonly noise: number;
}

/**
 * The representation that joint two-layer training learns, max over W of sum_t max(0, ||W^T muhat_t|| - eps) (docs/theory.md 5.1): the state evolution of
 * its stationary points. A task's head sees W^T muhat_t as if W did not know the task, y = C a + sqrt(V) g, longer by its own pull chi = V (p - r) / S; with
 * f = y / ||y|| when ||y|| + chi > eps and f = 0 otherwise (a task that starts active stays so while it is longer than eps),
 *
 *     M = T E[<a, f>] / r,   Q = E[V ||f||^2] / r,   S^2 = M^2 + (p - r) T Q,   C = M / S,
 *
 * iterated from C = 1 down to the largest fixed point. ||sin Theta||_F^2 = r (1 - C^2), averaged over the spread of A's singular values: a direction in which
 * the task vectors happen to be longer has longer odds C^2 / (1 - C^2) in proportion ({@link oddsKurtosis}).
 *
 * With pseudo-labels on the signal and noise that the means have then: up to 12 % low where labels are mostly wrong, for these go with a task's own noise. Needs
 * isotropic tasks. Cost: about 0.1 ms without an attack, free of p, T, n and u.
 */
export function jointRepresentation(problem: Problem, method: Method, eps: number): JointPrediction {
  const { dimension: p, rank: r, tasks } = problem;
  const counts = groupCounts(problem.signal, tasks);
  const groups: Heads[] = problem.signal.map((group, i) => {
    const { norm, noiseVariance } = effectiveMean(problem, method, group.norm);
    return { share: counts[i]! / tasks, norm, noise: noiseVariance };
  });
  if (p === r) return everything(problem);
  const { signal, noise, laws, converged } = fixedPoint(groups, eps, problem);
  const odds = signal > 0 ? signal ** 2 / ((p - r) * tasks * noise) : 0;
  const kurtosis = oddsKurtosis(groups, laws, r);
  const points = taskPoints(r, tasks, kurtosis, 0);
  const overlaps: DirectionOverlap[] = points.map(({ weight, signalFactor }) => ({
    count: r * weight,
    cos2: (odds * signalFactor) / (1 + odds * signalFactor),
  }));
  const alive = groups.reduce((sum, g, i) => sum + g.share * laws[i]!.alive, 0);
  const sinTheta2 = missedDirections(overlaps);
  return {
    sinTheta2,
    sinThetaMax: largestSine({
      mean: sinTheta2 / r,
      excess: 0,
      count: r,
      spread: (odds / (1 + odds) ** 2) * Math.sqrt((kurtosis * r) / ((r + 2) * tasks)),
      noise: sinTheta2 / r,
      freedom: p - r,
    }),
    survivingTasks: tasks * alive,
    overlaps,
    converged,
    cut:
      alive > 0
        ? (4 * groups.reduce((sum, g, i) => sum + g.share * laws[i]!.alive * (1 - laws[i]!.alive), 0)) / alive
        : 0,
  };
}

const STEPS = 100;

/** The state evolution at one cosine: M, Q, the law of each group's heads, and the next cosine and pull. */
interface Step {
  readonly signal: number;
  readonly noise: number;
  readonly laws: readonly TruncatedCosine[];
  readonly cosine: number;
  /** chi / V. */
  readonly pull: number;
}

/**
 * The largest fixed point, by Steffensen's method from C = 1: two steps of the evolution and the chord through them. The map is increasing and concave in C
 * (without an attack), so the chord never passes the fixed point. The pull of an attack's survivors, which falls with their number, is averaged with the one before.
 */
function fixedPoint(groups: readonly Heads[], eps: number, problem: Problem): Step & { converged: boolean } {
  // Training starts with every task active.
  let from = { cosine: 1, pull: evolve(groups, 0, problem, 1, 0).pull };
  for (let step = 0; ; step++) {
    const once = evolve(groups, eps, problem, from.cosine, from.pull);
    const twice = evolve(groups, eps, problem, once.cosine, from.pull);
    const change = Math.abs(twice.cosine - once.cosine);
    const still = change <= 1e-9 && Math.abs(twice.pull - from.pull) <= 1e-6 * twice.pull;
    if (still || step === STEPS) return { ...twice, converged: still };
    const bend = 2 * once.cosine - from.cosine - twice.cosine;
    const chord = once.cosine - ((once.cosine - from.cosine) * (twice.cosine - once.cosine)) / -bend;
    from = {
      cosine: chord > 0 && chord < twice.cosine ? chord : twice.cosine,
      pull: (from.pull + twice.pull) / 2,
    };
  }
}

function evolve(
  groups: readonly Heads[],
  eps: number,
  { dimension: p, rank: r, tasks }: Problem,
  cosine: number,
  pull: number,
): Step {
  const laws = groups.map(({ norm, noise }) => {
    const sd = Math.sqrt(noise);
    return truncatedCosine(r, (cosine * norm) / sd, Math.max(0, eps - pull * noise) / sd);
  });
  const signal = (tasks * groups.reduce((sum, g, i) => sum + g.share * g.norm * laws[i]!.cosine, 0)) / r;
  const noise = groups.reduce((sum, g, i) => sum + g.share * g.noise * laws[i]!.alive, 0) / r;
  const scale = Math.hypot(signal, Math.sqrt((p - r) * tasks * noise));
  // Fewer than r tasks are left: nothing is learnt, and tasks that have left do not come back.
  const alive = tasks * groups.reduce((sum, g, i) => sum + g.share * laws[i]!.alive, 0);
  if (!(alive >= r)) return { signal: 0, noise, laws, cosine: 0, pull };
  return { signal, noise, laws, cosine: signal / scale, pull: (p - r) / scale };
}

/**
 * What the spread of A's singular values is multiplied by in the odds M_i^2 / Q_i of a direction: with s = norm E cos and q = V E f_i^2 of a group, of which the
 * share beta follows a_i^2, the variance of 2 delta s - beta delta q, that is 4 E s^2 / (E s)^2 - 4 E[s beta q] / (E s E q) + E (beta q)^2 / (E q)^2.
 */
function oddsKurtosis(groups: readonly Heads[], laws: readonly TruncatedCosine[], r: number): number {
  let s1 = 0;
  let s2 = 0;
  let q1 = 0;
  let q2 = 0;
  let sq = 0;
  groups.forEach(({ share, norm, noise }, i) => {
    const law = laws[i]!;
    const s = norm * law.cosine;
    const follows = r > 1 ? (noise * (r * law.cosine2 - law.alive)) / (r - 1) : 0;
    s1 += share * s;
    s2 += share * s * s;
    q1 += share * noise * law.alive;
    q2 += share * follows * follows;
    sq += share * s * follows;
  });
  return s1 > 0 ? (4 * s2) / (s1 * s1) - (4 * sq) / (s1 * q1) + q2 / (q1 * q1) : 1;
}

/** r = p: W has nothing to miss. */
function everything({ rank, tasks }: Problem): JointPrediction {
  const overlaps = [{ count: rank, cos2: 1 }];
  return { sinTheta2: 0, sinThetaMax: 0, survivingTasks: tasks, overlaps, converged: true, cut: 0 };
}
