import { numberText } from "../../src/core/numberText.js";
import { logAxis, signedAxis } from "../../src/report/axes.js";
import type { FigureSpec, PlotlyObject } from "../../src/report/figureSpec.js";
import { frameFigure } from "../../src/report/frame.js";
import type { StudyResult } from "../../src/study/results.js";
import type { MetricName } from "../../src/transfer/metricNames.js";
import type { Styles } from "./simulation.js";

/** One comparison of a prediction with a simulated mean. */
export interface Deviation {
  readonly study: string;
  readonly cell: number;
  readonly method: string;
  readonly metric: MetricName;
  readonly mean: number;
  /** mcse / mean */
  readonly relativeError: number;
  /** predicted / mean - 1 */
  readonly deviation: number;
}

/** Every comparison that results hold for a metric; baselines are left out, and means of 0. */
export function deviations(results: readonly StudyResult[], metric: MetricName): Deviation[] {
  return results.flatMap((result) =>
    result.cells.flatMap((cell) =>
      Object.entries(cell.methods).flatMap(([method, metrics]): Deviation[] => {
        const { mean, mcse, deviation } = metrics[metric];
        if (method === "no-transfer" || method === "oracle" || deviation === null) return [];
        const relativeError = (mcse ?? 0) / mean!;
        return [
          { study: result.study, cell: cell.cell, method, metric, mean: mean!, relativeError, deviation },
        ];
      }),
    ),
  );
}

/** The q-quantile of |deviation|. */
export function deviationQuantile(items: readonly Deviation[], q: number): number {
  const sizes = items.map((item) => Math.abs(item.deviation)).sort((a, b) => a - b);
  return sizes[Math.min(sizes.length - 1, Math.floor(q * sizes.length))]!;
}

/** Prediction over simulation minus 1, in percent, against the simulated value; one marker a method, bars of 95 % Monte Carlo error. */
export function deviationFigure(
  items: readonly Deviation[],
  options: { readonly id: string; readonly title: string; readonly xLabel: string; readonly styles: Styles },
): FigureSpec {
  const methods = [...new Set(items.map((item) => item.method))];
  const traces = methods.map((method): PlotlyObject => {
    const own = items.filter((item) => item.method === method);
    const style = options.styles.get(method)!;
    return {
      type: "scatter",
      mode: "markers",
      name: method,
      showlegend: true,
      x: own.map((item) => item.mean),
      y: own.map((item) => 100 * item.deviation),
      error_y: {
        type: "data",
        array: own.map((item) => 196 * item.relativeError),
        color: style.color,
        thickness: 1,
        width: 0,
      },
      marker: { color: style.color, symbol: style.symbol, size: 7 },
      hoverinfo: "text",
      hovertext: own.map(
        (item) => `${method}<br>${item.study}, cell ${item.cell}<br>${numberText(100 * item.deviation, 3)} %`,
      ),
    };
  });
  const percent = items.map((item) => 100 * item.deviation);
  return frameFigure({
    id: options.id,
    title: options.title,
    caption: `${items.length} comparisons: median |deviation| ${numberText(100 * deviationQuantile(items, 0.5), 2)} %, 95 % below ${numberText(100 * deviationQuantile(items, 0.95), 2)} %. Bars: 95 % Monte Carlo intervals.`,
    data: traces,
    panels: [{ label: "" }],
    axes: {
      xaxis: logAxis(
        options.xLabel,
        items.map((item) => item.mean),
      ),
      yaxis: signedAxis("prediction / simulation − 1, %", percent),
    },
    table: {
      caption: options.title,
      columns: ["study", "cell", "method", "simulated", "deviation, %", "Monte Carlo error, %"],
      rows: items.map((item) => [
        item.study,
        String(item.cell),
        item.method,
        numberText(item.mean, 4),
        numberText(100 * item.deviation, 3),
        numberText(100 * item.relativeError, 2),
      ]),
    },
  });
}
