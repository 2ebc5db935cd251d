import type { Problem } from "../model/problem.js";
import { fieldError } from "./schema/fieldError.js";
import { parseFields } from "./schema/parseFields.js";
import { type ProblemFile, problemSchema } from "./schema/problemFile.js";

/** Rounding of shares such as 0.1 + 0.2 + 0.7 is no mistake of the user. */
const SHARE_TOLERANCE = 1e-9;

/** First weight over the others for `"diversity": "dominant"`. */
const DOMINANCE = 100;

/**
 * Fills in and checks one problem: defaults, shorthands (`signal` a number, `diversity` a word, `"inf"`), and what has to
 * hold between fields: r <= p, r <= s <= p, shares that sum to 1, one diversity weight a direction.
 *
 * Throws an AdvTransferError (`bad-input`) that names the path, the allowed values and the value received.
 *
 * @example resolveProblem({ dimension: 100, rank: 2, tasks: 50, labeled: 20 }).diversity // [1, 1]
 */
export function resolveProblem(input: unknown): Problem {
  return completeProblem(parseFields(problemSchema, input, ["problem"]));
}

/** The second half of `resolveProblem`: from a file form with valid fields to a valid problem. */
export function completeProblem(file: ProblemFile): Problem {
  const { dimension, rank, support } = file;
  if (!(rank <= dimension)) {
    throw fieldError("problem.rank", `at most problem.dimension = ${dimension}`, rank, {
      others: ["problem.dimension"],
      hint: "B has orthonormal columns in R^p, so there are at most p of them.",
    });
  }
  if (support !== null && !(rank <= support && support <= dimension)) {
    throw fieldError(
      "problem.support",
      `null or an integer in [problem.rank, problem.dimension] = [${rank}, ${dimension}]`,
      support,
      { others: ["problem.rank", "problem.dimension"] },
    );
  }
  const attack = file.target.attack;
  return {
    dimension,
    rank,
    tasks: file.tasks,
    labeled: file.labeled,
    unlabeled: file.unlabeled,
    noise: file.noise,
    signal: signalGroups(file.signal),
    diversity: diversityWeights(file.diversity, rank),
    support,
    target: {
      samples: file.target.samples,
      norm: file.target.norm,
      attack: attack === null ? null : { norm: exponent(attack.norm), radius: attack.radius },
    },
  };
}

/** `"inf"` as the number that it stands for. */
export function exponent(norm: number | "inf"): number {
  return norm === "inf" ? Infinity : norm;
}

function signalGroups(signal: ProblemFile["signal"]): Problem["signal"] {
  if (typeof signal === "number") return [{ share: 1, norm: signal }];
  const sum = signal.reduce((total, { share }) => total + share, 0);
  if (!(Math.abs(sum - 1) <= SHARE_TOLERANCE)) {
    throw fieldError("problem.signal", "a list whose shares sum to 1", signal, {
      hint: `They sum to ${Number(sum.toPrecision(6))}.`,
    });
  }
  if (!signal.some(({ share, norm }) => share > 0 && norm > 0)) {
    throw fieldError("problem.signal", "a list with at least one share and norm > 0", signal);
  }
  return signal;
}

function diversityWeights(diversity: ProblemFile["diversity"], rank: number): Problem["diversity"] {
  const equal = Array.from({ length: rank }, () => 1);
  if (diversity === "isotropic") return equal;
  if (typeof diversity === "object") return checkedWeights(diversity.weights, rank);
  if (!(rank >= 2)) {
    throw fieldError("problem.diversity", '"isotropic" when problem.rank = 1', diversity, {
      others: ["problem.rank"],
      hint: "With one direction none can dominate and none can be missing: raise problem.rank to 2 or more.",
    });
  }
  if (diversity === "dominant") return equal.with(0, DOMINANCE);
  return equal.with(rank - 1, 0);
}

function checkedWeights(weights: readonly number[], rank: number): Problem["diversity"] {
  const path = "problem.diversity.weights";
  if (weights.length !== rank) {
    throw fieldError(path, `a list of problem.rank = ${rank} numbers`, weights, { others: ["problem.rank"] });
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(sum > 0 && sum < Infinity)) {
    throw fieldError(path, "a list with a finite sum and at least one number > 0", weights);
  }
  return weights;
}
