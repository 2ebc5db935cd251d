import { COLOR_SCALES } from "../colorScale.js";
import type { FigureSpec, PlotlyObject, ReportTable } from "../figureSpec.js";
import { frameFigure } from "../frame.js";
import { plotlyText } from "../labels.js";
import { wrapText } from "../wrapText.js";

/**
 * A square heat map of how alike named things are, with its numbers in the cells: values in [0, 1], the first name on top and on the left. Null is left blank.
 */
export function matrixFigure(parts: {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly names: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
  readonly valueLabel: string;
  readonly table: ReportTable;
}): FigureSpec {
  const { names, values, valueLabel } = parts;
  const labels = names.map((name) => wrapText(name, 14).map(plotlyText).join("<br>"));
  const map: PlotlyObject = {
    type: "heatmap",
    z: values,
    x: names.map((_, i) => i),
    y: names.map((_, i) => i),
    coloraxis: "coloraxis",
    texttemplate: "%{z:.2f}",
    textfont: { size: names.length > 7 ? 10 : 12 },
    hoverongaps: false,
    hoverinfo: "text",
    hovertext: values.map((row, i) =>
      row.map(
        (value, j) =>
          `${plotlyText(names[i]!)}, ${plotlyText(names[j]!)}<br>${plotlyText(valueLabel)}: ${value === null ? "\u2014" : value.toFixed(3)}`,
      ),
    ),
    xgap: 1,
    ygap: 1,
  };
  const ticks: PlotlyObject = {
    type: "linear",
    tickmode: "array",
    tickvals: names.map((_, i) => i),
    ticktext: labels,
    showgrid: false,
    ticks: "",
    showline: false,
    ticklabelstandoff: 4,
  };
  const ends = [-0.5, names.length - 0.5];
  const base = frameFigure({
    ...parts,
    data: [map],
    panels: [{ label: "" }],
    axes: {
      xaxis: { ...ticks, range: ends, tickangle: names.length > 4 ? -45 : 0, constrain: "domain" },
      yaxis: { ...ticks, range: [...ends].reverse() },
    },
    extra: {
      coloraxis: {
        colorscale: COLOR_SCALES.sequential,
        cmin: 0,
        cmax: 1,
        // The numbers are in the cells; a bar would take the width that they need.
        showscale: false,
      },
    },
  });
  const height = Math.max(300, 120 + 40 * names.length);
  const tall = (layout: PlotlyObject): PlotlyObject => ({ ...layout, height });
  return { ...base, layout: tall(base.layout), narrow: tall(base.narrow) };
}
