import { addScaled, dot, norm2, scaled } from "../numerics/products.js";
import { normalVector } from "../random/distributions/haarFrame.js";
import type { Rng } from "../random/keyedStream.js";

/** A `u x p` matrix E of independent standard normal numbers, known only through its products. */
export interface ImplicitGaussian {
  /** E v, length u. */
  times(v: Float64Array): Float64Array;
  /** E^T f, length p. */
  transposeTimes(f: Float64Array): Float64Array;
}

/** Below this share of its length, what is left of a query outside the earlier ones counts as rounding. */
const IN_SPAN = 1e-12;

/**
 * A Gaussian matrix whose products with vectors are made when they are asked for, exactly in law and jointly: given the answers
 * E V and Q^T E to earlier questions (V, Q orthonormal), the rest of E is (I - Q Q^T) E' (I - V V^T) with E' a fresh Gaussian
 * matrix, so E v for a new unit v orthogonal to V is Q (Q^T E v) + (I - Q Q^T) g with g ~ N(0, I_u), and the same on the other side.
 * The questions may depend on earlier answers, as those of self-training do.
 *
 * The noise of the first question on each side is given (`first`), so that what is drawn does not depend on what is asked; later questions
 * draw from `later`. Cost of question number k: k (u + p) multiplications, instead of the u p draws of E. With one question
 * on each side this is the formula of docs/theory.md 6.2. Source of the conditioning argument: Bolthausen, Comm. Math. Phys. 325 (2014), lemma 2.
 *
 * @param first standard normal vectors: `right` of length u (for E v), `left` of length p (for E^T f)
 *
 * @example
 * const e = implicitGaussian({ right: normalVector(rng, 1_000_000), left: normalVector(rng, 500) }, () => more);
 * const f = e.times(beta).map(Math.sign);
 * const sum = e.transposeTimes(f); // correlated with beta, as it must be
 */
export function implicitGaussian(first: FirstNoise, later: () => Rng): ImplicitGaussian {
  const right: Asked = { directions: [], answers: [], first: first.right };
  const left: Asked = { directions: [], answers: [], first: first.left };
  return {
    times: (v) => ask(later, v, right, left),
    transposeTimes: (f) => ask(later, f, left, right),
  };
}

/** The standard normal vectors behind the first answer on each side. */
export interface FirstNoise {
  readonly right: Float64Array;
  readonly left: Float64Array;
}

/** Orthonormal directions asked about on one side, and E (or E^T) times each. */
interface Asked {
  readonly directions: Float64Array[];
  readonly answers: Float64Array[];
  readonly first: Float64Array;
}

function ask(later: () => Rng, query: Float64Array, own: Asked, other: Asked): Float64Array {
  const answer = new Float64Array(own.first.length);
  const rest = query.slice();
  const length = norm2(query);
  for (let pass = 0; pass < 2; pass++) {
    own.directions.forEach((direction, k) => {
      const weight = dot(rest, direction);
      addScaled(answer, weight, own.answers[k]!);
      addScaled(rest, -weight, direction);
    });
  }
  const outside = norm2(rest);
  if (outside > IN_SPAN * length) {
    const direction = scaled(rest, 1 / outside);
    const noise = own.answers.length === 0 ? own.first.slice() : normalVector(later(), answer.length);
    const fresh = freshAnswer(noise, direction, other);
    own.directions.push(direction);
    own.answers.push(fresh);
    addScaled(answer, outside, fresh);
  }
  return answer;
}

/** E (or E^T) times a new direction: its known part through the other side's answers, and an independent rest. */
function freshAnswer(fresh: Float64Array, direction: Float64Array, other: Asked): Float64Array {
  for (const known of other.directions) addScaled(fresh, -dot(fresh, known), known);
  other.directions.forEach((known, k) => {
    addScaled(fresh, dot(other.answers[k]!, direction), known);
  });
  return fresh;
}
