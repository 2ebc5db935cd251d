import { CommanderError } from "commander";
import { makeProgram } from "./program.js";
import { EXIT_BAD_INPUT, EXIT_OK, showError } from "./showError.js";
import type { Terminal } from "./terminal.js";

/** Runs a command line (without node and script) and returns its exit code; shows every error, throws none. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code = EXIT_OK;
  const program = makeProgram(terminal, argv, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    // Commander has shown its own errors; help and version that were asked for end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_BAD_INPUT;
    return showError(error, terminal);
  }
}
