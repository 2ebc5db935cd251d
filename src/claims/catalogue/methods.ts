/** The methods of the paper as study files write them, under the names that have a fixed colour in every figure. */
export const STANDARD: object = { name: "standard" };
export const SEMI_SUPERVISED: object = { name: "semi-supervised", pseudoLabels: true };
export const BEST_WEIGHT: object = { name: "best weight", pseudoLabels: { weight: "optimal" } };

/** An l2 attack that filters tasks shorter than the typical mean of a task of this norm. */
export function l2Filter(filterBelow: number): object {
  return { name: "adversarial", attack: { norm: 2, radius: { filterBelow } } };
}

/** An l_inf attack of `share` times the level that pure noise reaches. */
export function sparsifier(share: number): object {
  return { name: "adversarial", attack: { norm: "inf", radius: { logThreshold: share } } };
}

/** The l_inf attack on top of pseudo-labels. */
export function both(share: number): object {
  return { ...sparsifier(share), name: "both", pseudoLabels: true };
}

/** Half the tasks at norm alpha, half at 1: the paper's mixed signals. */
export function mixed(alpha: number, weak: number = 1): readonly object[] {
  return [
    { share: 0.5, norm: alpha },
    { share: 0.5, norm: weak },
  ];
}
