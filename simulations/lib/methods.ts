/** The methods of the paper as study files write them, under the names that have a fixed colour in every figure. */
export const STANDARD = { name: "standard" } as const;
export const SEMI_SUPERVISED = { name: "semi-supervised", pseudoLabels: true } as const;

/** An l2 attack whose radius is the mean length of tasks of this norm: weaker tasks are filtered out. */
export function l2Filter(filterBelow: number): object {
  return { name: "adversarial", attack: { norm: 2, radius: { filterBelow } } };
}

/** An l_inf attack of `share` times tau sqrt(2 ln p), the level that pure noise reaches. */
export function sparsifier(share: number, name: string = "adversarial"): object {
  return { name, attack: { norm: "inf", radius: { logThreshold: share } } };
}

/** The l_inf attack on top of pseudo-labels. */
export function both(share: number): object {
  return { ...sparsifier(share, "both"), pseudoLabels: true };
}
