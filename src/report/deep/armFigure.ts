import { intervalText } from "../../core/numberText.js";
import { type DeepMetric, metricParts } from "../../deep/study/deepMetrics.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import type { FigureSpec, PlotlyObject } from "../figureSpec.js";
import type { Shown } from "../interval.js";
import { plotlyText, upperFirst } from "../labels.js";
import type { MethodStyle } from "../palette.js";
import { axisNames, MOST_PANELS } from "../panels.js";
import { armNames, armValue } from "./armValues.js";
import { deepMetricName, joined, panelText, sentences } from "./deepText.js";
import { beyondText, rateAxis } from "./rateAxis.js";
import { frameRows } from "./rowFrame.js";

interface ArmPanel {
  readonly label: string;
  readonly point: number;
  readonly metric: DeepMetric;
}

/**
 * The arms of a study side by side: the mean of each error rate given (one at several label budgets, one panel each) with its 95 % t interval, a row an arm, the
 * references last. Null where no arm has a value.
 */
export function armFigure(
  result: DeepResult,
  metrics: readonly DeepMetric[],
  styles: ReadonlyMap<string, MethodStyle>,
): FigureSpec | null {
  const arms = armNames(result);
  const all = result.points.flatMap(({ varied }, point) =>
    metrics.map((metric): ArmPanel => ({ label: panelText(varied, metric), point, metric })),
  );
  const value = (panel: ArmPanel, arm: string): Shown => armValue(result, panel.point, arm, panel.metric);
  const known = all.filter((panel) => arms.some((arm) => value(panel, arm).mean !== null));
  if (known.length === 0) return null;
  const panels = known.slice(0, MOST_PANELS);
  const shown = panels.flatMap((panel) => arms.map((arm) => value(panel, arm)));
  const title = deepMetricName(known[0]!.metric);
  const data = panels.flatMap((panel, i) =>
    arms.flatMap((arm, row) => {
      const shown = value(panel, arm);
      return shown.mean === null ? [] : [dot(arm, row, shown, i, styles.get(arm)!)];
    }),
  );
  return frameRows({
    id: `${result.study}-arms-${metricParts(known[0]!.metric).name}`,
    title: joined(`${upperFirst(title)} of every arm`, panels.length === 1 ? panels[0]!.label : ""),
    caption: sentences(
      "Means over replications; bars: 95 % t intervals.",
      arms.includes("raw") ? "raw: the inputs themselves; random: features of an untrained network." : "",
      beyondText(shown),
      known.length > panels.length
        ? `The first ${panels.length} of ${known.length} panels; the table has all.`
        : "",
    ),
    data,
    panels,
    rows: arms,
    ...(result.points.length > 1 ? { columns: Math.min(3, Math.max(2, metrics.length)) } : {}),
    xaxis: rateAxis(`${title} (%)`, shown),
    table: {
      caption: `${upperFirst(title)} (%): mean ± half the width of the 95 % t interval`,
      columns: ["arm", ...known.map(({ label }) => label || title), "n"],
      rows: arms.map((arm) => {
        const values = known.map((panel) => value(panel, arm));
        return [
          arm,
          ...values.map(({ mean, half }) => intervalText(mean, half)),
          countText(values.map(({ n }) => n)),
        ];
      }),
    },
  });
}

function dot(arm: string, row: number, shown: Shown, panel: number, style: MethodStyle): PlotlyObject {
  const axes = axisNames(panel);
  return {
    type: "scatter",
    mode: "markers",
    name: plotlyText(arm),
    legendgroup: arm,
    showlegend: false,
    xaxis: axes.x,
    yaxis: axes.y,
    x: [shown.mean],
    y: [row],
    error_x: { type: "data", array: [shown.half ?? 0], color: style.color, thickness: 1.6, width: 4 },
    marker: { color: style.color, symbol: style.symbol, size: 9, line: { width: 0 } },
    hoverinfo: "text",
    hovertext: [
      `<b>${plotlyText(arm)}</b><br>${intervalText(shown.mean, shown.half)} (95 %), n = ${shown.n}`,
    ],
  };
}

/** One number of replications, or the range. */
function countText(counts: readonly number[]): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high ? String(low) : `${low} to ${high}`;
}
