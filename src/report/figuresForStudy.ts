import { canonicalJson } from "../core/canonicalJson.js";
import { pathLabel } from "../study/pathLabels.js";
import type { CellSummary, StudyResult } from "../study/results.js";
import { METRIC_NAMES, type MetricName } from "../transfer/metricNames.js";
import { contrastFigure } from "./contrastFigure.js";
import { curveFigure } from "./curveFigure.js";
import { dotFigure } from "./dotFigure.js";
import type { FigureSpec } from "./figureSpec.js";
import { metricLabel, upperFirst } from "./labels.js";
import type { MethodStyle } from "./palette.js";
import { cellValue } from "./panels.js";
import { valueNumber } from "./xScale.js";

/**
 * Sensible figures for any study: each metric that some method has (subspace error, excess risk, error under attack, and surviving
 * tasks where a filter removed some) against the numeric varied path with most values, one panel for each combination of
 * the others, and the paired differences in subspace error and excess risk where the study asks for contrasts. A study that
 * varies nothing gets its methods side by side.
 */
export function figuresForStudy(
  result: StudyResult,
  options: { readonly styles?: ReadonlyMap<string, MethodStyle>; readonly x?: string } = {},
): FigureSpec[] {
  const styles = options.styles === undefined ? {} : { styles: options.styles };
  const x = options.x ?? mainPath(result);
  const metrics = shownMetrics(result);
  if (x === null) {
    return metrics.map((metric) =>
      dotFigure(result, { title: upperFirst(metricLabel(metric)), metric, ...styles }),
    );
  }
  const title = (metric: MetricName): string => `${upperFirst(metricLabel(metric))} against ${pathLabel(x)}`;
  const curves = metrics.map((metric) => curveFigure(result, { title: title(metric), metric, x, ...styles }));
  if (!result.cells.some((cell) => cell.contrasts.length > 0)) return curves;
  const contrasts = (["sinTheta2", "excessRisk"] as const).filter((metric) => metrics.includes(metric));
  return [
    ...curves,
    ...contrasts.map((metric) =>
      contrastFigure(result, { title: `Paired differences: ${metricLabel(metric)}`, metric, x, ...styles }),
    ),
  ];
}

/** The numeric varied path with most values (the first of several); any varied path where none is numeric; null where nothing varies. */
export function mainPath(result: StudyResult): string | null {
  const count = (path: string): number =>
    new Set(result.cells.map((c) => canonicalJson(cellValue(c, path)))).size;
  const numeric = result.varied.filter((path) =>
    result.cells.every((cell) => Number.isFinite(valueNumber(cellValue(cell, path)) ?? Number.NaN)),
  );
  const candidates = numeric.length > 0 ? numeric : result.varied;
  return candidates.reduce<string | null>(
    (best, path) => (best === null || count(path) > count(best) ? path : best),
    null,
  );
}

function shownMetrics(result: StudyResult): MetricName[] {
  const wanted: readonly MetricName[] = METRIC_NAMES.filter((m) => m !== "sinThetaMax" && m !== "errorRate");
  return wanted.filter((metric) =>
    result.cells.some((cell) =>
      Object.values(cell.methods).some((summary) =>
        metric === "survivingTasks" ? filtered(cell, summary[metric].mean) : summary[metric].mean !== null,
      ),
    ),
  );
}

function filtered(cell: CellSummary, survivors: number | null): boolean {
  return survivors !== null && survivors < cell.problem.tasks;
}
