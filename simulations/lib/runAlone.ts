import { realpathSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { commandLine } from "./commandLine.js";
import type { Simulation } from "./simulation.js";

/**
 * Runs a simulation when its file is the program (`npx tsx simulations/NAME.ts`), and does nothing when the file is imported.
 */
export async function runAlone(moduleUrl: string, simulation: Simulation): Promise<void> {
  const file = fileURLToPath(moduleUrl);
  const program = process.argv[1];
  if (program === undefined || realpathSync(program) !== realpathSync(file)) return;
  const name = basename(file, ".ts");
  process.exitCode = await commandLine([simulation], {
    title: `${simulation.id}. ${simulation.title}`,
    command: `npx tsx simulations/${name}.ts`,
    out: `results/${name}`,
    intro: [],
  });
}
