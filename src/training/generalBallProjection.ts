import { AdvTransferError } from "../core/errors.js";
import { findRoot } from "../numerics/roots.js";
import { dualExponent, lqNorm } from "./lqNorm.js";

/**
 * The projection of x onto `||v||_q <= radius` for 1 < q < Infinity and x outside the ball. In units of the radius, xi = |x|/radius, the
 * optimality conditions are, coordinate by coordinate and with one multiplier lambda >= 0,
 *
 *     t_i + lambda t_i^(q-1) = xi_i,        ||t||_q = 1,
 *
 * and the residual is lambda t^(q-1). The left side decreases in lambda, and lambda = ||xi - t||_{q*} lies in (0, ||xi||_{q*}]: a
 * bracketing search over lambda, with a Newton solve for each coordinate inside. Stable for q near 1 and for q in the thousands.
 *
 * Cost: about 12 evaluations of all coordinates, a few powers each. Throws `numerical` should the search not converge.
 */
export function generalBallProjection(
  x: Float64Array,
  q: number,
  radius: number,
): { projection: Float64Array; residual: Float64Array } {
  const xi = x.map((value) => Math.abs(value) / radius);
  const t = new Float64Array(x.length);
  const powers = new Float64Array(x.length);
  const fill = (lambda: number): void => {
    for (let i = 0; i < xi.length; i++) {
      // For q < 2 the power t^(q-1) has a vertical tangent at 0: the equation is solved for the power instead, where it is convex.
      if (q < 2) {
        const k = 1 / (q - 1);
        powers[i] = convexRoot(k, 1, lambda, xi[i]!);
        // A power loses k units in the last place, a difference what cancels: the smaller loss is taken.
        const power = powers[i]! ** k;
        t[i] = k * power < xi[i]! ? power : Math.max(0, xi[i]! - lambda * powers[i]!);
      } else {
        t[i] = convexRoot(q - 1, lambda, 1, xi[i]!);
        powers[i] = t[i]! ** (q - 1);
      }
    }
  };
  const excess = (lambda: number): number => {
    fill(lambda);
    return lqNorm(t, q) - 1;
  };
  // Rounding may put a point that is hardly outside on the sphere.
  if (excess(0) <= 0) return { projection: x.slice(), residual: new Float64Array(x.length) };
  // Twice the largest lambda: at the largest itself rounding could hide the change of sign.
  const root = findRoot(excess, 0, 2 * lqNorm(xi, dualExponent(q)));
  if (!root.converged) {
    throw new AdvTransferError(
      "numerical",
      `the projection onto the l_${q} ball of radius ${radius} did not converge`,
    );
  }
  fill(root.x);
  const projection = new Float64Array(x.length);
  const residual = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const sign = x[i]! < 0 ? -1 : 1;
    projection[i] = sign * radius * t[i]!;
    const rest = root.x * powers[i]!;
    residual[i] = sign * radius * ((q - 1) * rest > xi[i]! ? xi[i]! - t[i]! : rest);
  }
  return { projection, residual };
}

/**
 * The root z >= 0 of `a z^k + b z = c` for k >= 1, a, b >= 0, c >= 0. The left side is increasing and convex, so Newton's method from the right never
 * overshoots; it starts at min((c/a)^(1/k), c/b), where the left side is at most 2 c.
 */
function convexRoot(k: number, a: number, b: number, c: number): number {
  if (c === 0) return 0;
  let z = Math.min((c / a) ** (1 / k), c / b);
  for (let iteration = 0; iteration < 200; iteration++) {
    const power = a * z ** (k - 1);
    const step = (power * z + b * z - c) / (k * power + b);
    if (!(step > 2 ** -53 * z)) return z;
    z -= step;
  }
  return z;
}
