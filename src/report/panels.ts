import { canonicalJson } from "../core/canonicalJson.js";
import { badInput } from "../core/guards.js";
import { pathSymbol, valueLabel } from "../study/pathLabels.js";
import type { CellSummary, StudyResult } from "../study/results.js";
import type { PlotlyObject } from "./figureSpec.js";
import { plotlyText } from "./labels.js";

/** The cells of one panel: all varied paths but the x axis are constant in it. */
export interface Panel {
  /** `n = 100, u = 400`; empty when there is only one panel. */
  readonly label: string;
  readonly cells: readonly CellSummary[];
}

/** More panels than this are not readable in one figure. */
export const MOST_PANELS = 12;

/** The value of a path in a cell: as varied, or from the problem. Undefined when the cell has no such path. */
export function cellValue(cell: CellSummary, path: string): unknown {
  if (Object.hasOwn(cell.varied, path)) return cell.varied[path];
  return path
    .split(".")
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], {
      problem: cell.problem,
    });
}

/**
 * Splits the cells of a study into panels: one for each combination of the varied paths that are neither on an axis nor
 * fixed by `where`, those named in `facet` first. So no two cells of a panel share an x by accident.
 *
 * Throws on a facet or a `where` path that no cell has, and when `where` leaves nothing.
 */
export function splitPanels(
  result: StudyResult,
  axes: readonly string[],
  options: { facet?: string; where?: Readonly<Record<string, unknown>> } = {},
): Panel[] {
  const where = Object.entries(options.where ?? {});
  for (const path of [
    ...axes,
    ...(options.facet === undefined ? [] : [options.facet]),
    ...where.map(([p]) => p),
  ]) {
    if (result.cells.some((cell) => cellValue(cell, path) === undefined)) {
      throw badInput(path, `a path of the study (varied: ${result.varied.join(", ") || "none"})`, undefined);
    }
  }
  const cells = result.cells.filter((cell) =>
    where.every(([path, value]) => canonicalJson(cellValue(cell, path)) === canonicalJson(value)),
  );
  if (cells.length === 0) throw badInput("where", "values that some cell of the study has", options.where);
  const taken = new Set([...axes, ...where.map(([path]) => path)]);
  const rest = result.varied.filter((path) => !taken.has(path) && path !== options.facet);
  const facets = options.facet === undefined || taken.has(options.facet) ? rest : [options.facet, ...rest];
  const groups = new Map<string, CellSummary[]>();
  for (const cell of cells) {
    const key = facets.map((path) => canonicalJson(cellValue(cell, path))).join();
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].map((group) => ({ label: panelLabel(group[0]!, facets), cells: group }));
}

function panelLabel(cell: CellSummary, facets: readonly string[]): string {
  return facets.map((path) => `${pathSymbol(path)} = ${valueLabel(cellValue(cell, path))}`).join(", ");
}

/** plotly's names of the axes of panel i: x, x2, x3, ... */
export function axisNames(panel: number): { x: string; y: string; xaxis: string; yaxis: string } {
  const suffix = panel === 0 ? "" : String(panel + 1);
  return { x: `x${suffix}`, y: `y${suffix}`, xaxis: `xaxis${suffix}`, yaxis: `yaxis${suffix}` };
}

/**
 * Axes, panel titles and height for `count` equal panels in `columns` columns. The height counts the legend's rows below the
 * plot. Every panel has the same axes (drawn from `xaxis`, `yaxis`), so that they can be compared.
 */
export function panelLayout(
  panels: readonly { readonly label: string }[],
  columns: number,
  axes: { readonly xaxis: PlotlyObject; readonly yaxis: PlotlyObject },
  legendHeight: number,
): PlotlyObject {
  const rows = Math.ceil(panels.length / columns);
  const panelHeight = panels.length === 1 ? 270 : 205;
  const between = 72;
  const plotHeight = rows * panelHeight + (rows - 1) * between;
  const gapX = columns === 1 ? 0 : 0.075;
  const gapY = rows === 1 ? 0 : between / plotHeight;
  const width = (1 - gapX * (columns - 1)) / columns;
  const height = (1 - gapY * (rows - 1)) / rows;
  const layout: Record<string, PlotlyObject[string]> = {};
  panels.forEach((_, i) => {
    const column = i % columns;
    const row = Math.floor(i / columns);
    const names = axisNames(i);
    const left = column * (width + gapX);
    const top = 1 - row * (height + gapY);
    layout[names.xaxis] = { ...axes.xaxis, anchor: names.y, domain: [left, Math.min(1, left + width)] };
    layout[names.yaxis] = {
      ...axes.yaxis,
      ...(column > 0 ? { title: { text: "" } } : {}),
      ...(i > 0 ? { matches: "y" } : {}),
      anchor: names.x,
      domain: [Math.max(0, top - height), top],
    };
  });
  const top = panels.length === 1 ? 16 : 34;
  const bottom = 58 + legendHeight;
  return {
    ...layout,
    annotations: panels.length === 1 ? [] : panels.map((panel, i) => panelTitle(panel.label, i)),
    height: plotHeight + top + bottom,
    margin: { l: 62, r: 14, t: top, b: bottom, pad: 0 },
  };
}

function panelTitle(text: string, panel: number): PlotlyObject {
  const names = axisNames(panel);
  return {
    text: `<b>${plotlyText(text)}</b>`,
    xref: `${names.x} domain`,
    yref: `${names.y} domain`,
    x: 0,
    y: 1,
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
  };
}
