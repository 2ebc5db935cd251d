/** How far below its curve the guide runs, as a factor: close enough to compare, far enough not to hide it. */
const BELOW = 0.7;

/**
 * A straight line of a given slope in log-log axes over the x range of a curve: y = BELOW * y0 (x / x0)^exponent through the curve's first
 * positive point, lowered until it is below the whole curve where that takes less than a factor of 3.
 */
export function guideLine(
  points: readonly { readonly x: number | null; readonly mean: number | null }[],
  exponent: number,
): { x: number[]; y: number[] } {
  const seen = points.filter(
    (p): p is { x: number; mean: number } => p.x !== null && p.x > 0 && p.mean !== null && p.mean > 0,
  );
  if (seen.length === 0) return { x: [], y: [] };
  const first = seen[0]!;
  const line = (x: number): number => first.mean * (x / first.x) ** exponent;
  const lowest = Math.min(...seen.map((p) => p.mean / line(p.x)));
  const factor = BELOW * (lowest > 1 / 3 ? lowest : 1);
  const x = [first.x, seen[seen.length - 1]!.x];
  return { x, y: x.map((at) => factor * line(at)) };
}

/** An exponent as theory writes it: -1/2, 1/4, -1; other numbers with two decimals. */
export function fractionText(value: number): string {
  const sign = value < 0 ? "\u2212" : "";
  const magnitude = Math.abs(value);
  for (const denominator of [1, 2, 3, 4]) {
    const numerator = Math.round(magnitude * denominator);
    if (Math.abs(magnitude * denominator - numerator) < 1e-9) {
      return denominator === 1 ? `${sign}${numerator}` : `${sign}${numerator}/${denominator}`;
    }
  }
  return sign + magnitude.toFixed(2);
}
