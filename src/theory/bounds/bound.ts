/** One summand of a bound. */
export interface BoundTerm {
  readonly name: string;
  readonly value: number;
}

/** A hypothesis of the theorem, checked on a problem. */
export interface Assumption {
  readonly text: string;
  /** null where a number of a problem cannot decide it (constants that the paper does not state). */
  readonly holds: boolean | null;
  /** What was found, e.g. "norms 1 and 4". */
  readonly found: string;
}

/**
 * A bound of the paper, evaluated (docs/theory.md section 4). It is a form, not a number: the paper states it up to a constant, so `form` may be
 * compared along a parameter or after fitting one constant, never with a measurement as it stands.
 */
export interface Bound {
  readonly claim: "C1" | "C2" | "C3" | "C4" | "C5" | "C6";
  /** What is bounded: ||sin Theta||_F, or the excess risk of the target. */
  readonly quantity: "sinTheta" | "excessRisk";
  /** The bound without its constant: the sum of the terms. */
  readonly form: number;
  /** Always true: no constant is known. */
  readonly upToConstant: true;
  readonly terms: readonly BoundTerm[];
  readonly assumptions: readonly Assumption[];
  readonly source: string;
}

/** The hypotheses that a problem violates. */
export function violated(bound: Bound): readonly Assumption[] {
  return bound.assumptions.filter((assumption) => assumption.holds === false);
}

/** A bound from its terms. */
export function makeBound(
  claim: Bound["claim"],
  quantity: Bound["quantity"],
  terms: readonly BoundTerm[],
  assumptions: readonly Assumption[],
): Bound {
  return {
    claim,
    quantity,
    form: terms.reduce((sum, term) => sum + term.value, 0),
    upToConstant: true,
    terms,
    assumptions,
    source: `Deng, Zhang, Vodrahalli, Kawaguchi & Zou, NeurIPS 2021 (arXiv:2106.10189), claim ${claim} of docs/theory.md section 4`,
  };
}
