import { badInput } from "../core/guards.js";
import { numberText } from "../core/numberText.js";
import { linearAxis, logAxis } from "./axes.js";
import { COLOR_SCALES } from "./colorScale.js";
import type { FigureSpec, Json, PlotlyObject, ReportTable } from "./figureSpec.js";
import { frameFigure } from "./frame.js";
import { plotlyText } from "./labels.js";
import { NEUTRAL } from "./palette.js";
import { wrapText } from "./wrapText.js";

const SIMULATED = "simulated (colour as on the map)";

/** A line over a heat map, such as a predicted boundary. */
export interface Boundary {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A simulated point over a heat map, coloured on the map's own scale: where it differs from its surroundings, theory is off. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
  readonly value: number | null;
  readonly text?: string;
}

export interface GridHeatmap {
  readonly id: string;
  readonly title: string;
  readonly caption?: string;
  /** Ascending axis values (positive on a log axis). */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** values[i][j] belongs to y[i], x[j]; null is left blank. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly valueLabel: string;
  readonly logX: boolean;
  readonly logY: boolean;
  /** true: the scale is centred at 0 with a colour for each sign. @defaultValue false */
  readonly diverging?: boolean;
  readonly boundaries?: readonly Boundary[];
  readonly points?: readonly MapPoint[];
}

/**
 * A heat map over a grid, with boundary lines and simulated points on top. Colours by `COLOR_SCALES`; the range is that of the values,
 * symmetric about 0 when diverging.
 *
 * Throws badInput when `values` is not a y.length x x.length table.
 */
export function gridHeatmap(grid: GridHeatmap): FigureSpec {
  if (grid.values.length !== grid.y.length || grid.values.some((row) => row.length !== grid.x.length)) {
    throw badInput(
      "values",
      `a ${grid.y.length} x ${grid.x.length} table`,
      grid.values.map((row) => row.length),
    );
  }
  const map: PlotlyObject = {
    type: "heatmap",
    x: grid.x,
    y: grid.y,
    z: grid.values,
    coloraxis: "coloraxis",
    hoverongaps: false,
    hoverinfo: "text",
    hovertext: grid.values.map((row, i) =>
      row.map((value, j) => hoverText(grid, grid.x[j]!, grid.y[i]!, value)),
    ),
  };
  const lines = (grid.boundaries ?? []).flatMap((boundary, k) => boundaryTraces(boundary, k));
  const points =
    grid.points === undefined || grid.points.length === 0 ? [] : [pointTrace(grid, grid.points), pointKey()];
  return frameFigure({
    id: grid.id,
    title: grid.title,
    caption: grid.caption ?? "",
    data: [map, ...lines, ...points],
    panels: [{ label: "" }],
    axes: {
      xaxis: edgeAxis(grid.xLabel, grid.x, grid.logX),
      yaxis: edgeAxis(grid.yLabel, grid.y, grid.logY),
    },
    table: heatmapTable(grid),
    extra: { coloraxis: colorAxis(grid) },
  });
}

function colorAxis(grid: GridHeatmap): PlotlyObject {
  const values = [...grid.values.flat(), ...(grid.points ?? []).map((p) => p.value)].filter(
    (v) => v !== null,
  );
  const largest = Math.max(0, ...values.map(Math.abs)) || 1;
  const [low, high] = grid.diverging
    ? [-largest, largest]
    : values.length === 0
      ? [0, 1]
      : [Math.min(...values), Math.max(...values)];
  return {
    colorscale: COLOR_SCALES[grid.diverging ? "diverging" : "sequential"],
    cmin: low,
    cmax: high > low ? high : low + 1,
    colorbar: { title: { text: barTitle(grid.valueLabel), side: "right" } },
  };
}

/** The colour bar is about 30 characters high. */
function barTitle(text: string): string {
  return wrapText(text, 32).map(plotlyText).join("<br>");
}

/** The axis ends at the edges of the outer cells, half a cell beyond their centres. */
function edgeAxis(label: string, values: readonly number[], log: boolean): PlotlyObject {
  const axis = log ? logAxis(label, values, values) : linearAxis(label);
  const at = values.map((v) => (log ? Math.log10(v) : v));
  const n = at.length;
  if (n < 2) return { ...axis, showgrid: false };
  const range: Json = [at[0]! - (at[1]! - at[0]!) / 2, at[n - 1]! + (at[n - 1]! - at[n - 2]!) / 2];
  return { ...axis, range, showgrid: false };
}

/** A dark line with a light casing: it reads on every colour of the map, and in both themes. */
function boundaryTraces(boundary: Boundary, index: number): PlotlyObject[] {
  const line = {
    type: "scatter",
    mode: "lines",
    name: plotlyText(boundary.label),
    legendgroup: `boundary ${index}`,
    x: boundary.points.map(([x]) => x),
    y: boundary.points.map(([, y]) => y),
    hoverinfo: "skip",
  };
  const dash = ["solid", "dash", "dot", "dashdot"][index % 4]!;
  return [
    { ...line, showlegend: false, line: { color: "#ffffff", width: 5 } },
    { ...line, showlegend: true, line: { color: "#c2185b", width: 2.5, dash } },
  ];
}

function pointTrace(grid: GridHeatmap, points: readonly MapPoint[]): PlotlyObject {
  return {
    type: "scatter",
    mode: "markers",
    name: SIMULATED,
    legendgroup: SIMULATED,
    showlegend: false,
    x: points.map((p) => p.x),
    y: points.map((p) => p.y),
    marker: {
      size: 13,
      symbol: "circle",
      color: points.map((p) => p.value),
      coloraxis: "coloraxis",
      line: { color: "#ffffff", width: 1.5 },
    },
    hoverinfo: "text",
    hovertext: points.map((p) => p.text ?? `simulated<br>${hoverText(grid, p.x, p.y, p.value)}`),
  };
}

/** The legend's sample of a simulated point: a trace without points, as plotly's legend cannot show a colour axis. */
function pointKey(): PlotlyObject {
  return {
    type: "scatter",
    mode: "markers",
    name: SIMULATED,
    legendgroup: SIMULATED,
    showlegend: true,
    x: [null],
    y: [null],
    marker: { size: 11, symbol: "circle-open", color: NEUTRAL, line: { width: 2 } },
    hoverinfo: "skip",
  };
}

function hoverText(grid: GridHeatmap, x: number, y: number, value: number | null): string {
  return [
    `${plotlyText(grid.xLabel)}: ${numberText(x, 4)}`,
    `${plotlyText(grid.yLabel)}: ${numberText(y, 4)}`,
    `${plotlyText(grid.valueLabel)}: ${numberText(value, 4)}`,
  ].join("<br>");
}

/** Rows are y values, columns x values; a large map is thinned to at most 12 of each, and says so. */
function heatmapTable(grid: GridHeatmap): ReportTable {
  const columns = thin(grid.x.length, 12);
  const rows = thin(grid.y.length, 12);
  const thinned = columns.length < grid.x.length || rows.length < grid.y.length;
  return {
    caption: `${grid.title}: ${grid.valueLabel}${thinned ? " (a selection of the grid)" : ""}`,
    columns: [`${grid.yLabel} \\ ${grid.xLabel}`, ...columns.map((j) => numberText(grid.x[j]!, 4))],
    rows: rows.map((i) => [
      numberText(grid.y[i]!, 4),
      ...columns.map((j) => numberText(grid.values[i]![j]!, 3)),
    ]),
  };
}

function thin(length: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(length / most));
  return Array.from({ length }, (_, i) => i).filter((i) => i % step === 0);
}
