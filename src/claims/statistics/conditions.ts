import type { MeanEstimate } from "./meanEstimate.js";
import { studentQuantile, studentTail } from "./studentT.js";

/** A part of a claim in the form that all tests share: a quantity theta that the claim says is positive. */
export interface Condition {
  /** What theta is, for tables: "alpha = 4". */
  readonly label: string;
  readonly theta: MeanEstimate;
}

/** How strongly the data speak against each side; both p-values are valid at a single look (see `Looks` for several). */
export interface PValues {
  /** Against "the claim is false": small means that the claim holds. */
  readonly holds: number;
  /** Against "the claim is true": small means that the claim is violated. */
  readonly violated: number;
}

/**
 * The two one-sided p-values of a claim that is the conjunction of conditions theta_j > 0, j = 1..J.
 *
 * - `holds` tests H0: some theta_j <= 0 by the intersection-union principle: the largest of the J one-sided t-tests' p-values. No correction for
 *   J is needed, because H0 is false only when every part is (R. L. Berger, Technometrics 24 (1982) 295-300).
 * - `violated` tests H0: all theta_j >= 0: J times the smallest p-value of the opposite tests (Bonferroni).
 *
 * Equivalence within a margin (two one-sided tests, D. J. Schuirmann, J. Pharmacokinet. Biopharm. 15 (1987) 657-680) is the conjunction of two conditions.
 *
 * Assumed: estimates are normal with an independent chi-square variance estimate, exact for Gaussian values and close to it for
 * means of tens of replications. A standard error of zero (all replications equal) decides by the sign; NaN decides nothing. Conditions may depend on
 * one another in any way.
 */
export function pValues(conditions: readonly Condition[]): PValues {
  if (conditions.length === 0) return { holds: 1, violated: 1 };
  let holds = 0;
  let violated = 1;
  for (const { theta } of conditions) {
    holds = Math.max(holds, tail(theta, 1));
    violated = Math.min(violated, tail(theta, -1));
  }
  return { holds, violated: Math.min(1, conditions.length * violated) };
}

/** P(T > sign * mean / se): the one-sided p-value against sign * theta <= 0. */
function tail({ mean, se, dof }: MeanEstimate, sign: 1 | -1): number {
  const value = sign * mean;
  if (se === 0) return value > 0 ? 0 : 1;
  const p = studentTail(value / se, dof);
  return Number.isNaN(p) ? 1 : p;
}

/**
 * How many replications, in all, would bring a p-value to `level` if the estimates stayed what they are: n' = n (q / t)^2, q the quantile that
 * the level asks for and t the statistic now. null when no number would (an estimate on its boundary), or beyond 1e7.
 */
export function replicationsToDecide(
  conditions: readonly Condition[],
  levels: { readonly holds: number; readonly violated: number },
): number | null {
  const needed = ({ theta }: Condition, level: number): number => {
    const quantile = studentQuantile(Math.max(level, 1e-300), Math.max(theta.dof, 5));
    return theta.n * ((quantile * theta.se) / theta.mean) ** 2;
  };
  const against = conditions.filter(({ theta }) => theta.mean < 0);
  const found =
    against.length > 0
      ? Math.min(...against.map((c) => needed(c, levels.violated / conditions.length)))
      : Math.max(...conditions.map((c) => needed(c, levels.holds)));
  return found <= 1e7 ? Math.ceil(found) : null;
}
