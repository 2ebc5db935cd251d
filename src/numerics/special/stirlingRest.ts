/**
 * The rest of Stirling's formula about k + 1, k >= 0 a whole number: `ln k! - [(k + 1/2) ln(k + 1) - (k + 1) + ln(2 pi) / 2]`, with an
 * absolute error of 1e-14; it falls from 0.0811 at k = 0 like 1 / (12 (k + 1)). Differences of large factorials lose fewer digits by it than by logarithms of the gamma function.
 *
 * @example stirlingRest(0) // 1 - ln(2 pi) / 2 = 0.0810614667953273
 */
export function stirlingRest(k: number): number {
  return k < EXACT_RESTS.length ? EXACT_RESTS[k]! : stirlingSeries(k + 1);
}

function stirlingSeries(x: number): number {
  const square = x * x;
  return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / x;
}

/** For small k by the recurrence from one where the series is exact to rounding: rest(k) = rest(k+1) + (k + 3/2) ln((k+2)/(k+1)) - 1. */
const EXACT_RESTS: readonly number[] = (() => {
  const rests: number[] = [];
  let rest = stirlingSeries(31);
  for (let k = 29; k >= 0; k--) {
    rest += (k + 1.5) * Math.log((k + 2) / (k + 1)) - 1;
    rests[k] = rest;
  }
  return rests;
})();
