import { numberText } from "../../core/numberText.js";
import { type DeepMetric, metricParts } from "../../deep/study/deepMetrics.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import { linearAxis } from "../axes.js";
import type { FigureSpec, PlotlyObject, ReportTable } from "../figureSpec.js";
import { frameFigure } from "../frame.js";
import { plotlyText } from "../labels.js";
import type { MethodStyle } from "../palette.js";
import { axisNames } from "../panels.js";
import { armNames } from "./armValues.js";
import { AGOP, budgetText, counted, sentences } from "./deepText.js";
import {
  type Correlations,
  correlations,
  type Dot,
  meanDot,
  SUBSPACES,
  subspaceDots,
} from "./subspaceDots.js";

interface SubspacePanel {
  readonly label: string;
  readonly metric: DeepMetric;
  readonly dots: readonly Dot[];
}

/**
 * What theory says decides transfer against what it is worth: the subspace error of a trained network against its target error, a point an arm and replication, for the
 * first layer and for the average gradient outer product, at the smallest label budget; the table has all budgets. Null where no subspace is known.
 */
export function subspaceFigure(
  result: DeepResult,
  errors: readonly DeepMetric[],
  styles: ReadonlyMap<string, MethodStyle>,
): FigureSpec | null {
  const main = errors[0];
  if (main === undefined) return null;
  const panels = SUBSPACES.map(
    ({ metric, label }): SubspacePanel => ({
      label,
      metric,
      dots: subspaceDots(result, metric, main),
    }),
  ).filter(({ dots }) => dots.length > 0);
  if (panels.length === 0) return null;
  const arms = armNames(result).filter((arm) =>
    panels.some(({ dots }) => dots.some((dot) => dot.arm === arm)),
  );
  const widest = Math.max(...panels.flatMap(({ dots }) => dots.map(({ x }) => x)));
  const seen = new Set<string>();
  const data = panels.flatMap(({ dots }, i) =>
    arms.flatMap((arm) => {
      const own = dots.filter((dot) => dot.arm === arm);
      if (own.length === 0) return [];
      const first = !seen.has(arm);
      seen.add(arm);
      return [armTrace(arm, own, i, styles.get(arm)!, first)];
    }),
  );
  return frameFigure({
    id: `${result.study}-subspace-error`,
    title: `Subspace error against target error, ${budgetText(metricParts(main).budget!)}`,
    caption: sentences(
      "A point an arm and replication; \u2016sin \u0398\u2016\u00b2 is the distance of what a network looks at from the true subspace, 0 at best.",
      panels.some(({ metric }) => metric === "gradientSinTheta2") ? AGOP : "",
      ...panels.map(correlationText),
      "This is over arms that were trained differently: it says that the two go together, not that one makes the other.",
    ),
    data,
    panels,
    axes: {
      xaxis: { ...linearAxis("subspace error \u2016sin \u0398\u2016\u00b2"), range: [0, 1.06 * widest || 1] },
      yaxis: linearAxis("target error (%)"),
    },
    table: subspaceTable(result, errors, panels, arms),
  });
}

function armTrace(
  arm: string,
  dots: readonly Dot[],
  panel: number,
  style: MethodStyle,
  showlegend: boolean,
): PlotlyObject {
  const axes = axisNames(panel);
  return {
    type: "scatter",
    mode: "markers",
    name: plotlyText(arm),
    legendgroup: arm,
    showlegend,
    xaxis: axes.x,
    yaxis: axes.y,
    x: dots.map(({ x }) => x),
    y: dots.map(({ y }) => y),
    marker: { color: style.color, symbol: style.symbol, size: 8, opacity: 0.8, line: { width: 0 } },
    hoverinfo: "text",
    hovertext: dots.map(
      ({ replication, x, y }) =>
        `<b>${plotlyText(arm)}</b>, replication ${replication}<br>\u2016sin \u0398\u2016\u00b2 ${numberText(x)}<br>target error ${numberText(y)} %`,
    ),
  };
}

function correlationText({ label, dots }: SubspacePanel): string {
  const { all, means, within } = correlations(dots);
  if (all === null) return "";
  const more = [
    means === null ? "" : `${rhoText(means)} between the means of the arms`,
    within === null ? "" : `${rhoText(within)} within an arm on average`,
  ].filter((text) => text !== "");
  const rest = more.length === 0 ? "" : ` (${more.join(", ")})`;
  return `Rank correlation, ${label}: ${rhoText(all)} over ${counted(dots.length, "point")}${rest}.`;
}

/** Means of both errors by arm, and below each target error its rank correlations. */
function subspaceTable(
  result: DeepResult,
  errors: readonly DeepMetric[],
  panels: readonly SubspacePanel[],
  arms: readonly string[],
): ReportTable {
  const ofArm = (dots: readonly Dot[], arm: string): readonly Dot[] => dots.filter((dot) => dot.arm === arm);
  const armRows = arms.map((arm) => [
    arm,
    ...panels.map(({ dots }) => {
      const own = ofArm(dots, arm);
      return own.length === 0 ? "\u2014" : numberText(meanDot(own).x);
    }),
    ...errors.map((error) => {
      const own = panels
        .map(({ metric }) => ofArm(subspaceDots(result, metric, error), arm))
        .find((dots) => dots.length > 0);
      return own === undefined ? "\u2014" : meanDot(own).y.toFixed(1);
    }),
  ]);
  const kinds: readonly (readonly [keyof Correlations, string])[] = [
    ["all", "all points"],
    ["means", "means of arms"],
    ["within", "within an arm"],
  ];
  const correlationRows = panels.flatMap(({ label, metric }) =>
    kinds.map(([kind, name]) => [
      `rank correlation with the ${label}, ${name}`,
      ...panels.map(() => ""),
      ...errors.map((error) => rhoText(correlations(subspaceDots(result, metric, error))[kind])),
    ]),
  );
  return {
    caption:
      "Means over replications of the subspace errors and target errors of each arm, and their rank correlations",
    columns: [
      "arm",
      ...panels.map(({ label }) => `\u2016sin \u0398\u2016\u00b2, ${label}`),
      ...errors.map((error) => `target error (%), ${budgetText(metricParts(error).budget!)}`),
    ],
    rows: [...armRows, ...correlationRows],
  };
}

function rhoText(rho: number | null): string {
  return rho === null ? "\u2014" : `${rho < 0 ? "\u2212" : ""}${Math.abs(rho).toFixed(2)}`;
}
