/** Numbers as a picture needs them: entry i is `unit * values[i]`, with integers in [-127, 127]. A few characters an entry in JSON; 0 is exact. */
export interface Picture {
  readonly unit: number;
  readonly values: readonly number[];
}

const LEVELS = 127;

/** A picture of finite numbers; its largest entry is one of the ends. All zero: unit 0. */
export function pictureOf(numbers: ArrayLike<number>): Picture {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]!));
  const unit = rounded(largest / LEVELS);
  // Rounding turns -0.3 into -0, which JSON does not keep.
  const values = Array.from(numbers, (x) => (unit === 0 ? 0 : Math.round(x / unit) + 0));
  return { unit, values };
}

/** The numbers of a picture, each within half a unit of the original. */
export function pictureNumbers({ unit, values }: Picture): number[] {
  return values.map((value) => unit * value);
}

/** Six significant digits: more than a picture shows, and short in JSON. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** {@link rounded} for a share that may not be known. */
export function roundedShare(share: number | null): number | null {
  return share === null ? null : rounded(share);
}
