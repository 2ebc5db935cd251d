import { logGamma } from "../numerics/special/logGamma.js";
import { normalCdf } from "../numerics/special/normal.js";
import { sparseMeanAbsolute } from "./sparseNoise.js";
import type { ThresholdedGroup } from "./thresholdedGroup.js";

/**
 * The expected l_1 norm of W1 w, w uniform on the unit sphere of R^r, for the representation that l_inf training learns (docs/theory.md 5.4): on the support
 * E|w_1| times the lengths of the rows of W1, E|w_1| = Gamma(r/2) / (sqrt(pi) Gamma((r+1)/2)); off it {@link sparseMeanAbsolute} sqrt((p - s) offShare), each row a
 * sum over the few tasks in which it survived the threshold, `offShare` the squared length there.
 */
export function expectedL1(
  groups: readonly ThresholdedGroup[],
  eps: number,
  at: {
    readonly off: number;
    readonly r: number;
    readonly tasks: number;
    readonly offShare: number;
    readonly rowLengths: number;
  },
): number {
  const { off, r, tasks, offShare, rowLengths } = at;
  const on = (rowLengths * Math.exp(logGamma(r / 2) - logGamma((r + 1) / 2))) / Math.sqrt(Math.PI);
  let count = 0;
  let threshold = 0;
  for (const { share, noiseVariance } of groups) {
    const k = eps / Math.sqrt(noiseVariance);
    count += tasks * share * 2 * normalCdf(-k);
    threshold += share * k;
  }
  return on + sparseMeanAbsolute(count, threshold, r) * Math.sqrt(off * Math.max(0, offShare));
}
