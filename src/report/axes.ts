import { tickText } from "../core/numberText.js";
import type { PlotlyObject } from "./figureSpec.js";
import { plotlyText } from "./labels.js";

/**
 * Ticks of a log axis over [low, high], low > 0: decades when many, 1-2-5 over one or two, finer mantissas below, and evenly spaced
 * round numbers over less than half a decade. At most 10, at least 2.
 */
export function logTicks(low: number, high: number): number[] {
  const span = Math.log10(high / low);
  if (span > 2.4) return decades(low, high, Math.ceil(span / 6));
  if (span > 1.1) return mantissaTicks(low, high, [1, 2, 5]);
  if (span > 0.5) return mantissaTicks(low, high, [1, 1.5, 2, 3, 4, 5, 7]);
  return evenTicks(low, high);
}

/**
 * A log axis with an explicit range. Values that are not positive have no place on it and are ignored here; traces leave a gap for them.
 *
 * @param values everything that must be inside
 * @param preferred design values to be used as ticks when they are few and far enough apart to be read
 */
export function logAxis(
  title: string,
  values: readonly number[],
  preferred: readonly number[] = [],
): PlotlyObject {
  const positive = values.filter((v) => v > 0 && v < Infinity);
  const low = positive.length === 0 ? 0.1 : Math.min(...positive);
  const high = positive.length === 0 ? 1 : Math.max(...positive);
  const pad = Math.max(0.05 * Math.log10(high / low), 0.03);
  const range = [Math.log10(low) - pad, Math.log10(high) + pad] as const;
  const ticks = readableDesign(preferred) ?? logTicks(10 ** range[0], 10 ** range[1]);
  return {
    type: "log",
    title: { text: plotlyText(title) },
    range: [...range],
    tickmode: "array",
    tickvals: ticks,
    ticktext: ticks.map(tickText),
  };
}

/** A linear axis; `fromZero` when 0 is a meaningful floor (errors and risks), so that heights can be compared. */
export function linearAxis(
  title: string,
  options: { fromZero?: boolean; zeroLine?: boolean } = {},
): PlotlyObject {
  return {
    type: "linear",
    title: { text: plotlyText(title) },
    nticks: 7,
    rangemode: options.fromZero === true ? "tozero" : "normal",
    zeroline: options.zeroLine === true,
  };
}

/** A linear axis that shows all values and 0, which is marked by a line, with room on both sides. */
export function signedAxis(title: string, values: readonly number[]): PlotlyObject {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const pad = 0.07 * (high - low) || 1;
  return { ...linearAxis(title, { zeroLine: true }), rangemode: "normal", range: [low - pad, high + pad] };
}

/** An axis of named positions 0, 1, ..., k - 1. */
export function categoryAxis(title: string, names: readonly string[]): PlotlyObject {
  return {
    type: "linear",
    title: { text: plotlyText(title) },
    range: [-0.5, names.length - 0.5],
    tickmode: "array",
    tickvals: names.map((_, i) => i),
    ticktext: names.map((name) => plotlyText(shorten(name, 20))),
    showgrid: false,
  };
}

/** true when values spread enough (more than 8 times, all positive) for a log axis to show them better. */
export function prefersLog(values: readonly number[]): boolean {
  if (values.length < 2 || !values.every((v) => v > 0 && v < Infinity)) return false;
  return Math.max(...values) / Math.min(...values) >= 8;
}

/** true for at least three positive values in a geometric progression (to 2 %, as rounded sizes are): 100, 200, 400. */
export function isGeometric(values: readonly number[]): boolean {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length < 3 || !(sorted[0]! > 0)) return false;
  const steps = sorted.slice(1).map((v, i) => Math.log(v / sorted[i]!));
  return Math.max(...steps) - Math.min(...steps) <= 0.02 * Math.max(...steps);
}

function readableDesign(values: readonly number[]): number[] | null {
  const sorted = [...new Set(values)].filter((v) => v > 0).sort((a, b) => a - b);
  if (sorted.length < 2 || sorted.length > 8) return null;
  const span = Math.log10(sorted[sorted.length - 1]! / sorted[0]!);
  const closest = Math.min(...sorted.slice(1).map((v, i) => Math.log10(v / sorted[i]!)));
  return closest >= span / 9 && sorted.every((v) => tickText(v).length <= 6) ? sorted : null;
}

function decades(low: number, high: number, step: number): number[] {
  const ticks: number[] = [];
  for (let k = Math.ceil(Math.log10(low) - 1e-9); k <= Math.log10(high) + 1e-9; k++) {
    if (k % step === 0) ticks.push(10 ** k);
  }
  return ticks;
}

function mantissaTicks(low: number, high: number, mantissas: readonly number[]): number[] {
  const ticks: number[] = [];
  for (let k = Math.floor(Math.log10(low)) - 1; k <= Math.log10(high) + 1; k++) {
    for (const m of mantissas) {
      const value = Number(`${m}e${k}`);
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  return ticks;
}

function evenTicks(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const scale = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * scale).find((s) => s >= rough) ?? 10 * scale;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

function shorten(name: string, width: number): string {
  return name.length <= width ? name : `${name.slice(0, width - 1)}\u2026`;
}
