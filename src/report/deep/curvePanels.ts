import { intervalText } from "../../core/numberText.js";
import { linearAxis, logAxis } from "../axes.js";
import type { FigureSpec, PlotlyObject, ReportTable } from "../figureSpec.js";
import { frameFigure } from "../frame.js";
import type { Shown } from "../interval.js";
import { plotlyText } from "../labels.js";
import type { MethodStyle } from "../palette.js";
import { axisNames } from "../panels.js";
import { rateAxis } from "./rateAxis.js";

/** A point of a curve: a mean with its interval at an x. */
export interface ArmPoint extends Shown {
  readonly x: number;
}

export interface ArmCurve {
  readonly arm: string;
  readonly points: readonly ArmPoint[];
}

/** How far, in shares of the narrowest step of x, the arms stand apart: their bars would hide each other. */
const SPREAD = 0.14;

/**
 * Curves of arms, in percent, against a number, panels beside each other: lines through means, bars for 95 % t intervals, a colour and marker an arm. On a log axis where `logX`.
 */
export function curvePanels(parts: {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly panels: readonly { readonly label: string; readonly curves: readonly ArmCurve[] }[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly logX: boolean;
  readonly styles: ReadonlyMap<string, MethodStyle>;
  readonly table: ReportTable;
}): FigureSpec {
  const { panels, xTitle, logX, styles } = parts;
  const arms = [...new Set(panels.flatMap(({ curves }) => curves.map(({ arm }) => arm)))];
  const xs = [
    ...new Set(panels.flatMap(({ curves }) => curves.flatMap((c) => c.points.map((p) => p.x)))),
  ].sort((a, b) => a - b);
  const seen = new Set<string>();
  const data = panels.flatMap(({ curves }, panel) =>
    curves.map((curve): PlotlyObject => {
      const first = !seen.has(curve.arm);
      seen.add(curve.arm);
      const shift = shifted(
        xs,
        logX,
        (arms.indexOf(curve.arm) - (arms.length - 1) / 2) / Math.max(1, arms.length - 1),
      );
      return curveTrace(curve, styles.get(curve.arm)!, panel, first, shift, xTitle);
    }),
  );
  const moved = [Math.min(...xs), Math.max(...xs)].flatMap((x) =>
    [-0.5, 0.5].map((at) => shifted(xs, logX, at)(x)),
  );
  const xaxis = logX
    ? { ...logAxis(xTitle, moved, xs), minor: {} }
    : { ...linearAxis(xTitle), ...(xs.length <= 8 ? { tickmode: "array", tickvals: xs } : {}) };
  return frameFigure({ ...parts, data, axes: { xaxis, yaxis: rateAxis(parts.yTitle, curvePoints(panels)) } });
}

/** All points of all panels. */
export function curvePoints(panels: readonly { readonly curves: readonly ArmCurve[] }[]): ArmPoint[] {
  return panels.flatMap(({ curves }) => curves.flatMap(({ points }) => points));
}

function curveTrace(
  { arm, points }: ArmCurve,
  style: MethodStyle,
  panel: number,
  showlegend: boolean,
  shift: (x: number) => number,
  xTitle: string,
): PlotlyObject {
  const axes = axisNames(panel);
  return {
    type: "scatter",
    mode: "lines+markers",
    name: plotlyText(arm),
    legendgroup: arm,
    showlegend,
    xaxis: axes.x,
    yaxis: axes.y,
    x: points.map(({ x }) => shift(x)),
    y: points.map(({ mean }) => mean),
    error_y: {
      type: "data",
      array: points.map(({ half }) => half ?? 0),
      color: style.color,
      thickness: 1.3,
      width: 3,
    },
    line: { color: style.color, width: 1.8, dash: "solid" },
    marker: { color: style.color, symbol: style.symbol, size: 8, line: { width: 0 } },
    connectgaps: false,
    hoverinfo: "text",
    hovertext: points.map(
      ({ x, mean, half, n }) =>
        `<b>${plotlyText(arm)}</b><br>${plotlyText(xTitle)}: ${x}<br>${intervalText(mean, half)} (95 %), n = ${n}`,
    ),
  };
}

/** Moves an x sideways by `at` in [-0.5, 0.5] of the spread. */
function shifted(xs: readonly number[], logX: boolean, at: number): (x: number) => number {
  const scale = logX ? Math.log : (x: number): number => x;
  const steps = xs.slice(1).map((x, i) => scale(x) - scale(xs[i]!));
  const move = at * SPREAD * (steps.length === 0 ? 0 : Math.min(...steps));
  return (x) => (logX ? x * Math.exp(move) : x + move);
}
