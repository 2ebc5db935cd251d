/**
 * What went wrong, in a form that a script can branch on.
 *
 * - `bad-input`: the caller asked for something that cannot be (exit code 2 on the command line);
 * - `numerical`: a computation could not give an honest number (non-finite input, no convergence);
 * - `study-failed`: a study ended without the result that it owes (exit code 1);
 * - `io`: a file or folder could not be read or written (exit code 2);
 * - `interrupted`: stopped on request; what was computed is kept (exit code 130).
 */
export type ErrorCode = "bad-input" | "numerical" | "study-failed" | "io" | "interrupted";

/**
 * The one error class of the toolkit: a message for people, a code for programs, a hint with the way out.
 *
 * @example
 * throw new AdvTransferError("bad-input", "problem.rank must be ...", { hint: "Lower the rank." });
 */
export class AdvTransferError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | null;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "AdvTransferError";
    this.code = code;
    this.hint = options.hint ?? null;
  }

  /** The message and, where there is one, the hint: what a user is shown. */
  describe(): string {
    return this.hint === null ? this.message : `${this.message}\n  hint: ${this.hint}`;
  }
}
