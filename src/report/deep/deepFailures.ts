import type { DeepResult } from "../../deep/study/deepResult.js";
import { joined, pointText } from "./deepText.js";

/** How many different reasons of failure a study lists before it only counts them. */
const MOST_REASONS = 20;

/** The failed replications of a study: one line for each arm, place and reason, with the replications. */
export function deepFailures(result: DeepResult): string[] {
  const lines = result.cells.flatMap(({ cell, varied, problem, failures }) => {
    const { arm: _, ...place } = varied;
    const reasons = new Map<string, number[]>();
    for (const { replication, error } of failures) {
      reasons.set(error, [...(reasons.get(error) ?? []), replication]);
    }
    return [...reasons].map(([reason, which]) => {
      const some = which.slice(0, 5).join(", ") + (which.length > 5 ? ", ..." : "");
      const where = joined(problem.arm.name, pointText(place), `cell ${cell}`);
      return `${where}, replication${which.length > 1 ? "s" : ""} ${some}: ${reason}`;
    });
  });
  const rest = lines.length - MOST_REASONS;
  return rest > 0 ? [...lines.slice(0, MOST_REASONS), `and ${rest} more`] : lines;
}
