/** Weighted least-squares fits through the same points (x_i, y_i). */
export interface WeightedFit {
  /** b of the line y = a + b x: sum w_i (x_i - xbar) y_i / sum w_i (x_i - xbar)^2. */
  readonly slope: number;
  /** c of the parabola y = a + b x + c x^2: the projection of y on what is left of x^2 when a line is taken out. NaN for fewer than three different x. */
  readonly bend: number;
}

/**
 * Line and parabola by least squares with weights w_i > 0. Powers are of the centred x, so that no digits are lost. No allocation: the bootstrap calls it 400 times a test.
 *
 * @example weightedFit([0, 1, 2], [1, 3, 5], [1, 1, 1]) // { slope: 2, bend: 0 }
 */
export function weightedFit(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights: ArrayLike<number>,
): WeightedFit {
  let total = 0;
  let center = 0;
  for (let i = 0; i < x.length; i++) {
    total += weights[i]!;
    center += weights[i]! * x[i]!;
  }
  center /= total;
  let second = 0;
  let third = 0;
  let product = 0;
  for (let i = 0; i < x.length; i++) {
    const l = x[i]! - center;
    const w = weights[i]! * l;
    second += w * l;
    third += w * l * l;
    product += w * y[i]!;
  }
  let length = 0;
  let along = 0;
  for (let i = 0; i < x.length; i++) {
    const l = x[i]! - center;
    const rest = l * l - second / total - (third / second) * l;
    length += weights[i]! * rest * rest;
    along += weights[i]! * rest * y[i]!;
  }
  return { slope: product / second, bend: along / length };
}
