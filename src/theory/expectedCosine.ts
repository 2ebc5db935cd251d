import { badInput } from "../core/guards.js";
import { integrate } from "../numerics/special/gaussLegendre.js";

const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

/**
 * K(k, rho): the expected cosine of the angle between a unit vector e of R^k and the noisy observation rho e + z, z ~ N(0, I_k)
 * (docs/theory.md 5.4). In closed form (rho / sqrt 2) Gamma((k+1)/2) / Gamma(k/2+1) 1F1(1/2; k/2+1; -rho^2/2); Euler's integral of 1F1
 * cancels all the gamma functions and leaves
 *
 *     K(k, rho) = rho sqrt(2/pi) int_0^{pi/2} exp(-rho^2 sin^2(theta) / 2) cos^k(theta) dtheta,
 *
 * whose integrand is positive and analytic: no overflow and no cancellation for any k in [1, 1e9] and rho in [0, 1e6], error
 * about 1e-13. K is 0 at rho = 0, 2 Phi(rho) - 1 at k = 1, about rho / sqrt(k + rho^2) for large k, and tends to 1 with rho.
 * Cost: 64 exponentials. Throws `bad-input` unless k >= 1 and rho >= 0.
 *
 * @example expectedCosine(1, 1) // 2 Phi(1) - 1 = 0.6827
 */
export function expectedCosine(k: number, rho: number): number {
  requireDomain(k, rho);
  if (rho === Infinity) return 1;
  // The integrand is at most exp(-(k + rho^2) sin^2(theta) / 2): nothing is left of it where that is exp(-50).
  const end = Math.asin(Math.min(1, 10 / Math.sqrt(k + rho * rho)));
  const integral = integrate(
    (theta) => {
      const sine2 = Math.sin(theta) ** 2;
      return Math.exp(-0.5 * (rho * rho * sine2 - k * Math.log1p(-sine2)));
    },
    0,
    end,
    64,
  );
  return Math.min(1, rho * SQRT_2_OVER_PI * integral);
}

/**
 * 1 - K(k, rho), with its leading digits also where K is so close to 1 that the difference would lose them (1 - K is about (k - 1) /
 * (2 rho^2) there): the integral of the complement, which is positive everywhere.
 *
 * @example expectedCosineDeficit(3, 1e6) // 1e-12
 */
export function expectedCosineDeficit(k: number, rho: number): number {
  const cosine = expectedCosine(k, rho);
  if (cosine < 0.95 || rho < 14) return 1 - cosine;
  const integral = integrate(
    (y) => -Math.exp(-0.5 * y * y) * Math.expm1(0.5 * (k - 1) * Math.log1p(-((y / rho) ** 2))),
    0,
    13,
    64,
  );
  return SQRT_2_OVER_PI * integral;
}

function requireDomain(k: number, rho: number): void {
  if (!(k >= 1 && k < Infinity)) throw badInput("k", "a finite number >= 1", k);
  if (!(rho >= 0)) throw badInput("rho", "a number >= 0", rho);
}
