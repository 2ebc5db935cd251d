const MINUS = "\u2212";
const SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

/**
 * A number as a reader wants it: `digits` significant digits, plain between 1e-4 and 1e6, otherwise as 2.5x10^k with
 * superscripts; a true minus sign. null, NaN and infinities: "—", "—" and "∞".
 *
 * @example numberText(0.07231) // "0.0723"
 */
export function numberText(value: number | null, digits: number = 3): string {
  if (value === null || Number.isNaN(value)) return "\u2014";
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : `${MINUS}\u221e`;
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  const sign = value < 0 ? MINUS : "";
  if (Number.isInteger(magnitude) && magnitude < 1e6) return sign + String(magnitude);
  if (magnitude >= 1e-4 && magnitude < 1e6) {
    const places = Math.max(0, digits - 1 - Math.floor(Math.log10(magnitude)));
    return sign + magnitude.toFixed(Math.min(places, 12));
  }
  return sign + powerText(Number(magnitude.toPrecision(digits)));
}

/**
 * `mean ± half` with the digits that the error leaves meaningful (two of the half-width). Without a half-width, the mean.
 *
 * @example intervalText(0.07231, 0.00123) // "0.0723 ± 0.0012"
 */
export function intervalText(mean: number | null, half: number | null): string {
  if (mean === null) return "\u2014";
  if (half === null || !(half > 0)) return numberText(mean, 4);
  if (half < 1e-6 || half >= 1e6 || Math.abs(mean) >= 1e6) {
    return `${numberText(mean, 4)} \u00b1 ${numberText(half, 2)}`;
  }
  const places = Math.max(0, 1 - Math.floor(Math.log10(half)));
  const sign = mean < 0 ? MINUS : "";
  return `${sign}${Math.abs(mean).toFixed(places)} \u00b1 ${half.toFixed(places)}`;
}

/** The label of a tick: exact, as short as it can be. */
export function tickText(value: number): string {
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  const sign = value < 0 ? MINUS : "";
  // Ticks are computed as mantissa * 10^k: 12 digits drop the rounding of that product.
  const exact = Number(magnitude.toPrecision(12));
  if (exact >= 1e-4 && exact < 1e5) return sign + String(exact);
  return sign + powerText(exact);
}

/** A relative deviation, signed. @example percentText(0.0123) // "+1.2 %" */
export function percentText(ratio: number): string {
  const percent = 100 * ratio;
  const text = Math.abs(percent) >= 100 ? Math.abs(percent).toFixed(0) : Math.abs(percent).toFixed(1);
  return `${percent < 0 ? MINUS : "+"}${text} %`;
}

function powerText(magnitude: number): string {
  const [mantissa, exponent] = magnitude.toExponential().split("e");
  const power = `10${superscript(Number(exponent))}`;
  return mantissa === "1" ? power : `${mantissa}\u00d7${power}`;
}

function superscript(value: number): string {
  const digits = [...String(Math.abs(value))].map((d) => SUPERSCRIPTS[Number(d)]).join("");
  return value < 0 ? `\u207b${digits}` : digits;
}
