import { run } from "../../src/cli/run.js";
import { processTerminal } from "../../src/cli/terminal.js";

/** Runs a built-in deep study as `advtransfer deep NAME` does, with the options of the command line. */
export async function runDeep(name: string): Promise<void> {
  process.exitCode = await run(["deep", name, ...process.argv.slice(2)], processTerminal());
}
