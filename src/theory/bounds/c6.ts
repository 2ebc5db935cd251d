import type { Problem } from "../../model/problem.js";
import { type Bound, makeBound } from "./bound.js";

/** C6, the target: its excess risk is at most the bound on the representation plus sqrt((r + log n) / m). */
export function c6(problem: Problem, representation: Bound): Bound {
  const { rank: r, labeled: n, target } = problem;
  return makeBound(
    "C6",
    "excessRisk",
    [
      ...representation.terms,
      { name: "sqrt((r + log n)/m)", value: Math.sqrt((r + Math.log(n)) / target.samples) },
    ],
    representation.assumptions,
  );
}
