/** A linear functional of the fitted values y. */
export type Functional = (y: readonly number[]) => number;

/**
 * The slope of the weighted least-squares line through (x_i, y_i) as a function of y: sum w_i (x_i - xbar) y_i / sum w_i (x_i - xbar)^2. Needs two different x.
 */
export function lineFit(x: readonly number[], weights: readonly number[]): Functional {
  const basis = orthogonalized(x, weights, 1);
  return projection(basis, weights);
}

/** The quadratic coefficient of the weighted least-squares parabola through (x_i, y_i), as a function of y. Needs three different x. */
export function parabolaFit(x: readonly number[], weights: readonly number[]): Functional {
  const basis = orthogonalized(x, weights, 2);
  return projection(basis, weights);
}

/**
 * x^degree minus its weighted projection on lower degrees: the leading coefficient of the fit is the projection of y on what is left. The powers are of the
 * centred x, whose leading coefficient is the same and whose projections lose no digits.
 */
function orthogonalized(x: readonly number[], weights: readonly number[], degree: 1 | 2): number[] {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const center = x.reduce((sum, xi, i) => sum + weights[i]! * xi, 0) / total;
  const linear = x.map((xi) => xi - center);
  if (degree === 1) return linear;
  const square = linear.map((value) => value * value);
  const mean = dot(square, weights, null) / total;
  const slope = dot(square, weights, linear) / dot(linear, weights, linear);
  return square.map((value, i) => value - mean - slope * linear[i]!);
}

function projection(basis: readonly number[], weights: readonly number[]): Functional {
  const length = dot(basis, weights, basis);
  return (y) => dot(y, weights, basis) / length;
}

function dot(a: readonly number[], weights: readonly number[], b: readonly number[] | null): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * weights[i]! * (b === null ? 1 : b[i]!);
  return sum;
}
