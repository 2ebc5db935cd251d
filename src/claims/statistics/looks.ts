import type { PValues } from "./conditions.js";

/** The share of the level that look k = 1, 2, ... may spend: 2^-k. The shares of any number of looks sum to less than 1. */
export function lookShare(look: number): number {
  return 2 ** -look;
}

/**
 * P-values that stay valid although the data were looked at several times and sampling stopped when they pleased:
 *
 *     P = min_k p_k / 2^-k,   P(P <= a) <= sum_k P(p_k <= a 2^-k) <= a sum_k 2^-k <= a,
 *
 * whatever the dependence between looks, their number and the rule that stops them (Bonferroni over looks with weights 2^-k). With the number of replications
 * doubling from look to look, the k-th look's lower level costs less than its new replications bring.
 */
export class Looks {
  private running: PValues = { holds: 1, violated: 1 };
  private count = 0;

  /** Takes the p-values of the next look and returns those that are valid over all looks so far. */
  add(look: PValues): PValues {
    this.count++;
    const share = lookShare(this.count);
    this.running = {
      holds: Math.min(this.running.holds, look.holds / share),
      violated: Math.min(this.running.violated, look.violated / share),
    };
    return this.running;
  }

  get pValues(): PValues {
    return this.running;
  }

  get looks(): number {
    return this.count;
  }
}
