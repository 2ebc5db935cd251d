import { join } from "node:path";
import { ProgressLine } from "../../src/cli/progressLine.js";
import { painter, type Terminal } from "../../src/cli/terminal.js";
import { AdvTransferError } from "../../src/core/errors.js";
import { exportImages } from "../../src/report/exportImages.js";
import { writeAtomically } from "../../src/study/disk/atomicFile.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import type { StudyResult } from "../../src/study/results.js";
import { runStudy } from "../../src/study/runStudy.js";
import type { Study } from "../../src/study/study.js";
import { theoryAnnotation } from "../../src/study/theoryAnnotation.js";
import type { Answered, Invocation, Simulation } from "./simulation.js";
import { simulationReport } from "./simulationReport.js";

export interface RunOptions {
  readonly out: string;
  readonly replications: number | undefined;
  readonly workers: number | undefined;
  readonly resume: boolean;
  readonly images: boolean;
  readonly quiet: boolean;
  readonly signal: AbortSignal;
}

/**
 * Runs the studies of each simulation into a folder of its own below `out`, prints what is seen as each is done, and writes one report
 * of all. Each run starts over unless `resume` is set. Throws what `runStudy` throws; what was computed stays in the folders.
 */
export async function runSimulations(
  simulations: readonly Simulation[],
  invocation: Invocation,
  options: RunOptions,
  terminal: Terminal,
): Promise<void> {
  const { stdout, stderr, env } = terminal;
  const paint = painter(stdout, env);
  const answered: Answered[] = [];
  stdout.write(`${paint("bold", invocation.title)}\n`);
  for (const simulation of simulations) {
    const results: StudyResult[] = [];
    for (const input of simulation.studies) {
      results.push(await runOne(frozenStudy(input, options), simulation, invocation, options, terminal));
    }
    answered.push({ simulation, results });
    stdout.write(`\n${paint("bold", `${simulation.id}  ${simulation.title}`)}\n`);
    stdout.write(`    ${paint("dim", "theory")}  ${simulation.theory}\n`);
    stdout.write(`    ${paint("dim", "seen")}    ${simulation.seen(results)}\n`);
  }
  const path = join(options.out, "report.html");
  writeAtomically(path, simulationReport(answered, invocation));
  stdout.write(`\nreport: ${path}\n`);
  if (!options.images) return;
  const { files, notice } = await exportImages(path, join(options.out, "images"));
  if (notice !== null) stderr.write(`note: ${notice}\n`);
  else stdout.write(`images: ${files.length} in ${join(options.out, "images")}\n`);
}

function frozenStudy(input: object, options: RunOptions): Study {
  const { replications } = options;
  return resolveStudy(replications === undefined ? input : { ...input, replications });
}

async function runOne(
  study: Study,
  { id, replicationModule }: Simulation,
  invocation: Invocation,
  options: RunOptions,
  { stderr }: Terminal,
): Promise<StudyResult> {
  const line = new ProgressLine(`${id} ${study.name}`, stderr);
  const { workers, resume, signal, quiet } = options;
  try {
    return await runStudy(study, {
      out: join(options.out, study.name),
      workers,
      resume,
      overwrite: !resume,
      signal,
      replicationModule,
      annotate: theoryAnnotation(),
      onProgress: (progress) => (quiet ? undefined : line.update(progress)),
      onNotice: (text) => {
        line.clear();
        stderr.write(`note: ${text}\n`);
      },
    });
  } catch (error) {
    if (!(error instanceof AdvTransferError) || error.code !== "interrupted") throw error;
    throw new AdvTransferError(
      "interrupted",
      `stopped in ${study.name}; what was computed is kept in ${options.out}`,
      {
        hint: `Continue with: ${invocation.command}${invocation.command.startsWith("npm") ? " --" : ""} --resume`,
      },
    );
  } finally {
    line.clear();
  }
}
