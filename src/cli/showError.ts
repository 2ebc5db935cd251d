import { AdvTransferError } from "../core/errors.js";
import { painter, type Terminal } from "./terminal.js";

/** Done and all is well. */
export const EXIT_OK = 0;
/** A study failed, or a replay differs from the ledger. */
export const EXIT_FAILED = 1;
/** Bad input: a wrong command line, file or folder. */
export const EXIT_BAD_INPUT = 2;
/** Stopped on request; what was computed is kept. */
export const EXIT_INTERRUPTED = 130;

/**
 * Shows an error to people, message and hint, and returns the exit code. A stack trace is for those who work on the toolkit:
 * ADVTRANSFER_DEBUG=1.
 */
export function showError(error: unknown, terminal: Terminal): number {
  const paint = painter(terminal.stderr, terminal.env);
  const known = error instanceof AdvTransferError;
  const text = known ? error.describe() : `internal error: ${error instanceof Error ? error.message : error}`;
  terminal.stderr.write(`${paint("red", "error:")} ${text}\n`);
  if (terminal.env.ADVTRANSFER_DEBUG === "1" && error instanceof Error)
    terminal.stderr.write(`${error.stack}\n`);
  else if (!known) terminal.stderr.write("  hint: ADVTRANSFER_DEBUG=1 shows where it comes from.\n");
  return exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (!(error instanceof AdvTransferError)) return EXIT_FAILED;
  if (error.code === "bad-input" || error.code === "io") return EXIT_BAD_INPUT;
  return error.code === "interrupted" ? EXIT_INTERRUPTED : EXIT_FAILED;
}
