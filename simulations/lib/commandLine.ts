import { parseArgs } from "node:util";
import { interruptible } from "../../src/cli/interrupts.js";
import { EXIT_OK, showError } from "../../src/cli/showError.js";
import { processTerminal } from "../../src/cli/terminal.js";
import { AdvTransferError } from "../../src/core/errors.js";
import { requireInteger } from "../../src/core/guards.js";
import { type RunOptions, runSimulations } from "./runSimulations.js";
import type { Invocation, Simulation } from "./simulation.js";

const HELP = `
  --out DIR          folder of the results and the report
  --replications N   instead of the frozen number
  --workers N        worker threads (default: all cores); results do not depend on it
  --resume           go on with what the folder has, instead of starting over
  --images           also write each figure as SVG (needs a Chromium)
  --quiet            no progress
  --help             this text
`;

/** Reads the options, runs the simulations, shows errors; returns the exit code (0, 1, 2 or 130, as the command line has them). */
export async function commandLine(
  simulations: readonly Simulation[],
  invocation: Invocation,
): Promise<number> {
  const terminal = processTerminal();
  try {
    const options = readOptions(invocation);
    if (options === null) {
      const list = simulations.map(({ id, title }) => `  ${id}  ${title}`).join("\n");
      terminal.stdout.write(`${invocation.command} [options]\n\n${list}\n${HELP}`);
      return EXIT_OK;
    }
    await interruptible(
      (signal) => runSimulations(simulations, invocation, { ...options, signal }, terminal),
      () => terminal.stderr.write("\nstopping after the replications at hand; again to stop at once\n"),
    );
    return EXIT_OK;
  } catch (error) {
    return showError(error, terminal);
  }
}

function readOptions(invocation: Invocation): Omit<RunOptions, "signal"> | null {
  const values = parse();
  if (values.help) return null;
  const count = (name: "replications" | "workers"): number | undefined =>
    values[name] === undefined ? undefined : requireInteger(`--${name}`, Number(values[name]), 1);
  return {
    out: values.out ?? invocation.out,
    replications: count("replications"),
    workers: count("workers"),
    resume: values.resume ?? false,
    images: values.images ?? false,
    quiet: values.quiet ?? false,
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        out: { type: "string" },
        replications: { type: "string" },
        workers: { type: "string" },
        resume: { type: "boolean" },
        images: { type: "boolean" },
        quiet: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new AdvTransferError("bad-input", (error as Error).message, { hint: "--help lists the options." });
  }
}
