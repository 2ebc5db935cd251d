import { intervalText } from "../core/numberText.js";
import type { StudyResult } from "../study/results.js";
import type { MetricName } from "../transfer/metricNames.js";
import { allMethods } from "./allMethods.js";
import { shownEstimate } from "./interval.js";
import { metricLabel } from "./labels.js";

/** How many different reasons of failure a study lists before it only counts them. */
const MOST_REASONS = 20;

/**
 * The headline numbers of a study: each method's subspace error in the last cell (that of the largest values when paths are written in
 * ascending order), or its excess risk where no method has a subspace error.
 */
export function studyHeadline(result: StudyResult): string {
  const last = result.cells[result.cells.length - 1];
  if (last === undefined) return "no cells";
  const has = (metric: MetricName): boolean =>
    Object.values(last.methods).some((m) => m[metric].mean !== null);
  const metric: MetricName = has("sinTheta2") ? "sinTheta2" : "excessRisk";
  const parts = allMethods(result).flatMap((name) => {
    const summary = Object.hasOwn(last.methods, name) ? last.methods[name]![metric] : undefined;
    // The oracle's subspace error is 0 by definition: not a finding.
    if (summary === undefined || summary.mean === null || (name === "oracle" && metric === "sinTheta2"))
      return [];
    const { mean, half } = shownEstimate(summary);
    return [`${name} ${intervalText(mean, half)}`];
  });
  const where = result.cells.length > 1 ? ", last cell" : "";
  return `${metricLabel(metric)}${where}: ${parts.length > 0 ? parts.join("; ") : "not available"}`;
}

/** The failed replications of a study: one line for each cell and reason, with how often it happened. */
export function failureLines(result: StudyResult): string[] {
  const lines = result.cells.flatMap((cell) => {
    const reasons = new Map<string, number[]>();
    for (const { replication, error } of cell.failures) {
      reasons.set(error, [...(reasons.get(error) ?? []), replication]);
    }
    return [...reasons].map(([reason, replications]) => {
      const which = replications.slice(0, 5).join(", ") + (replications.length > 5 ? ", ..." : "");
      return `cell ${cell.cell}, ${replications.length} replication${replications.length > 1 ? "s" : ""} (${which}): ${reason}`;
    });
  });
  const rest = lines.length - MOST_REASONS;
  return rest > 0 ? [...lines.slice(0, MOST_REASONS), `and ${rest} more cells or reasons`] : lines;
}
