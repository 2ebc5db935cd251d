import type { StudyResult } from "../study/results.js";
import type { MetricName } from "../transfer/metricNames.js";
import { allMethods } from "./allMethods.js";
import { categoryAxis, linearAxis, logAxis, prefersLog } from "./axes.js";
import { curveTable } from "./curveTable.js";
import { drawable, legendKeys, methodTraces } from "./curveTraces.js";
import type { FigureSpec } from "./figureSpec.js";
import { frameFigure } from "./frame.js";
import { metricLabel } from "./labels.js";
import { type MethodStyle, methodStyles } from "./palette.js";
import { type CurvePoint, curvePoints } from "./series.js";

export interface DotOptions {
  readonly id?: string;
  readonly title: string;
  readonly caption?: string;
  readonly metric: MetricName;
  readonly yLabel?: string;
  readonly logY?: boolean;
  readonly methods?: readonly string[];
  readonly styles?: ReadonlyMap<string, MethodStyle>;
}

/** The methods of the first cell side by side, for a study that varies nothing: means with 95 % intervals and predictions. */
export function dotFigure(result: StudyResult, options: DotOptions): FigureSpec {
  const cells = result.cells.slice(0, 1);
  const styles = options.styles ?? methodStyles(allMethods(result));
  const point = (method: string, at: number): CurvePoint[] =>
    curvePoints(cells, method, options.metric, "none", {
      kind: "category",
      at: () => at,
      text: () => method,
      axis: {},
      title: "method",
      zeroStandIn: null,
    });
  const known = options.methods ?? allMethods(result);
  const means = known.flatMap((method) => point(method, 0).flatMap((p) => p.mean ?? []));
  const logY = options.logY ?? prefersLog(means.filter((v) => v !== 0));
  const shown = known.filter((method) => point(method, 0).some((p) => drawable(p.mean, logY) !== null));
  const curves = shown.map((method, i) => ({ method, points: point(method, i) }));
  const traces = curves.flatMap(({ method, points }) =>
    methodTraces(points, {
      method,
      style: styles.get(method) ?? methodStyles([method]).get(method)!,
      panel: 0,
      logY,
      category: true,
      dodge: 0,
      xTitle: "method",
      showLegend: false,
    }),
  );
  const yTitle = options.yLabel ?? metricLabel(options.metric);
  const values = curves.flatMap(({ points }) => points.flatMap((p) => [p.mean ?? 0, p.predicted ?? 0]));
  return frameFigure({
    id: options.id ?? `${result.study}-${options.metric}`,
    title: options.title,
    caption: [options.caption, "Error bars: 95 % Monte Carlo intervals."]
      .filter((c) => c !== undefined)
      .join(" "),
    data: [...traces, ...legendKeys(traces, true)],
    panels: [{ label: "" }],
    axes: {
      xaxis: categoryAxis("", shown),
      yaxis: logY ? logAxis(yTitle, values) : linearAxis(yTitle, { fromZero: true }),
    },
    table: curveTable({
      caption: `${options.title}: ${yTitle}`,
      xTitle: "cell",
      panels: [{ label: "", cells }],
      curvesOf: () =>
        known.map((method) => ({ method, points: point(method, 0).map((p) => ({ ...p, xText: "0" })) })),
    }),
  });
}
