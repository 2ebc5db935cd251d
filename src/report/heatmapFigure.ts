import { badInput } from "../core/guards.js";
import { pathLabel } from "../study/pathLabels.js";
import type { CellSummary, StudyResult } from "../study/results.js";
import type { MetricName } from "../transfer/metricNames.js";
import { isGeometric, prefersLog } from "./axes.js";
import type { FigureSpec } from "./figureSpec.js";
import { type Boundary, gridHeatmap, type MapPoint } from "./gridHeatmap.js";
import { metricLabel } from "./labels.js";
import { cellValue, splitPanels } from "./panels.js";
import { valueNumber } from "./xScale.js";

export interface HeatmapOptions {
  /** Unique on a page. @defaultValue made from the study's name and the paths */
  readonly id?: string;
  readonly title: string;
  readonly caption?: string;
  /** Two varied paths with numeric values. */
  readonly x: string;
  readonly y: string;
  readonly xValue?: (cell: CellSummary) => number | null;
  readonly yValue?: (cell: CellSummary) => number | null;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly logX?: boolean;
  readonly logY?: boolean;
  readonly metric: MetricName;
  /** The method whose mean is shown ... */
  readonly method: string;
  /** ... or minus this one: the mean difference, on a diverging scale. */
  readonly minus?: string;
  readonly where?: Readonly<Record<string, unknown>>;
  readonly boundaries?: readonly Boundary[];
  readonly points?: readonly MapPoint[];
}

/**
 * A metric over two varied paths as a heat map; with `minus`, the difference of two methods' means (exactly the paired difference when no
 * replication is missing). A third varied path must be fixed by `where`: a map has room for two.
 *
 * Throws badInput when more than two paths vary or an axis value is not a number.
 */
export function heatmapFigure(result: StudyResult, options: HeatmapOptions): FigureSpec {
  const panels = splitPanels(result, [options.x, options.y], options);
  if (panels.length > 1) {
    const hint = "Fix the other varied paths with `where`.";
    throw badInput("where", "such that only x and y vary", options.where ?? null, hint);
  }
  const cells = panels[0]!.cells;
  const xs = axisValues(cells, options.x, options.xValue);
  const ys = axisValues(cells, options.y, options.yValue);
  const x = [...new Set(xs)].sort((a, b) => a - b);
  const y = [...new Set(ys)].sort((a, b) => a - b);
  const values: (number | null)[][] = y.map(() => x.map(() => null));
  cells.forEach((cell, k) => {
    values[y.indexOf(ys[k]!)]![x.indexOf(xs[k]!)] = mapValue(cell, options);
  });
  const label = metricLabel(options.metric);
  return gridHeatmap({
    id:
      options.id ??
      `${result.study}-${options.metric}-${options.method}-${options.minus ?? ""}-${options.x}-${options.y}`,
    title: options.title,
    ...(options.caption === undefined ? {} : { caption: options.caption }),
    x,
    y,
    values,
    xLabel: options.xLabel ?? pathLabel(options.x),
    yLabel: options.yLabel ?? pathLabel(options.y),
    valueLabel: options.minus === undefined ? label : `${label}: ${options.method} \u2212 ${options.minus}`,
    logX: options.logX ?? (prefersLog(x) || isGeometric(x)),
    logY: options.logY ?? (prefersLog(y) || isGeometric(y)),
    diverging: options.minus !== undefined,
    ...(options.boundaries === undefined ? {} : { boundaries: options.boundaries }),
    ...(options.points === undefined ? {} : { points: options.points }),
  });
}

function axisValues(
  cells: readonly CellSummary[],
  path: string,
  number: ((cell: CellSummary) => number | null) | undefined,
): number[] {
  return cells.map((cell) => {
    const value = number === undefined ? valueNumber(cellValue(cell, path)) : number(cell);
    if (value !== null && Number.isFinite(value)) return value;
    throw badInput(path, "numeric in every cell of a heat map", cellValue(cell, path));
  });
}

function mapValue(cell: CellSummary, options: HeatmapOptions): number | null {
  const mean = meanOf(cell, options.method, options.metric);
  if (options.minus === undefined || mean === null) return mean;
  const other = meanOf(cell, options.minus, options.metric);
  return other === null ? null : mean - other;
}

function meanOf(cell: CellSummary, method: string, metric: MetricName): number | null {
  if (!Object.hasOwn(cell.methods, method)) {
    throw badInput("method", `a name among ${Object.keys(cell.methods).join(", ")}`, method);
  }
  return cell.methods[method]![metric].mean;
}
