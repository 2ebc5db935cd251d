import { intervalText, numberText, percentText } from "../../src/core/numberText.js";
import { linearAxis, logAxis, prefersLog } from "../../src/report/axes.js";
import { errorBar, legendKey, legendKeys } from "../../src/report/curveTraces.js";
import type { FigureSpec, PlotlyObject } from "../../src/report/figureSpec.js";
import { frameFigure } from "../../src/report/frame.js";
import { plotlyText } from "../../src/report/labels.js";
import { type MethodStyle, methodStyles } from "../../src/report/palette.js";
import { axisNames } from "../../src/report/panels.js";
import type { CurvePoint } from "../../src/report/series.js";

/** A simulated value with the half-width of its 95 % interval (null: not known) and the prediction at the same place. */
export interface TheoryPoint {
  readonly x: number;
  readonly mean: number;
  readonly half: number | null;
  readonly predicted: number | null;
}

export interface TheorySeries {
  readonly name: string;
  /** 0 unless there are panels. */
  readonly panel?: number;
  readonly simulated: readonly TheoryPoint[];
  /** The prediction on a grid of its own. */
  readonly curve: readonly (readonly [x: number, y: number | null])[];
}

/** A grey line to read against: a floor, a transition, "as good as standard training". */
export interface Guide {
  readonly label: string;
  /** 0 unless there are panels. */
  readonly panel?: number;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** @defaultValue "solid"; "dashdot" tells a second guide from the first */
  readonly dash?: "solid" | "dashdot";
}

export interface TheoryFigure {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** @defaultValue one panel without a title */
  readonly panels?: readonly string[];
  readonly series: readonly TheorySeries[];
  readonly guides?: readonly Guide[];
  readonly styles: ReadonlyMap<string, MethodStyle>;
  readonly logX: boolean;
  /** @defaultValue true when the simulated values are positive and spread 8 times or more */
  readonly logY?: boolean;
  /** Design values to be used as ticks on a log x axis. */
  readonly xTicks?: readonly number[];
}

/**
 * Predictions as dashed curves on a fine grid, simulated values as markers over them, for quantities that are no metric of a study: ratios, best radii, values
 * of a sample. What a curve does beyond the simulated and guided range of y is cut off on a log axis.
 */
export function theoryFigure(figure: TheoryFigure): FigureSpec {
  const points = figure.series.flatMap((s) => s.simulated);
  const guides = figure.guides ?? [];
  const logY = figure.logY ?? prefersLog(points.map((p) => p.mean));
  const traces = figure.series.flatMap((series) => seriesTraces(series, figure, logY));
  const lines = guides.map((guide, k) => ({
    ...legendKey(
      guide.label,
      guide.dash ?? "solid",
      { x: guide.points.map(([x]) => x), y: guide.points.map(([, y]) => y) },
      guide.panel ?? 0,
    ),
    showlegend: guides.findIndex((other) => other.label === guide.label) === k,
  }));
  const xs = [
    ...points.map((p) => p.x),
    ...figure.series.flatMap((s) => s.curve.map(([x]) => x)),
    ...guides.flatMap((g) => g.points.map(([x]) => x)),
  ];
  return frameFigure({
    id: figure.id,
    title: figure.title,
    caption: points.some((p) => p.half !== null)
      ? `${figure.caption} Error bars: 95 % Monte Carlo intervals.`
      : figure.caption,
    data: [...lines, ...traces, ...legendKeys(traces, false)],
    panels: (figure.panels ?? [""]).map((label) => ({ label })),
    axes: {
      xaxis: figure.logX ? logAxis(figure.xLabel, xs, figure.xTicks) : linearAxis(figure.xLabel),
      yaxis: logY
        ? logAxis(figure.yLabel, shownHeights(figure, points))
        : linearAxis(figure.yLabel, { fromZero: true }),
    },
    table: {
      caption: `${figure.title}: ${figure.yLabel}`,
      columns: ["series", figure.xLabel, "simulated ± 95 %", "prediction", "prediction / simulation − 1"],
      rows: figure.series.flatMap((series) =>
        tableRows(series).map((p) => [
          figure.panels === undefined ? series.name : `${series.name}, ${figure.panels[series.panel ?? 0]}`,
          numberText(p.x, 4),
          Number.isNaN(p.mean) ? "—" : intervalText(p.mean, p.half),
          numberText(p.predicted, 4),
          p.predicted === null || !(p.mean > 0) ? "—" : percentText(p.predicted / p.mean - 1),
        ]),
      ),
    },
  });
}

/** The simulated points; where there are none, the curve. */
function tableRows(series: TheorySeries): readonly TheoryPoint[] {
  if (series.simulated.length > 0) return series.simulated;
  return series.curve.map(([x, predicted]) => ({ x, mean: Number.NaN, half: null, predicted }));
}

function shownHeights(figure: TheoryFigure, points: readonly TheoryPoint[]): number[] {
  const guided = (figure.guides ?? []).flatMap((g) => g.points.map(([, y]) => y));
  const curves = figure.series.flatMap((s) => s.curve.flatMap(([, y]) => y ?? []));
  const means = [...points.map((p) => p.mean), ...guided].filter((v) => v > 0);
  if (points.length === 0) return [...means, ...curves];
  const [low, high] = [Math.min(...means) / 1.6, Math.max(...means) * 1.6];
  return [...means, ...curves.filter((y) => low <= y && y <= high)];
}

function seriesTraces(series: TheorySeries, figure: TheoryFigure, logY: boolean): PlotlyObject[] {
  const { color, symbol } = figure.styles.get(series.name) ?? methodStyles([series.name]).get(series.name)!;
  const axes = axisNames(series.panel ?? 0);
  const first = figure.series.find((s) => s.name === series.name && s.simulated.length > 0);
  const common = {
    type: "scatter",
    name: plotlyText(series.name),
    legendgroup: series.name,
    xaxis: axes.x,
    yaxis: axes.y,
  };
  const curve: PlotlyObject = {
    ...common,
    mode: "lines",
    // Without a marker to name the series, its curve does.
    showlegend: first === undefined && figure.series.find((s) => s.name === series.name) === series,
    x: series.curve.map(([x]) => x),
    y: series.curve.map(([, y]) => (y === null || (logY && !(y > 0)) ? null : y)),
    line: { color, width: 2, dash: "dash" },
    connectgaps: false,
    hoverinfo: "skip",
  };
  const shown = series.simulated.filter((p) => !logY || p.mean > 0);
  const bars = shown.map((p) => errorBar(p as unknown as CurvePoint, logY));
  const simulated: PlotlyObject = {
    ...common,
    mode: "markers",
    showlegend: first === series,
    x: shown.map((p) => p.x),
    y: shown.map((p) => p.mean),
    error_y: {
      type: "data",
      symmetric: false,
      array: bars.map(([, up]) => up),
      arrayminus: bars.map(([down]) => down),
      color,
      thickness: 1.4,
      width: 3,
    },
    marker: { color, symbol, size: 8, line: { width: 0 } },
    hoverinfo: "text",
    hovertext: shown.map((p) =>
      [
        `<b>${plotlyText(series.name)}</b>`,
        `${plotlyText(figure.xLabel)}: ${numberText(p.x, 4)}`,
        intervalText(p.mean, p.half),
        `prediction ${numberText(p.predicted, 4)}`,
      ].join("<br>"),
    ),
  };
  return [...(series.curve.length > 0 ? [curve] : []), ...(shown.length > 0 ? [simulated] : [])];
}

/** The x of the lowest point of the parabola through the lowest mean and its two neighbours; the lowest point itself at an end. */
export function parabolaVertex(points: readonly TheoryPoint[]): number {
  const at = points.reduce((low, p, i) => (p.mean < points[low]!.mean ? i : low), 0);
  const [a, b, c] = [points[at - 1], points[at]!, points[at + 1]];
  if (a === undefined || c === undefined) return b.x;
  const left = (b.mean - a.mean) / (b.x - a.x);
  const right = (c.mean - b.mean) / (c.x - b.x);
  // The slope is linear between the midpoints of the two intervals.
  const [from, to] = [(a.x + b.x) / 2, (b.x + c.x) / 2];
  return from + ((to - from) * -left) / (right - left);
}
