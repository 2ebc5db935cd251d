import { numberText } from "../../core/numberText.js";
import type { DeepMetric } from "../../deep/study/deepMetrics.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import { linearAxis } from "../axes.js";
import type { FigureSpec, PlotlyObject, ReportTable } from "../figureSpec.js";
import { frameFigure } from "../frame.js";
import { plotlyText } from "../labels.js";
import type { MethodStyle } from "../palette.js";
import { axisNames } from "../panels.js";
import { armNames } from "./armValues.js";
import { budgetText, counted, metricParts, sentences, shownText } from "./deepText.js";
import { rankCorrelation } from "./rankCorrelation.js";

/** One arm in one replication at one point of the grid. */
interface Dot {
  readonly arm: string;
  readonly replication: number;
  readonly x: number;
  readonly y: number;
}

interface SubspacePanel {
  readonly label: string;
  readonly error: DeepMetric;
  /** Whether it is of the main budget, the smallest. */
  readonly main: boolean;
  readonly dots: readonly Dot[];
}

const SUBSPACES = [
  { metric: "sinTheta2", label: "first layer" },
  { metric: "gradientSinTheta2", label: "average gradient outer product" },
] as const;

/**
 * What theory says decides transfer against what it is worth: the subspace error of a trained network against its target error, a point an arm and replication, for the
 * first layer and for the average gradient outer product, at the smallest label budget; the table has all budgets. Null where no subspace is known.
 */
export function subspaceFigure(
  result: DeepResult,
  errors: readonly DeepMetric[],
  styles: ReadonlyMap<string, MethodStyle>,
): FigureSpec | null {
  const all = errors
    .flatMap((error, i) =>
      SUBSPACES.map(
        ({ metric, label }): SubspacePanel => ({
          label: errors.length > 1 ? `${label}, ${budgetText(metricParts(error).budget!)}` : label,
          error,
          main: i === 0,
          dots: dotsOf(result, metric, error),
        }),
      ),
    )
    .filter(({ dots }) => dots.length > 0);
  // The other budgets only move the points up and down: the table has their correlations.
  const known = all.filter(({ main }) => main);
  if (known.length === 0) return null;
  const widest = Math.max(...known.flatMap(({ dots }) => dots.map(({ x }) => x)));
  const arms = armNames(result).filter((arm) =>
    known.some(({ dots }) => dots.some((dot) => dot.arm === arm)),
  );
  const seen = new Set<string>();
  const data = known.flatMap(({ dots }, i) =>
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
    title: "Subspace error against target error",
    caption: sentences(
      "A point an arm and replication; \u2016sin \u0398\u2016\u00b2 is the distance of what a network looks at from the true subspace, 0 at best.",
      ...known.map(correlationText),
      "Correlation is over arms that were trained differently: it says that the two go together, not that one makes the other.",
    ),
    data,
    panels: known,
    axes: {
      xaxis: { ...linearAxis("subspace error \u2016sin \u0398\u2016\u00b2"), range: [0, 1.06 * widest || 1] },
      yaxis: linearAxis("target error (%)"),
    },
    table: correlationTable(all, arms),
  });
}

function dotsOf(result: DeepResult, subspace: DeepMetric, error: DeepMetric): Dot[] {
  return result.values.flatMap(({ cell, replication, metrics }) => {
    const [x, y] = [metrics[subspace] ?? null, metrics[error] ?? null];
    if (x === null || y === null) return [];
    return [{ arm: result.cells[cell]!.problem.arm.name, replication, x, y: 100 * y }];
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

interface Correlations {
  readonly all: number | null;
  /** Between the means of the arms. */
  readonly means: number | null;
  /** The mean over arms of the correlation over the replications of one arm. */
  readonly within: number | null;
}

function correlations(dots: readonly Dot[]): Correlations {
  const byArm = new Map<string, Dot[]>();
  for (const dot of dots) byArm.set(dot.arm, [...(byArm.get(dot.arm) ?? []), dot]);
  const of = (some: readonly { x: number; y: number }[]): number | null =>
    rankCorrelation(
      some.map(({ x }) => x),
      some.map(({ y }) => y),
    );
  const inside = [...byArm.values()].map(of).filter((rho) => rho !== null);
  return {
    all: of(dots),
    means: of(
      [...byArm.values()].map((own) => ({ x: mean(own.map(({ x }) => x)), y: mean(own.map(({ y }) => y)) })),
    ),
    within: inside.length === 0 ? null : mean(inside),
  };
}

function correlationText({ label, dots }: SubspacePanel): string {
  const { all, means, within } = correlations(dots);
  if (all === null) return "";
  const more = [
    means === null ? "" : `${correlationNumber(means)} between the means of the arms`,
    within === null ? "" : `${correlationNumber(within)} within an arm on average`,
  ].filter((text) => text !== "");
  const rest = more.length === 0 ? "" : ` (${more.join(", ")})`;
  return `Rank correlation, ${label}: ${correlationNumber(all)} over ${counted(dots.length, "point")}${rest}.`;
}

function correlationTable(panels: readonly SubspacePanel[], arms: readonly string[]): ReportTable {
  const armRows = arms.map((arm) => [
    arm,
    ...panels.flatMap(({ dots, error }) => {
      const own = dots.filter((dot) => dot.arm === arm);
      if (own.length === 0) return ["\u2014", "\u2014"];
      return [numberText(mean(own.map(({ x }) => x))), shownText(error, mean(own.map(({ y }) => y)) / 100)];
    }),
  ]);
  const correlationRow = (name: string, pick: keyof Correlations): string[] => [
    `rank correlation, ${name}`,
    ...panels.flatMap(({ dots }) => [correlationNumber(correlations(dots)[pick]), ""]),
  ];
  return {
    caption:
      "Means over replications of the subspace error and the target error of each arm, and their rank correlations",
    columns: [
      "arm",
      ...panels.flatMap(({ label }) => [`\u2016sin \u0398\u2016\u00b2, ${label}`, "target error"]),
    ],
    rows: [
      ...armRows,
      correlationRow("all points", "all"),
      correlationRow("means of arms", "means"),
      correlationRow("within an arm", "within"),
    ],
  };
}

function correlationNumber(rho: number | null): string {
  return rho === null ? "\u2014" : `${rho < 0 ? "\u2212" : ""}${Math.abs(rho).toFixed(2)}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
