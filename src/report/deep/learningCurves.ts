import { canonicalJson } from "../../core/canonicalJson.js";
import { intervalText, tickText } from "../../core/numberText.js";
import { type DeepMetric, metricParts } from "../../deep/study/deepMetrics.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import { isGeometric, prefersLog } from "../axes.js";
import type { FigureSpec, ReportTable } from "../figureSpec.js";
import { upperFirst } from "../labels.js";
import type { MethodStyle } from "../palette.js";
import { MOST_PANELS } from "../panels.js";
import { valueNumber } from "../xScale.js";
import { armNames, armValue } from "./armValues.js";
import { type ArmCurve, curvePanels, curvePoints } from "./curvePanels.js";
import { budgetText, deepMetricName, deepPathLabel, joined, pointText, sentences } from "./deepText.js";
import { beyondText } from "./rateAxis.js";

interface CurvePanel {
  readonly label: string;
  readonly curves: readonly ArmCurve[];
}

/** Target error against the label budget, a curve an arm and a panel a point of the grid. Null for fewer than two budgets. */
export function budgetCurves(
  result: DeepResult,
  metrics: readonly DeepMetric[],
  styles: ReadonlyMap<string, MethodStyle>,
): FigureSpec | null {
  if (metrics.length < 2) return null;
  const panels = result.points.map(
    ({ varied }, point): CurvePanel => ({
      label: pointText(varied),
      curves: curvesOf(
        result,
        metrics.map((metric) => ({ x: metricParts(metric).budget!, point, metric })),
      ),
    }),
  );
  const name = upperFirst(deepMetricName(metrics[0]!));
  return figureOf(result, panels, styles, {
    id: `budget-${metricParts(metrics[0]!).name}`,
    title: `${name} against the label budget`,
    xTitle: "labelled target samples a class",
    yTitle: `${deepMetricName(metrics[0]!)} (%)`,
    logX: true,
    caption: "",
  });
}

/**
 * Target error against a varied number, such as the radius of an attack: a curve an arm, a panel a label budget and combination of the other varied paths. Null where
 * the path has fewer than two numbers.
 */
export function pathCurves(
  result: DeepResult,
  path: string,
  metrics: readonly DeepMetric[],
  styles: ReadonlyMap<string, MethodStyle>,
): FigureSpec | null {
  const at = result.points.map(({ varied }) => valueNumber(varied[path]));
  const xs = [...new Set(at)];
  if (xs.length < 2 || xs.some((x) => x === null) || metrics.length === 0) return null;
  const groups = new Map<string, number[]>();
  result.points.forEach(({ varied }, point) => {
    const { [path]: _, ...others } = varied;
    const key = canonicalJson(others);
    groups.set(key, [...(groups.get(key) ?? []), point]);
  });
  const panels = metrics.flatMap((metric) =>
    [...groups.values()].map((points): CurvePanel => {
      const { [path]: _, ...others } = result.points[points[0]!]!.varied;
      const sorted = [...points].sort((a, b) => at[a]! - at[b]!);
      return {
        label: joined(pointText(others), budgetText(metricParts(metric).budget!)),
        curves: curvesOf(
          result,
          sorted.map((point) => ({ x: at[point]!, point, metric })),
        ),
      };
    }),
  );
  const values = xs as number[];
  const name = upperFirst(deepMetricName(metrics[0]!));
  const label = deepPathLabel(path);
  return figureOf(result, panels, styles, {
    id: `${path}-${metricParts(metrics[0]!).name}`,
    title: `${name} against the ${label}`,
    xTitle: label,
    yTitle: `${deepMetricName(metrics[0]!)} (%)`,
    logX: values.every((x) => x > 0) && (prefersLog(values) || isGeometric(values)),
    caption: "Arms that this does not touch are the same network at every x.",
  });
}

function curvesOf(
  result: DeepResult,
  places: readonly { readonly x: number; readonly point: number; readonly metric: DeepMetric }[],
): ArmCurve[] {
  return armNames(result).flatMap((arm) => {
    const points = places.map(({ x, point, metric }) => ({ x, ...armValue(result, point, arm, metric) }));
    return points.some(({ mean }) => mean !== null) ? [{ arm, points }] : [];
  });
}

function figureOf(
  result: DeepResult,
  all: readonly CurvePanel[],
  styles: ReadonlyMap<string, MethodStyle>,
  parts: {
    readonly id: string;
    readonly title: string;
    readonly xTitle: string;
    readonly yTitle: string;
    readonly logX: boolean;
    readonly caption: string;
  },
): FigureSpec | null {
  const known = all.filter(({ curves }) => curves.length > 0);
  if (known.length === 0) return null;
  const panels = known.slice(0, MOST_PANELS);
  return curvePanels({
    ...parts,
    id: `${result.study}-${parts.id}`,
    title: joined(parts.title, panels.length === 1 ? panels[0]!.label : ""),
    caption: sentences(
      parts.caption,
      "Bars: 95 % t intervals over replications. Arms stand a little apart so that their bars can be seen.",
      beyondText(curvePoints(panels)),
      known.length > panels.length
        ? `The first ${panels.length} of ${known.length} panels; the table has all.`
        : "",
    ),
    panels,
    styles,
    table: curveTable(known, parts.title, parts.xTitle),
  });
}

function curveTable(panels: readonly CurvePanel[], title: string, xTitle: string): ReportTable {
  const faceted = panels.length > 1;
  return {
    caption: `${title}: mean ± half the width of the 95 % t interval`,
    columns: ["arm", ...(faceted ? ["panel"] : []), xTitle, "error (%)", "n"],
    rows: panels.flatMap(({ label, curves }) =>
      curves.flatMap(({ arm, points }) =>
        points
          .filter(({ mean }) => mean !== null)
          .map(({ x, mean, half, n }) => [
            arm,
            ...(faceted ? [label] : []),
            tickText(x),
            intervalText(mean, half),
            String(n),
          ]),
      ),
    ),
  };
}
