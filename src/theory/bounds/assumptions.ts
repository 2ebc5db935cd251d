import type { Problem } from "../../model/problem.js";
import type { Method } from "../../training/method.js";
import { meanLength } from "../../training/problemLaw.js";
import { labelMoments } from "../../training/pseudoLabelLaw.js";
import { resolveAttack } from "../../training/resolveRadius.js";
import { directionShares } from "../directionShares.js";
import type { Assumption } from "./bound.js";

/** The noise is isotropic and sub-Gaussian. */
export function subGaussianNoise(problem: Problem): Assumption {
  const { family } = problem.noise;
  return {
    text: "noise isotropic and sub-Gaussian",
    holds: family !== "student-t" && family !== "anisotropic",
    found: `${family} noise`,
  };
}

/** sigma_r(A A^T / T) >= const / r: no direction gets less than a tenth of its fair share. */
export function taskDiversity(problem: Problem): Assumption {
  const shares = directionShares(problem.diversity);
  const least = shares[shares.length - 1]!.share;
  return {
    text: "diverse tasks: every direction of the representation carries at least a constant over r of the signal",
    holds: least >= 0.1 / problem.rank && problem.tasks >= problem.rank,
    found: `least share ${least.toPrecision(3)} of the signal, 1/r = ${(1 / problem.rank).toPrecision(3)}`,
  };
}

/** All norms agree to a factor of two. */
export function equalNorms(problem: Problem): Assumption {
  const norms = problem.signal.filter((g) => g.share > 0).map((g) => g.norm);
  return {
    text: "task norms of one order",
    holds: Math.max(...norms) <= 2 * Math.min(...norms),
    found: `norms ${norms.join(", ")}`,
  };
}

/** Some tasks are stronger than the rest, and there are at least twice r of them. */
export function mixedNorms(problem: Problem): Assumption {
  const groups = problem.signal.filter((g) => g.share > 0);
  const top = Math.max(...groups.map((g) => g.norm));
  const strong = groups.filter((g) => g.norm === top).reduce((sum, g) => sum + g.share, 0);
  return {
    text: "mixed signals: a constant share of the tasks is stronger than the rest",
    holds: groups.some((g) => g.norm < top) && strong * problem.tasks >= 2 * problem.rank,
    found: `${(100 * strong).toFixed(0)} % of the tasks at norm ${top}, others at ${groups
      .filter((g) => g.norm < top)
      .map((g) => g.norm)
      .join(", ")}`,
  };
}

/** The l2 radius lies between the typical lengths of the means that the method trains on, of the strongest and of the next group. */
export function radiusBetweenGroups(problem: Problem, method: Method): Assumption {
  const attack = resolveAttack(problem, method);
  const norms = [...new Set(problem.signal.filter((g) => g.share > 0).map((g) => g.norm))].sort(
    (a, b) => b - a,
  );
  const lengthOf = (norm: number): number => meanLength(problem, method.pseudoLabels, norm);
  const low = norms.length > 1 ? lengthOf(norms[1]!) : 0;
  const high = lengthOf(norms[0]!);
  const radius = attack?.norm === 2 ? attack.radius : null;
  return {
    text: "l2 radius between the lengths of the weak and the strong means",
    holds: radius === null ? false : norms.length > 1 && low <= radius && radius < high,
    found:
      radius === null
        ? "no l2 attack"
        : `radius ${radius.toPrecision(3)}, lengths ${low.toPrecision(3)} and ${high.toPrecision(3)}`,
  };
}

/** B has few nonzero rows: s^2 < p, or nothing is gained. */
export function sparseSupport(problem: Problem): Assumption {
  const s = problem.support ?? problem.dimension;
  return {
    text: "sparse representation: s^2 below p",
    holds: s * s < problem.dimension,
    found: `s = ${s}, p = ${problem.dimension}`,
  };
}

/** The l_inf radius is within a factor of three of the level that noise coordinates reach. */
export function radiusAtNoiseLevel(problem: Problem, method: Method): Assumption {
  const attack = resolveAttack(problem, method);
  const n = problem.labeled + (method.pseudoLabels === null ? 0 : problem.unlabeled);
  const level = problem.noise.sd * Math.sqrt((2 * Math.log(problem.dimension)) / n);
  const radius = attack?.norm === Infinity ? attack.radius : null;
  return {
    text: "l_inf radius of order sigma sqrt(log p / n)",
    holds: radius === null ? false : level / 3 <= radius && radius <= 3 * level,
    found:
      radius === null ? "no l_inf attack" : `radius ${radius.toPrecision(3)}, level ${level.toPrecision(3)}`,
  };
}

/** Pseudo-labels are better than the 1/4 error at which they begin to help (docs/theory.md 5.2), for the weakest group. */
export function strongEnoughSignal(problem: Problem): Assumption {
  const sigma = problem.noise.sd;
  const norm = Math.min(...problem.signal.filter((g) => g.share > 0).map((g) => g.norm));
  const h = Math.sqrt(norm * norm + (sigma * sigma * problem.dimension) / problem.labeled);
  const { error } = labelMoments((norm * norm) / h, sigma, { soft: false, threshold: 0 });
  return {
    text: "signal strong enough for pseudo-labels: their error below 1/4",
    holds: error < 0.25,
    found: `pseudo-label error ${error.toPrecision(3)} in the weakest group`,
  };
}

/** The theorem is for n beyond an unstated constant. */
export function manySamples(problem: Problem): Assumption {
  return { text: "n large enough (constant unstated)", holds: null, found: `n = ${problem.labeled}` };
}
