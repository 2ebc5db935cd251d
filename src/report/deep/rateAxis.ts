import { linearAxis } from "../axes.js";
import type { PlotlyObject } from "../figureSpec.js";
import type { Shown } from "../interval.js";

/**
 * The axis of values in percent: it holds the means and their intervals as far as they lie in [0, 100]. With few replications t intervals reach beyond what an
 * error rate can be, and would press all else together.
 */
export function rateAxis(title: string, values: readonly Shown[]): PlotlyObject {
  const ends = values.flatMap(({ mean, half }) =>
    mean === null ? [] : [Math.max(0, mean - (half ?? 0)), Math.min(100, mean + (half ?? 0))],
  );
  const low = Math.min(100, ...ends);
  const high = Math.max(0, ...ends);
  const pad = 0.05 * (high - low) || 1;
  return { ...linearAxis(title), range: [low - pad, high + pad] };
}

/** A sentence for intervals that leave the picture because no error rate is there; empty where none does. */
export function beyondText(values: readonly Shown[]): string {
  const beyond = values.some(
    ({ mean, half }) => mean !== null && half !== null && (mean - half < 0 || mean + half > 100),
  );
  return beyond ? "Some intervals go beyond 0 or 100 %, where no error can be, and are cut there." : "";
}
