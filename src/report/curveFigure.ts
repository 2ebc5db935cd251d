import { badInput } from "../core/guards.js";
import type { StudyResult } from "../study/results.js";
import type { MetricName } from "../transfer/metricNames.js";
import { allMethods } from "./allMethods.js";
import { linearAxis, logAxis, prefersLog } from "./axes.js";
import { curveTable } from "./curveTable.js";
import { drawable, errorBar, legendKey, legendKeys, methodTraces } from "./curveTraces.js";
import type { FigureSpec, PlotlyObject } from "./figureSpec.js";
import { frameFigure } from "./frame.js";
import type { Transform } from "./interval.js";
import { metricLabel, plotlyText } from "./labels.js";
import { type MethodStyle, methodStyles } from "./palette.js";
import { MOST_PANELS, splitPanels } from "./panels.js";
import { type CurvePoint, curvePoints } from "./series.js";
import { fractionText, guideLine } from "./slopeGuide.js";
import { type XOptions, type XScale, xScale } from "./xScale.js";

export interface CurveOptions extends XOptions {
  /** Unique on a page. @defaultValue made from the study's name, metric and x */
  readonly id?: string;
  readonly title: string;
  readonly caption?: string;
  readonly metric: MetricName;
  /** `sqrt` shows the root, e.g. ||sin Theta||_F from `sinTheta2`, with a delta-method interval. @defaultValue "none" */
  readonly transform?: Transform;
  readonly yLabel?: string;
  /** @defaultValue true with a slope guide, or when the values other than 0 are positive and spread 8 times or more */
  readonly logY?: boolean;
  /** A second varied path: one panel for each of its values. Varied paths that are not mentioned become panels too. */
  readonly facet?: string;
  /** Fixes varied paths: only the cells with these values are shown. */
  readonly where?: Readonly<Record<string, unknown>>;
  /** @defaultValue every method and baseline with something to draw */
  readonly methods?: readonly string[];
  /** Styles shared by the figures of a page. @defaultValue `methodStyles` of this study's methods */
  readonly styles?: ReadonlyMap<string, MethodStyle>;
  /** A grey line y ~ x^slopeGuide under the first curve, to compare a rate by eye. */
  readonly slopeGuide?: number;
  /** Theory on a finer grid than the cells (drawn dashed, in the method's colour, in every panel). */
  readonly theory?: readonly {
    readonly method: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
  }[];
}

interface Curve {
  readonly method: string;
  readonly panel: number;
  readonly points: readonly CurvePoint[];
}

/**
 * Learning curves of a study: one metric against one varied path, a colour for each method, error bars at
 * mean +- 1.96 Monte Carlo standard errors, dashed curves for predictions and dotted ones for bounds scaled on their first point.
 * null is a gap, never 0; so are values <= 0 on a log axis, which the caption then mentions.
 *
 * Throws badInput on a path that the study does not have or a method that none of its cells has.
 *
 * @example curveFigure(result, { title: "C1: more tasks", x: "problem.tasks", metric: "sinTheta2", transform: "sqrt", slopeGuide: -0.5 })
 */
export function curveFigure(result: StudyResult, options: CurveOptions): FigureSpec {
  const transform = options.transform ?? "none";
  const all = splitPanels(result, [options.x], options);
  const panels = all.slice(0, MOST_PANELS);
  const scale = xScale(
    panels.flatMap((panel) => panel.cells),
    options,
  );
  const names = wantedMethods(result, options.methods);
  const styles = options.styles ?? methodStyles(allMethods(result));
  const curves: Curve[] = names.flatMap((method) =>
    panels.map((panel, i) => ({
      method,
      panel: i,
      points: curvePoints(panel.cells, method, options.metric, transform, scale),
    })),
  );
  const means = curves.flatMap((c) => c.points.flatMap((p) => p.mean ?? []));
  const logY = options.logY ?? (options.slopeGuide !== undefined || prefersLog(means.filter((v) => v !== 0)));
  const drawn = curves.filter((c) => c.points.some((p) => p.x !== null && drawable(p.mean, logY) !== null));
  const shown = [...new Set(drawn.map((c) => c.method))];
  const category = scale.kind === "category";
  const traces = drawn.flatMap((curve) =>
    methodTraces(curve.points, {
      method: curve.method,
      style: styles.get(curve.method) ?? methodStyles([curve.method]).get(curve.method)!,
      panel: curve.panel,
      logY,
      category,
      dodge: category ? (shown.indexOf(curve.method) - (shown.length - 1) / 2) * (0.6 / shown.length) : 0,
      xTitle: scale.title,
      showLegend: drawn.find((c) => c.method === curve.method) === curve,
    }),
  );
  traces.push(...theoryCurves(options, styles, panels.length));
  const guides = slopeGuides(options.slopeGuide, drawn, scale);
  const yTitle = options.yLabel ?? metricLabel(options.metric, transform);
  const yaxis = logY
    ? logAxis(yTitle, yValues(drawn, guides))
    : linearAxis(yTitle, {
        fromZero: options.metric !== "errorRate" && options.metric !== "robustErrorRate",
      });
  return frameFigure({
    id: options.id ?? `${result.study}-${options.metric}-${options.x}`,
    title: options.title,
    caption: fullCaption(options, curves, logY, all.length, scale),
    data: [...traces, ...legendKeys(traces, category), ...guides],
    panels,
    axes: { xaxis: scale.axis, yaxis },
    table: curveTable({
      caption: `${options.title}: ${yTitle}`,
      xTitle: scale.title,
      panels: all,
      curvesOf: (panel) =>
        names.map((method) => ({
          method,
          points: curvePoints(panel.cells, method, options.metric, transform, scale),
        })),
    }),
  });
}

function wantedMethods(result: StudyResult, wanted: readonly string[] | undefined): readonly string[] {
  const known = allMethods(result);
  for (const name of wanted ?? []) {
    if (!known.includes(name)) throw badInput("methods", `names among ${known.join(", ")}`, name);
  }
  return wanted ?? known;
}

function theoryCurves(
  options: CurveOptions,
  styles: ReadonlyMap<string, MethodStyle>,
  panels: number,
): PlotlyObject[] {
  return (options.theory ?? []).flatMap((curve) =>
    Array.from({ length: panels }, (_, i) => ({
      ...legendKey(`${plotlyText(curve.method)}, predicted`, "dash", curve, i),
      legendgroup: curve.method,
      showlegend: false,
      line: {
        color: (styles.get(curve.method) ?? methodStyles([curve.method]).get(curve.method)!).color,
        width: 2,
        dash: "dash",
      },
    })),
  );
}

function slopeGuides(exponent: number | undefined, drawn: readonly Curve[], scale: XScale): PlotlyObject[] {
  if (exponent === undefined || scale.kind === "category" || drawn.length === 0) return [];
  const name = `slope ${fractionText(exponent)}`;
  return drawn
    .filter((curve) => curve.method === drawn[0]!.method)
    .map((curve, i) => ({
      ...legendKey(name, "solid", guideLine(curve.points, exponent), curve.panel),
      showlegend: i === 0,
    }));
}

/** What a log axis must hold: means and the bars that stay positive; theory only within a decade of the means. */
function yValues(drawn: readonly Curve[], guides: readonly PlotlyObject[]): number[] {
  const points = drawn.flatMap((c) => c.points).filter((p) => p.mean !== null && p.mean > 0);
  if (points.length === 0) return [];
  const means = points.map((p) => p.mean!);
  const [low, high] = [Math.min(...means) / 10, Math.max(...means) * 10];
  const bars = points.flatMap((p) => {
    const [down, up] = errorBar(p, true);
    return [Math.max(p.mean! - down, Math.min(...means) / 2), p.mean! + up];
  });
  const theory = points.flatMap((p) => [p.predicted, p.bound]);
  const guide = guides.flatMap((g) => g.y as readonly (number | null)[]);
  const near = [...theory, ...guide].filter((v): v is number => v !== null && low <= v && v <= high);
  return [...means, ...bars, ...near];
}

function fullCaption(
  options: CurveOptions,
  curves: readonly Curve[],
  logY: boolean,
  panels: number,
  scale: XScale,
): string {
  const parts = options.caption === undefined ? [] : [options.caption];
  if (curves.some((c) => c.points.some((p) => p.half !== null))) {
    parts.push("Error bars: 95 % Monte Carlo intervals.");
  }
  if (scale.zeroStandIn !== null) parts.push("The first position of the x axis is 0, not to scale.");
  const lost = curves.filter((c) => c.points.some((p) => p.mean !== null && drawable(p.mean, logY) === null));
  const names = [...new Set(lost.map((c) => c.method))];
  if (names.length > 0) parts.push(`Not drawn where it is 0 (log axis): ${names.join(", ")}.`);
  if (panels > MOST_PANELS) parts.push(`The first ${MOST_PANELS} of ${panels} panels; the table has all.`);
  return parts.join(" ");
}
