import { intervalText, numberText, percentText } from "../core/numberText.js";
import type { PlotlyObject } from "./figureSpec.js";
import { plotlyText } from "./labels.js";
import { type MethodStyle, NEUTRAL } from "./palette.js";
import { axisNames } from "./panels.js";
import type { CurvePoint } from "./series.js";

/** What the traces of one method in one panel need to know. */
export interface TraceContext {
  readonly method: string;
  readonly style: MethodStyle;
  readonly panel: number;
  readonly logY: boolean;
  readonly category: boolean;
  /** Shift along a category axis, so that methods do not hide each other. */
  readonly dodge: number;
  readonly xTitle: string;
  readonly showLegend: boolean;
}

/** A value that the y axis can show; null leaves a gap. A log axis has no place for values <= 0. */
export function drawable(value: number | null, logY: boolean): number | null {
  return value === null || (logY && !(value > 0)) ? null : value;
}

/**
 * The error bar of a point, [down, up]: the 95 % half-width both ways. On a log axis an interval that reaches 0 is drawn down to a
 * thousandth of its mean, below the axis: the bar leaves the picture at the bottom, as it should.
 */
export function errorBar(point: CurvePoint, logY: boolean): [down: number, up: number] {
  const half = point.half ?? 0;
  const mean = point.mean ?? 0;
  return [logY && !(half < mean) ? Math.max(0, mean * 0.999) : half, half];
}

/** Simulated means with their intervals, and the prediction (dashed) and scaled bound (dotted) where there are any. */
export function methodTraces(points: readonly CurvePoint[], context: TraceContext): PlotlyObject[] {
  const traces = [simulatedTrace(points, context)];
  if (points.some((p) => drawable(p.predicted, context.logY) !== null)) {
    traces.push(theoryTrace(points, context, "predicted"));
  }
  // Between named categories there is no first point for a bound to be scaled on.
  if (!context.category && points.some((p) => drawable(p.bound, context.logY) !== null)) {
    traces.push(theoryTrace(points, context, "bound"));
  }
  return traces;
}

function simulatedTrace(points: readonly CurvePoint[], context: TraceContext): PlotlyObject {
  const { style, logY } = context;
  const bars = points.map((p) => errorBar(p, logY));
  const hasTheory = points.some((p) => p.predicted !== null);
  return {
    type: "scatter",
    mode: context.category ? "markers" : "lines+markers",
    name: plotlyText(context.method),
    legendgroup: context.method,
    showlegend: context.showLegend,
    ...axes(context),
    x: points.map((p) => (p.x === null ? null : p.x + context.dodge)),
    y: points.map((p) => (p.x === null ? null : drawable(p.mean, logY))),
    error_y: {
      type: "data",
      symmetric: false,
      array: bars.map(([, up]) => up),
      arrayminus: bars.map(([down]) => down),
      color: style.color,
      thickness: 1.4,
      width: 3,
    },
    // The join between points guides the eye; where a prediction runs along it, the join steps back.
    line: {
      color: hasTheory ? faint(style.color) : style.color,
      width: hasTheory ? 1.2 : 1.8,
      dash: style.dash,
    },
    marker: { color: style.color, symbol: style.symbol, size: 8, line: { width: 0 } },
    connectgaps: false,
    hoverinfo: "text",
    hovertext: points.map((p) => hoverText(p, context)),
  };
}

function theoryTrace(
  points: readonly CurvePoint[],
  context: TraceContext,
  which: "predicted" | "bound",
): PlotlyObject {
  const dash = which === "predicted" ? "dash" : "dot";
  return {
    type: "scatter",
    mode: context.category ? "markers" : "lines",
    name: `${plotlyText(context.method)}, ${which}`,
    legendgroup: context.method,
    showlegend: false,
    ...axes(context),
    x: points.map((p) => (p.x === null ? null : p.x + context.dodge)),
    y: points.map((p) => (p.x === null ? null : drawable(p[which], context.logY))),
    line: { color: context.style.color, width: 2, dash },
    ...(context.category ? { marker: barMarker(context.style.color) } : {}),
    connectgaps: false,
    hoverinfo: "skip",
  };
}

/** Legend samples that explain the line styles, once a figure. */
export function legendKeys(traces: readonly PlotlyObject[], category: boolean): PlotlyObject[] {
  const drawn = new Set(traces.map((trace) => (trace.line as PlotlyObject | undefined)?.dash));
  const keys: PlotlyObject[] = [];
  const sample = (name: string, dash: string): PlotlyObject => {
    const key = legendKey(name, dash);
    return category ? { ...key, mode: "markers", marker: barMarker(NEUTRAL) } : key;
  };
  if (drawn.has("dash")) keys.push(sample("prediction", "dash"));
  if (drawn.has("dot") && !category) keys.push(sample("bound, scaled on its first point", "dot"));
  return keys;
}

/** A grey line of a given style: for the legend alone, or with points as a guide. */
export function legendKey(
  name: string,
  dash: string,
  points: { x: readonly (number | null)[]; y: readonly (number | null)[] } = { x: [null], y: [null] },
  panel: number = 0,
): PlotlyObject {
  return {
    type: "scatter",
    mode: "lines",
    name,
    legendgroup: `key ${name}`,
    showlegend: panel === 0,
    xaxis: axisNames(panel).x,
    yaxis: axisNames(panel).y,
    x: points.x,
    y: points.y,
    line: { color: NEUTRAL, width: 1.5, dash },
    hoverinfo: "skip",
  };
}

/** In a category a prediction is a short bar: there is no curve to draw. */
function barMarker(color: string): PlotlyObject {
  return { symbol: "line-ew-open", size: 18, color, line: { width: 2 } };
}

function hoverText(point: CurvePoint, context: TraceContext): string {
  const lines = [
    `<b>${plotlyText(context.method)}</b>`,
    `${plotlyText(context.xTitle)}: ${plotlyText(point.xText)}`,
    `${intervalText(point.mean, point.half)} (95 %), n = ${point.n}`,
  ];
  if (point.predicted !== null) {
    const off =
      point.mean !== null && point.mean > 0 ? ` (${percentText(point.predicted / point.mean - 1)})` : "";
    lines.push(`prediction ${numberText(point.predicted, 4)}${off}`);
  }
  if (point.bound !== null) lines.push(`scaled bound ${numberText(point.bound, 4)}`);
  return lines.join("<br>");
}

function axes(context: TraceContext): PlotlyObject {
  const names = axisNames(context.panel);
  return { xaxis: names.x, yaxis: names.y };
}

function faint(color: string): string {
  const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));
  return `rgba(${r},${g},${b},0.4)`;
}
