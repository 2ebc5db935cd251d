import * as z from "zod";

/** An integer in [low, high]. Strings, fractions, NaN and infinities fail with the same sentence. */
export function integer(low: number, high: number = 1_000_000_000): z.ZodType<number> {
  const error = `an integer in [${low}, ${high}]`;
  return z.int({ error }).min(low, { error }).max(high, { error });
}

/** A finite number x with x > low. */
export function above(low: number): z.ZodType<number> {
  const error = `a finite number > ${low}`;
  return z.number({ error }).gt(low, { error });
}

/** A finite number x with x >= low. */
export function atLeast(low: number): z.ZodType<number> {
  const error = `a finite number >= ${low}`;
  return z.number({ error }).min(low, { error });
}

/** A number in [0, 1]. */
export function unitInterval(): z.ZodType<number> {
  const error = "a number in [0, 1]";
  return z.number({ error }).min(0, { error }).max(1, { error });
}

/** A number in [0, 1). */
export function numberBelowOne(): z.ZodType<number> {
  const error = "a number in [0, 1)";
  return z.number({ error }).min(0, { error }).lt(1, { error });
}

/** One of a few words. */
export function oneOf<Word extends string>(words: readonly [Word, ...Word[]]): z.ZodType<Word> {
  return z.enum(words, { error: words.map((word) => JSON.stringify(word)).join(" or ") });
}

export function flag(): z.ZodType<boolean> {
  return z.boolean({ error: "true or false" });
}

/** The exponent q of an l_q ball: a number >= 1 or "inf"; the JavaScript Infinity is taken as "inf". */
export function ballNorm(): z.ZodType<number | "inf"> {
  const error = 'a number >= 1 or "inf"';
  return z.preprocess(
    (value) => (value === Infinity ? "inf" : value),
    z.union([z.number({ error }).min(1, { error }), z.literal("inf", { error })], { error }),
  );
}
