import { AdvTransferError } from "../../core/errors.js";
import { show } from "../../core/guards.js";

/**
 * The error for a wrong field of a study: like `badInput`, and it remembers which paths it is about, so that the grid can
 * name the cell when one of them was varied.
 */
export class FieldError extends AdvTransferError {
  readonly paths: readonly string[];

  constructor(paths: readonly string[], message: string, hint?: string) {
    super("bad-input", message, hint === undefined ? {} : { hint });
    this.paths = paths;
  }
}

/** The error of one field: path, allowed values, value received, and a way out where there is one. */
export function fieldError(
  path: string,
  allowed: string,
  received: unknown,
  options: { hint?: string; others?: readonly string[] } = {},
): FieldError {
  const message = `${path} must be ${allowed}, received ${show(received)}`;
  return new FieldError([path, ...(options.others ?? [])], message, options.hint);
}
