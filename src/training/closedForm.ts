import { requireFinite, requireNonNegative } from "../core/guards.js";
import { norm2, scaled } from "../numerics/products.js";
import { projectOntoBall } from "./ballProjection.js";
import { lqNorm } from "./lqNorm.js";

/** An attack with its radius resolved: `||delta||_norm <= radius`. */
export interface Ball {
  readonly norm: number;
  readonly radius: number;
}

/** The classifier of one source task. */
export interface TaskClassifier {
  /** betahat, a unit vector, or zero when the task is filtered out; length p. */
  readonly direction: Float64Array;
  /** The value of the objective at betahat, ||muhat - P(muhat)||_2; 0 when the task is filtered out. */
  readonly value: number;
}

/**
 * The exact minimiser of the linear loss over the unit ball, standard or adversarial (docs/theory.md section 2; the minimax identity):
 *
 *     max_{||beta||_2 <= 1} <beta, muhat> - eps ||beta||_{q*} = min_{||v||_q <= eps} ||muhat - v||_2,
 *
 * attained at betahat = (muhat - P(muhat)) / ||.||_2, P the projection onto the l_q ball of radius eps. `attack` null is standard training,
 * betahat = muhat / ||muhat||. When ||muhat||_q <= eps the maximum is 0, attained at 0: the task is filtered out. With q = 2 the
 * direction is, bit for bit, that of standard training: the attack only filters.
 *
 * Cost: that of {@link projectOntoBall}. Throws `numerical` on non-finite muhat, `bad-input` on a radius or exponent out of range.
 *
 * @example closedForm(Float64Array.of(3, 0.5), { norm: Infinity, radius: 1 }).direction // [1, 0]
 */
export function closedForm(muhat: Float64Array, attack: Ball | null): TaskClassifier {
  requireFinite("muhat", muhat);
  if (attack === null) return normalized(muhat, norm2(muhat));
  if (attack.norm === 2) {
    requireNonNegative("radius", attack.radius);
    const length = norm2(muhat);
    return length <= attack.radius ? filtered(muhat.length) : normalized(muhat, length - attack.radius);
  }
  const { residual, inside } = projectOntoBall(muhat, attack.norm, attack.radius);
  return inside ? filtered(muhat.length) : normalized(residual, norm2(residual));
}

/** The objective <beta, muhat> - eps ||beta||_{q*} that {@link closedForm} maximises; `dual` is q*. */
export function adversarialObjective(
  beta: Float64Array,
  muhat: Float64Array,
  radius: number,
  dual: number,
): number {
  let inner = 0;
  for (let i = 0; i < beta.length; i++) inner += beta[i]! * muhat[i]!;
  return inner - radius * lqNorm(beta, dual);
}

function filtered(p: number): TaskClassifier {
  return { direction: new Float64Array(p), value: 0 };
}

function normalized(x: Float64Array, value: number): TaskClassifier {
  const length = norm2(x);
  if (length === 0) return filtered(x.length);
  // At the ends of the range of doubles the length or its inverse is infinite: the direction is taken in other units.
  if (length < 1e-300) return normalized(scaled(x, 2 ** 600), value);
  if (length > 1e300) return normalized(scaled(x, 2 ** -600), value);
  return { direction: scaled(x, 1 / length), value };
}
