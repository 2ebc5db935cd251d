import { intervalText, numberText } from "../core/numberText.js";
import type { ReportTable } from "./figureSpec.js";
import type { Panel } from "./panels.js";
import type { CurvePoint } from "./series.js";

/**
 * The numbers of a curve figure as text, one row a point, null cells left out. Predictions are on the figure's scale; so is the bound, times the
 * constant that the figure draws it with.
 */
export function curveTable(parts: {
  readonly caption: string;
  readonly xTitle: string;
  readonly panels: readonly Panel[];
  readonly curvesOf: (
    panel: Panel,
  ) => readonly { readonly method: string; readonly points: readonly CurvePoint[] }[];
}): ReportTable {
  const faceted = parts.panels.length > 1;
  const rows = parts.panels.flatMap((panel) =>
    parts
      .curvesOf(panel)
      .flatMap(({ method, points }) =>
        points
          .filter((p) => p.mean !== null || p.predicted !== null)
          .map((p) => [
            method,
            ...(faceted ? [panel.label] : []),
            p.xText,
            intervalText(p.mean, p.half),
            String(p.n),
            numberText(p.predicted, 4),
            numberText(p.bound, 4),
          ]),
      ),
  );
  const columns = [
    "method",
    ...(faceted ? ["panel"] : []),
    parts.xTitle,
    "mean \u00b1 95 %",
    "n",
    "prediction",
    "scaled bound",
  ];
  return dropEmptyColumns({ caption: parts.caption, columns, rows });
}

/** The numbers of a figure of paired differences. */
export function contrastTable(parts: Parameters<typeof curveTable>[0]): ReportTable {
  const table = curveTable(parts);
  return { ...table, columns: ["difference", ...table.columns.slice(1)] };
}

/** A column with nothing in any row says nothing. */
function dropEmptyColumns(table: ReportTable): ReportTable {
  const keep = table.columns.map((_, j) => table.rows.some((row) => row[j] !== "\u2014"));
  const pick = (cells: readonly string[]): string[] => cells.filter((_, j) => keep[j]);
  return { ...table, columns: pick(table.columns), rows: table.rows.map(pick) };
}
