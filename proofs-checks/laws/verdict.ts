/** What a predicate says of one example: true or false, or an inequality with both of its sides, which a failure can show. */
export type Verdict = boolean | Inequality;

export interface Inequality {
  readonly holds: boolean;
  readonly left: number;
  readonly right: number;
  readonly text: string;
}

/**
 * left <= right, up to `slack` for rounding. Written so that NaN fails. The ratio left / right is what tightness is measured by, so put the
 * quantity on the left and its bound on the right.
 */
export function atMost(left: number, right: number, slack: number = 0): Inequality {
  return { holds: left <= right + slack, left, right, text: `${left} <= ${right} (slack ${slack})` };
}

/** |left - right| <= slack. */
export function equals(left: number, right: number, slack: number = 0): Inequality {
  const holds = left === right || Math.abs(left - right) <= slack;
  return { holds, left, right, text: `${left} = ${right} (slack ${slack})` };
}

/** The first verdict that fails, or the last: all of them must hold. */
export function every(...verdicts: readonly Verdict[]): Verdict {
  const failing = verdicts.find((verdict) => !holds(verdict));
  return failing ?? verdicts[verdicts.length - 1] ?? true;
}

/** Entry by entry. */
export function equalVectors(a: ArrayLike<number>, b: ArrayLike<number>, slack: number = 0): Verdict {
  if (a.length !== b.length) return equals(a.length, b.length);
  const verdicts = Array.from(a, (value, i) => equals(value, b[i]!, slack));
  return every(...verdicts);
}

export function holds(verdict: Verdict): boolean {
  return typeof verdict === "boolean" ? verdict : verdict.holds;
}

export function describeVerdict(verdict: Verdict): string {
  return typeof verdict === "boolean" ? "the predicate is false" : `not so: ${verdict.text}`;
}
