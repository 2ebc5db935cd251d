import { AdvTransferError } from "./errors.js";

/** A value as an error message shows it: short, on one line, with NaN and Infinity spelt out. */
export function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/**
 * The error for a wrong argument: parameter, allowed values, value received, and a way out where there is one.
 */
export function badInput(
  parameter: string,
  allowed: string,
  received: unknown,
  hint?: string,
): AdvTransferError {
  const message = `${parameter} must be ${allowed}, received ${show(received)}`;
  return new AdvTransferError("bad-input", message, hint === undefined ? {} : { hint });
}

/**
 * Passes a number in [low, high] through and throws on anything else. The test is written so that NaN fails.
 */
export function requireInRange(parameter: string, value: number, low: number, high: number): number {
  if (typeof value === "number" && low <= value && value <= high) return value;
  throw badInput(parameter, `a number in [${low}, ${high}]`, value);
}

/** Passes an integer in [low, high] through and throws on anything else (NaN, fractions, strings included). */
export function requireInteger(
  parameter: string,
  value: number,
  low: number,
  high: number = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isSafeInteger(value) && low <= value && value <= high) return value;
  const range = high === Number.MAX_SAFE_INTEGER ? `>= ${low}` : `in [${low}, ${high}]`;
  throw badInput(parameter, `an integer ${range}`, value);
}

/** Passes a finite number > 0 through and throws on anything else. */
export function requirePositive(parameter: string, value: number): number {
  if (typeof value === "number" && value > 0 && value < Infinity) return value;
  throw badInput(parameter, "a finite number > 0", value);
}

/** Passes a finite number >= 0 through and throws on anything else. */
export function requireNonNegative(parameter: string, value: number): number {
  if (typeof value === "number" && value >= 0 && value < Infinity) return value;
  throw badInput(parameter, "a finite number >= 0", value);
}

/**
 * Throws when an array holds NaN or an infinity: no non-finite number crosses a module border silently.
 * Cost: one pass.
 */
export function requireFinite(parameter: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // The difference is 0 for a finite number and NaN otherwise: one comparison an entry.
    if (value - value !== 0) {
      throw new AdvTransferError(
        "numerical",
        `${parameter} must be finite, received ${value} at index ${i}`,
        {
          hint: "Look for an overflow or a division by zero in what was computed before.",
        },
      );
    }
  }
}
