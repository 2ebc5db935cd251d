import { COLOR_SCALES } from "../colorScale.js";
import type { FigureSpec, PlotlyObject, ReportTable } from "../figureSpec.js";
import { frameFigure } from "../frame.js";
import { plotlyText } from "../labels.js";
import { NEUTRAL } from "../palette.js";
import { wrapText } from "../wrapText.js";

/** Rows of numbers, one a coordinate, that share a name. */
export interface StripBand {
  readonly label: string;
  readonly rows: readonly (readonly number[])[];
  /** What a hover box says of each row. */
  readonly texts: readonly string[];
}

/**
 * Numbers over coordinates as bands of thin rows, each band on its own scale: `signed` about 0, or strengths from 0. A line marks where the first `support` coordinates end.
 *
 * @param rowHeight in pixels, more where a name needs it
 */
export function strips(parts: {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly bands: readonly StripBand[];
  readonly signed: boolean;
  readonly support: number | null;
  readonly xTitle: string;
  readonly rowHeight: number;
  readonly wide: boolean;
  readonly table: ReportTable;
}): FigureSpec {
  const { bands, support } = parts;
  const labels = bands.map(({ label }) => wrapText(label, 16));
  // A band is at least as high as its name.
  const rowHeight = Math.max(
    parts.rowHeight,
    ...bands.map(({ rows }, k) => (15 * labels[k]!.length) / rows.length),
  );
  const length = bands[0]?.rows[0]?.length ?? 0;
  // Between bands about seven pixels, in units of rows.
  const gap = 7 / rowHeight;
  const tops: number[] = [];
  let rows = 0;
  for (const band of bands) {
    tops.push(rows);
    rows += band.rows.length + gap;
  }
  const data = bands.flatMap((band, k) => bandTraces(band, tops[k]!, parts.signed));
  const base = frameFigure({
    ...parts,
    data: support === null ? data : [...data, supportLine(support, rows - gap)],
    panels: [{ label: "" }],
    axes: {
      xaxis: {
        type: "linear",
        title: { text: plotlyText(parts.xTitle) },
        range: [-0.5, length - 0.5],
        nticks: 8,
        showgrid: false,
      },
      yaxis: {
        type: "linear",
        tickmode: "array",
        tickvals: bands.map((band, k) => tops[k]! + band.rows.length / 2),
        ticktext: labels.map((lines) => lines.map(plotlyText).join("<br>")),
        range: [rows - gap, 0],
        showgrid: false,
        showline: false,
        ticks: "",
        ticklabelstandoff: 4,
      },
    },
    extra: { hoverdistance: -1 },
  });
  const legend = support === null ? 0 : 23;
  const sized = (layout: PlotlyObject): PlotlyObject => ({
    ...layout,
    height: Math.round(rows * rowHeight) + 14 + 58 + legend,
    margin: { l: 24, r: 14, t: 14, b: 58 + legend, pad: 0 },
  });
  return { ...base, wide: parts.wide, layout: sized(base.layout), narrow: sized(base.narrow) };
}

function bandTraces(band: StripBand, top: number, signed: boolean): PlotlyObject[] {
  const most = band.rows.reduce((a, row) => row.reduce((b, x) => Math.max(b, Math.abs(x)), a), 0) || 1;
  return [
    {
      type: "heatmap",
      z: band.rows.map((row) => row.map((x) => Math.round((127 * x) / most) + 0)),
      x0: 0,
      dx: 1,
      y0: top + 0.5,
      dy: 1,
      zmin: signed ? -127 : 0,
      zmax: 127,
      colorscale: COLOR_SCALES[signed ? "diverging" : "sequential"],
      showscale: false,
      hoverinfo: "skip",
    },
    {
      type: "scatter",
      mode: "markers",
      x: band.rows.map((row) => (row.length - 1) / 2),
      y: band.rows.map((_, i) => top + 0.5 + i),
      marker: { size: 8, opacity: 0 },
      showlegend: false,
      hoverinfo: "text",
      hovertext: band.texts.map(plotlyText),
    },
  ];
}

function supportLine(support: number, rows: number): PlotlyObject {
  return {
    type: "scatter",
    mode: "lines",
    name: "coordinates on the left: the support of B",
    showlegend: true,
    x: [support - 0.5, support - 0.5],
    y: [0, rows],
    line: { color: "#d0453b", width: 2, dash: "solid" },
    marker: { color: NEUTRAL },
    hoverinfo: "skip",
  };
}
