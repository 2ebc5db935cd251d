import { badInput } from "../../core/guards.js";
import type { Problem } from "../../model/problem.js";
import { findRoot } from "../../numerics/roots.js";
import type { Method } from "../../training/method.js";
import { meanLength } from "../../training/problemLaw.js";
import { predict } from "../predict.js";

/**
 * ln(sinTheta2 without the l2 filter / with it), the filter's radius halfway (in squared length) between the means of the strongest group and of
 * the next (docs/theory.md 5.5): positive where filtering the weak tasks helps. null when nothing is predicted or there is no second group.
 */
export function filterGain(problem: Problem, method: Method): number | null {
  const groups = problem.signal.filter((g) => g.share > 0);
  const lengths = [...new Set(groups.map((g) => g.norm))]
    .sort((a, b) => b - a)
    .map((norm) => meanLength(problem, method.pseudoLabels, norm) ** 2);
  if (lengths.length < 2) return null;
  const radius = Math.sqrt((lengths[0]! + lengths[1]!) / 2);
  const without = predict(problem, { ...method, attack: null }).metrics.sinTheta2;
  const filtered = predict(problem, { ...method, attack: { norm: 2, radius } }).metrics.sinTheta2;
  if (without === null || filtered === null || !(without > 0) || !(filtered > 0)) return null;
  return Math.log(without / filtered);
}

/**
 * The boundary at which the l2 filter starts to help, along the strong tasks' norm alpha (`along` "alpha": the norm of the first group) or the
 * labelled samples a task ("labeled"): the root of {@link filterGain} within [low, high], null when the gain has the same sign at both ends (then
 * `helps` at the ends tells the side). Cost: about 20 predictions.
 *
 * @example filterBoundary(problem, method, "alpha", 1.1, 20)
 */
export function filterBoundary(
  problem: Problem,
  method: Method,
  along: "alpha" | "labeled",
  low: number,
  high: number,
): number | null {
  if (!(0 < low && low < high && high < Infinity))
    throw badInput("low, high", "0 < low < high < Infinity", [low, high]);
  const gainAt = (x: number): number => {
    const signal = problem.signal.map((g, i) => (i === 0 && along === "alpha" ? { ...g, norm: x } : g));
    // The theory is smooth in n: only counting makes it an integer.
    const changed = along === "alpha" ? { ...problem, signal } : { ...problem, labeled: x };
    return filterGain(changed, method) ?? 0;
  };
  const [atLow, atHigh] = [gainAt(low), gainAt(high)];
  if (!(atLow * atHigh < 0)) return null;
  const root = findRoot((logX) => gainAt(Math.exp(logX)), Math.log(low), Math.log(high), { tolerance: 1e-6 });
  return Math.exp(root.x);
}
