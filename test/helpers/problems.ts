import type { Problem } from "../../src/model/problem.js";
import type { Method, PseudoLabels } from "../../src/training/method.js";

/** A small sensible problem; `noise` and `target` are completed, everything else is replaced as a whole. */
export function problemOf(
  changes: Partial<Omit<Problem, "noise" | "target">> & {
    readonly noise?: Partial<Problem["noise"]>;
    readonly target?: Partial<Problem["target"]>;
  } = {},
): Problem {
  const rank = changes.rank ?? 2;
  return {
    dimension: 30,
    tasks: 12,
    labeled: 10,
    unlabeled: 0,
    signal: [{ share: 1, norm: 1 }],
    diversity: new Array<number>(rank).fill(1),
    support: null,
    ...changes,
    rank,
    noise: { sd: 1, family: "gaussian", degreesOfFreedom: 5, condition: 10, ...changes.noise },
    target: { samples: 20, norm: 1, attack: null, ...changes.target },
  };
}

/** Standard training, with changes. */
export function methodOf(changes: Partial<Method> = {}): Method {
  return { name: "standard", attack: null, pseudoLabels: null, aggregation: "normalized", ...changes };
}

/** One round of hard pooled pseudo-labels, with changes. */
export function labelsOf(changes: Partial<PseudoLabels> = {}): PseudoLabels {
  return { rounds: 1, threshold: 0, soft: false, weight: "pooled", ...changes };
}
