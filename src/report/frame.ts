import type { FigureSpec, PlotlyObject, ReportTable } from "./figureSpec.js";
import { panelLayout } from "./panels.js";

/** Legend entries take about this height each row, in pixels. */
const LEGEND_ROW = 23;

/** What the figures have in common: a layout for a wide and for a narrow place, the legend below the plot in both. */
export function frameFigure(parts: {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly data: readonly PlotlyObject[];
  readonly panels: readonly { readonly label: string }[];
  readonly axes: { readonly xaxis: PlotlyObject; readonly yaxis: PlotlyObject };
  readonly table: ReportTable;
  readonly extra?: PlotlyObject;
}): FigureSpec {
  const { panels, axes } = parts;
  const names = parts.data.filter((trace) => trace.showlegend === true).map((trace) => String(trace.name));
  const wide = panels.length > 1;
  const columns = wide ? Math.min(panels.length, panels.length === 4 ? 2 : 3) : 1;
  const placeWidth = wide ? 980 : 430;
  return {
    id: figureId(parts.id),
    title: parts.title,
    caption: parts.caption,
    // Fixed ids: plotly would otherwise invent random ones, which end up in exported images.
    data: parts.data.map((trace, i) => ({ uid: `t${i}`, ...trace })),
    layout: {
      ...panelLayout(panels, columns, axes, legendRows(names, placeWidth) * LEGEND_ROW),
      showlegend: names.length > 0,
      legend: {
        orientation: "h",
        x: 0,
        xanchor: "left",
        xref: "container",
        y: 0,
        yanchor: "bottom",
        yref: "container",
      },
      hovermode: "closest",
      ...parts.extra,
    },
    narrow: panelLayout(panels, 1, axes, legendRows(names, 300) * LEGEND_ROW),
    wide,
    table: parts.table,
  };
}

/** Rows of a horizontal legend, filled from the left as plotly does, with an estimate of each entry's width. */
function legendRows(names: readonly string[], width: number): number {
  let rows = 0;
  let used = width;
  for (const name of names) {
    const entry = 48 + 6.8 * name.length;
    if (used + entry > width) {
      rows += 1;
      used = 0;
    }
    used += entry;
  }
  return rows;
}

/** An id that is safe in HTML, in URLs and as a file name; equal texts give equal ids. */
export function figureId(text: string): string {
  const id = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return /^[a-z]/.test(id) ? id : `figure-${id}`.replace(/-$/, "");
}
