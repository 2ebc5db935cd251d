import { numberText } from "../../core/numberText.js";
import { type DeepComparison, FAMILY_LEVEL } from "../../deep/study/deepComparison.js";
import { type DeepMetric, metricParts } from "../../deep/study/deepMetrics.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import { signedAxis } from "../axes.js";
import type { FigureSpec, PlotlyObject } from "../figureSpec.js";
import { plotlyText, upperFirst } from "../labels.js";
import { NEUTRAL } from "../palette.js";
import { axisNames, MOST_PANELS } from "../panels.js";
import { AGOP, deepMetricName, isRate, joined, panelText, sentences, shownFactor } from "./deepText.js";
import { gainTable, pairText } from "./gainTable.js";
import { frameRows } from "./rowFrame.js";

type Verdict = DeepComparison["verdict"];

/** Colours with a contrast of 3:1 and more on both themes; the marker says the same without them. */
const LOOKS: Readonly<Record<Verdict, { readonly color: string; readonly symbol: string }>> = {
  better: { color: "#1f8f5f", symbol: "triangle-right" },
  worse: { color: "#d0453b", symbol: "triangle-left" },
  "no difference seen": { color: NEUTRAL, symbol: "circle-open" },
  "not measured": { color: NEUTRAL, symbol: "x" },
};

interface GainPanel {
  readonly label: string;
  readonly point: number;
  readonly metric: DeepMetric;
  readonly comparisons: readonly DeepComparison[];
}

/**
 * The paired comparisons of one family: the gain of a over b, > 0 where a is better, with the interval of this comparison alone (thick) and of all of the family at once
 * (thin), and the verdict by colour and marker; a row a pair, a panel a point and metric. Null where the family is empty or nothing of it was measured.
 *
 * @param family all comparisons that were corrected together
 * @param name tells figures of one study apart
 */
export function gainFigure(
  result: DeepResult,
  family: readonly DeepComparison[],
  name: string,
  title: string,
): FigureSpec | null {
  const all = gainPanels(result, family);
  if (all.length === 0) return null;
  const panels = all.slice(0, MOST_PANELS);
  const metrics = [...new Set(all.map(({ metric }) => metric))];
  const pairs = [...new Set(family.map(pairText))];
  const verdicts = (Object.keys(LOOKS) as Verdict[]).filter((verdict) =>
    panels.some(({ comparisons }) => comparisons.some((one) => one.gain !== null && one.verdict === verdict)),
  );
  const data = panels.flatMap(({ comparisons }, i) =>
    comparisons.flatMap((one) => (one.gain === null ? [] : gainTraces(one, pairs.indexOf(pairText(one)), i))),
  );
  const reach = reachOf(panels);
  const tested = family.filter(({ pValue }) => pValue !== null).length;
  return frameRows({
    id: `${result.study}-gains-${name}`,
    title: joined(title, panels.length === 1 ? panels[0]!.label : ""),
    caption: sentences(
      "Gain of the first arm over the second on the same data and initial weights: on the right of 0 the first is better.",
      all.some(({ metric }) => metric === "gradientSinTheta2") ? AGOP : "",
      tested === 0
        ? "One replication: no interval and no test."
        : `Thick: the 95 % t interval of one comparison alone; thin: of all ${tested} at once (Bonferroni).`,
      tested === 0
        ? ""
        : `Verdicts: Holm\u2019s test over the ${tested} at level ${numberText(100 * FAMILY_LEVEL)} %. No difference seen is not no difference.`,
      reach.cut ? "Some intervals leave the picture." : "",
      all.length > panels.length
        ? `The first ${panels.length} of ${all.length} panels; the table has all.`
        : "",
    ),
    data: [...data, ...verdicts.map(verdictKey)],
    panels,
    rows: pairs,
    ...(result.points.length > 1 ? { columns: Math.min(3, Math.max(2, metrics.length)) } : {}),
    xaxis: signedAxis(axisTitle(all[0]!.metric), reach.ends),
    table: gainTable(result, family, title),
  });
}

/** The panels of a family: one a point and metric for which something was measured. */
function gainPanels(result: DeepResult, family: readonly DeepComparison[]): GainPanel[] {
  const panels = new Map<string, DeepComparison[]>();
  for (const one of family) {
    const key = `${one.point} ${one.metric}`;
    panels.set(key, [...(panels.get(key) ?? []), one]);
  }
  const general = new Set(family.map(({ metric }) => deepMetricName(metric))).size > 1;
  return [...panels.values()].flatMap((comparisons) => {
    const { point, metric } = comparisons[0]!;
    if (comparisons.every(({ gain }) => gain === null)) return [];
    const place = panelText(result.points[point]!.varied, metric);
    return [{ label: joined(place, general ? shortName(metric) : ""), point, metric, comparisons }];
  });
}

function shortName(metric: DeepMetric): string {
  const { name } = metricParts(metric);
  if (name === "sinTheta2") return "first layer";
  return name === "gradientSinTheta2" ? "gradients (AGOP)" : deepMetricName(metric);
}

function axisTitle(metric: DeepMetric): string {
  return isRate(metric) ? "gain in points" : "gain in subspace error";
}

function gainTraces(one: DeepComparison, row: number, panel: number): PlotlyObject[] {
  const factor = shownFactor(one.metric);
  const { color, symbol } = LOOKS[one.verdict];
  const axes = axisNames(panel);
  const place = {
    type: "scatter",
    mode: "markers",
    showlegend: false,
    legendgroup: one.verdict,
    xaxis: axes.x,
    yaxis: axes.y,
    x: [factor * one.gain!],
    y: [row],
  };
  const bar = (half: number | null, thickness: number, width: number): PlotlyObject => ({
    type: "data",
    array: [half === null ? 0 : factor * half],
    color,
    thickness,
    width,
  });
  return [
    {
      ...place,
      name: "all",
      hoverinfo: "skip",
      marker: { color, size: 1 },
      error_x: bar(one.simultaneousHalfWidth, 1.2, 4),
    },
    {
      ...place,
      name: one.verdict,
      marker: { color, symbol, size: 11, line: { width: symbol.endsWith("open") ? 2 : 0 } },
      error_x: bar(one.halfWidth, 4, 0),
      hoverinfo: "text",
      hovertext: [
        [
          `<b>${plotlyText(pairText(one))}</b>`,
          `${plotlyText(upperFirst(deepMetricName(one.metric)))}: ${numberText(factor * one.gain!)}`,
          one.halfWidth === null ? "" : `± ${numberText(factor * one.halfWidth, 2)} alone (95 %)`,
          one.verdict,
        ]
          .filter((line) => line !== "")
          .join("<br>"),
      ],
    },
  ];
}

function verdictKey(verdict: Verdict): PlotlyObject {
  const { color, symbol } = LOOKS[verdict];
  return {
    type: "scatter",
    mode: "markers",
    name: verdict,
    legendgroup: verdict,
    showlegend: true,
    x: [null],
    y: [null],
    marker: { color, symbol, size: 10, line: { width: symbol.endsWith("open") ? 2 : 0 } },
    hoverinfo: "skip",
  };
}

/**
 * What the axis holds: all gains with their own intervals. The simultaneous ones may be many times as wide with few replications, and then leave the picture.
 */
function reachOf(panels: readonly GainPanel[]): { readonly ends: readonly number[]; readonly cut: boolean } {
  const all = panels.flatMap(({ comparisons }) => comparisons.filter(({ gain }) => gain !== null));
  const ends = (width: (one: DeepComparison) => number | null): number[] =>
    all.flatMap((one) => {
      const factor = shownFactor(one.metric);
      const half = width(one) ?? 0;
      return [factor * (one.gain! - half), factor * (one.gain! + half)];
    });
  const own = ends(({ halfWidth }) => halfWidth);
  // No rate gains more than 100 points.
  const limit = isRate(all[0]!.metric) ? 100 : Infinity;
  const most = Math.min(limit, 2.5 * Math.max(...own.map(Math.abs)));
  const wide = [...own, ...ends(({ simultaneousHalfWidth }) => simultaneousHalfWidth)];
  const cut = wide.some((end) => Math.abs(end) > most);
  return { ends: wide.map((end) => Math.max(-most, Math.min(most, end))), cut };
}
