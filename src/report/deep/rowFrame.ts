import type { FigureSpec, PlotlyObject, ReportTable } from "../figureSpec.js";
import { frameFigure } from "../frame.js";
import { plotlyText } from "../labels.js";
import { axisNames } from "../panels.js";
import { wrapText } from "../wrapText.js";

/** Below the plots: ticks and the title of the x axis. */
const FOOT = 58;
/** Between two rows of panels: ticks and the title of the axis. */
const BETWEEN = 50;
/** A line of a panel's title. */
const TITLE_LINE = 16;

/** Characters of a row's name on one line. */
const NAME_WIDTH = 18;

interface RowPlace {
  readonly columns: number;
  readonly rowHeight: number;
  /** Characters of a panel's title on one line. */
  readonly titleWidth: number;
}

/**
 * A figure whose rows are named, one row an arm or a comparison, the first on top; panels side by side have the same rows. Its height follows the number of rows.
 * Row i of every panel is at y = i.
 */
export function frameRows(parts: {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly data: readonly PlotlyObject[];
  readonly panels: readonly { readonly label: string }[];
  readonly rows: readonly string[];
  readonly xaxis: PlotlyObject;
  readonly table: ReportTable;
  /** Panels side by side where there is room. @defaultValue 3, and 2 for four panels */
  readonly columns?: number;
}): FigureSpec {
  const { panels, rows, xaxis } = parts;
  const base = frameFigure({ ...parts, axes: { xaxis, yaxis: {} } });
  const legend = (layout: PlotlyObject): number => Number((layout.margin as PlotlyObject).b) - FOOT;
  const place = (columns: number, layout: PlotlyObject, narrow: boolean): PlotlyObject =>
    rowLayout(panels, rows, xaxis, legend(layout), {
      columns,
      rowHeight: columns > 1 || panels.length === 1 ? 30 : 28,
      titleWidth: narrow ? 28 : Math.floor(110 / columns),
    });
  const columns = Math.min(panels.length, parts.columns ?? (panels.length === 4 ? 2 : 3));
  return {
    ...base,
    layout: { ...base.layout, ...place(columns, base.layout, false) },
    narrow: place(1, base.narrow, true),
  };
}

function rowLayout(
  panels: readonly { readonly label: string }[],
  rows: readonly string[],
  xaxis: PlotlyObject,
  legendHeight: number,
  { columns, rowHeight, titleWidth }: RowPlace,
): PlotlyObject {
  const names = rows.map((row) => wrapText(row, NAME_WIDTH));
  const tallest = Math.max(1, ...names.map((lines) => lines.length));
  const panelHeight = rows.length * Math.max(rowHeight, 8 + 15 * tallest);
  const titles = panels.map(({ label }) => (panels.length === 1 ? [] : wrapText(label, titleWidth)));
  const titleHeight = TITLE_LINE * Math.max(...titles.map((lines) => lines.length));
  const between = BETWEEN + titleHeight;
  const lines = Math.ceil(panels.length / columns);
  const height = lines * panelHeight + (lines - 1) * between;
  const gapX = columns === 1 ? 0 : 0.03;
  const width = (1 - gapX * (columns - 1)) / columns;
  const layout: Record<string, PlotlyObject[string]> = {};
  panels.forEach((_, i) => {
    const axes = axisNames(i);
    const column = i % columns;
    const top = 1 - (Math.floor(i / columns) * (panelHeight + between)) / height;
    const left = column * (width + gapX);
    layout[axes.xaxis] = {
      ...xaxis,
      anchor: axes.y,
      domain: [left, Math.min(1, left + width)],
      ...(i > 0 ? { matches: "x" } : {}),
    };
    layout[axes.yaxis] = {
      type: "linear",
      anchor: axes.x,
      domain: [Math.max(0, top - panelHeight / height), top],
      range: [rows.length - 0.5, -0.5],
      tickmode: "array",
      tickvals: rows.map((_, row) => row),
      ticktext: names.map((name) => name.map(plotlyText).join("<br>")),
      showticklabels: column === 0,
      ticks: column === 0 ? "outside" : "",
    };
  });
  const head = 16 + titleHeight;
  return {
    ...layout,
    annotations: titles.flatMap((title, i) => (title.length === 0 ? [] : [panelTitle(title, i)])),
    height: height + head + FOOT + legendHeight,
    margin: { l: 24, r: 14, t: head, b: FOOT + legendHeight, pad: 0 },
  };
}

function panelTitle(title: readonly string[], panel: number): PlotlyObject {
  const { x, y } = axisNames(panel);
  return {
    text: `<b>${title.map(plotlyText).join("<br>")}</b>`,
    xref: `${x} domain`,
    yref: `${y} domain`,
    x: 0,
    y: 1,
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
  };
}
