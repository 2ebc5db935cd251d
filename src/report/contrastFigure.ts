import { badInput } from "../core/guards.js";
import type { CellSummary, Contrast, StudyResult } from "../study/results.js";
import type { MetricName } from "../transfer/metricNames.js";
import { allMethods } from "./allMethods.js";
import { signedAxis } from "./axes.js";
import { contrastTable } from "./curveTable.js";
import { methodTraces } from "./curveTraces.js";
import type { FigureSpec } from "./figureSpec.js";
import { frameFigure } from "./frame.js";
import { shownEstimate } from "./interval.js";
import { metricLabel } from "./labels.js";
import { type MethodStyle, methodStyles } from "./palette.js";
import { MOST_PANELS, type Panel, splitPanels } from "./panels.js";
import type { CurvePoint } from "./series.js";
import { type XOptions, type XScale, xScale } from "./xScale.js";

export interface ContrastOptions extends XOptions {
  /** Unique on a page. @defaultValue made from the study's name, metric and x */
  readonly id?: string;
  readonly title: string;
  readonly caption?: string;
  readonly metric: MetricName;
  readonly yLabel?: string;
  readonly facet?: string;
  readonly where?: Readonly<Record<string, unknown>>;
  /** Pairs [a, b] as the study reports them. @defaultValue all of them */
  readonly pairs?: readonly (readonly [string, string])[];
  readonly styles?: ReadonlyMap<string, MethodStyle>;
}

/**
 * Paired differences a - b between methods that saw the same draws, against one varied path, with their own 95 % Monte Carlo
 * intervals and a line at zero. For errors and risks, below zero means that a is the better one.
 *
 * Throws badInput when the study reports no contrast, or not one that is asked for.
 */
export function contrastFigure(result: StudyResult, options: ContrastOptions): FigureSpec {
  const all = splitPanels(result, [options.x], options);
  const panels = all.slice(0, MOST_PANELS);
  const scale = xScale(
    panels.flatMap((panel) => panel.cells),
    options,
  );
  const pairs = wantedPairs(result, options.pairs);
  const styles = pairStyles(pairs, options.styles ?? methodStyles(allMethods(result)));
  const category = scale.kind === "category";
  const traces = pairs.flatMap((pair, k) => {
    const drawn = panels.map((panel) => contrastPoints(panel, pair, options.metric, scale));
    const first = drawn.findIndex((points) => points.some((p) => p.mean !== null));
    return drawn.flatMap((points, i) =>
      points.every((p) => p.mean === null)
        ? []
        : methodTraces(points, {
            method: pairName(pair),
            style: styles[k]!,
            panel: i,
            logY: false,
            category,
            dodge: category ? (k - (pairs.length - 1) / 2) * (0.6 / pairs.length) : 0,
            xTitle: scale.title,
            showLegend: i === first,
          }),
    );
  });
  const heights = panels.flatMap((panel) =>
    pairs.flatMap((pair) =>
      contrastPoints(panel, pair, options.metric, scale).flatMap((p) =>
        p.mean === null ? [] : [p.mean - (p.half ?? 0), p.mean + (p.half ?? 0)],
      ),
    ),
  );
  const title = options.yLabel ?? `difference in ${metricLabel(options.metric)}`;
  return frameFigure({
    id: options.id ?? `${result.study}-${options.metric}-difference-${options.x}`,
    title: options.title,
    caption: [options.caption, "Paired differences on common draws; error bars: 95 % Monte Carlo intervals."]
      .filter((part) => part !== undefined)
      .join(" "),
    data: traces,
    panels,
    axes: { xaxis: scale.axis, yaxis: signedAxis(title, heights) },
    table: contrastTable({
      caption: `${options.title}: ${title}`,
      xTitle: scale.title,
      panels: all,
      curvesOf: (panel) =>
        pairs.map((pair) => ({
          method: pairName(pair),
          points: contrastPoints(panel, pair, options.metric, scale),
        })),
    }),
  });
}

function pairName(pair: readonly [string, string]): string {
  return `${pair[0]} \u2212 ${pair[1]}`;
}

function wantedPairs(
  result: StudyResult,
  wanted: readonly (readonly [string, string])[] | undefined,
): readonly (readonly [string, string])[] {
  const known = new Map<string, readonly [string, string]>();
  for (const cell of result.cells)
    for (const c of cell.contrasts) known.set(pairName([c.a, c.b]), [c.a, c.b]);
  if (known.size === 0) throw badInput("contrasts", "at least one pair of methods in the study", []);
  for (const pair of wanted ?? []) {
    if (!known.has(pairName(pair)))
      throw badInput("pairs", `pairs among ${[...known.keys()].join("; ")}`, pair);
  }
  return wanted ?? [...known.values()];
}

function contrastPoints(
  panel: Panel,
  pair: readonly [string, string],
  metric: MetricName,
  scale: XScale,
): CurvePoint[] {
  const points = panel.cells.flatMap((cell) => {
    const contrast = findContrast(cell, pair);
    if (contrast === undefined) return [];
    const shown = shownEstimate(contrast.metrics[metric]);
    return [{ ...shown, cell, x: scale.at(cell), xText: scale.text(cell), predicted: null, bound: null }];
  });
  return points.sort((a, b) => (a.x ?? -Infinity) - (b.x ?? -Infinity));
}

function findContrast(cell: CellSummary, [a, b]: readonly [string, string]): Contrast | undefined {
  return cell.contrasts.find((contrast) => contrast.a === a && contrast.b === b);
}

/** A difference wears the style of its first method, or of its second where the first is taken. */
function pairStyles(
  pairs: readonly (readonly [string, string])[],
  styles: ReadonlyMap<string, MethodStyle>,
): MethodStyle[] {
  const used = new Set<MethodStyle>();
  return pairs.map((pair) => {
    const own = pair.map((name) => styles.get(name)).find((s) => s !== undefined && !used.has(s));
    const chosen = own ?? methodStyles([...styles.keys(), pairName(pair)]).get(pairName(pair))!;
    used.add(chosen);
    return chosen;
  });
}
