import { Command } from "commander";
import { shellWord } from "../core/shellWord.js";
import { VERSION } from "../study/version.js";
import type { DoctorOptions } from "./commands/doctor.js";
import type { PredictOptions } from "./commands/predict.js";
import type { ReplayOptions } from "./commands/replay.js";
import type { ReportOptions } from "./commands/reportOptions.js";
import type { SimulateOptions } from "./commands/simulate.js";
import type { VerifyCommandOptions } from "./commands/verify.js";
import { addDeep } from "./deepProgram.js";
import { collect, examples, integer, preset } from "./optionValues.js";
import type { Terminal } from "./terminal.js";

/**
 * The command line: names, options and help. Commands are loaded when they are called, so that help is quick. What a command
 * returns becomes the exit code through `onExit`.
 */
export function makeProgram(
  terminal: Terminal,
  argv: readonly string[],
  onExit: (code: number) => void,
): Command {
  const program = new Command("advtransfer")
    .description("Monte Carlo studies of adversarial and semi-supervised transfer learning.")
    .version(VERSION)
    // So that the options of `deep data` are its own: `deep` has some of the same name.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .showHelpAfterError("(advtransfer --help lists the commands and options)")
    .addHelpText(
      "after",
      examples([
        ["advtransfer verify", "test every claim of the theory, with its controls"],
        ["advtransfer simulate study.json", "run a study, see the means, get a report"],
        ["advtransfer simulate --help", "the options of a command"],
      ]),
    );

  program
    .command("verify")
    .summary("test every claim of the theory")
    .description(
      "Tests the paper's claims C1-C6, the controls N1-N6, other noise R1-R2 and, in the full preset, training by gradients G1-G5 and networks D1-D4: a verdict each, errors controlled over all of them, and a report. Exit code 1 when a claim is violated.",
    )
    .option("--preset <name>", "smoke (10 s), quick (a minute; the default) or full (15 min)", preset)
    .option(
      "--claim <id>",
      "only this claim (C1.labels) or group (C1), with its controls; may be repeated",
      collect,
      [],
    )
    .option("--with <file>", "the claims of a module instead, with its own training methods or noise")
    .option(
      "--data <dir>",
      "folder with image sets, for the claims on digits (D2-D4); without it they are skipped",
    )
    .option("--list", "list the claims and stop")
    .option("--out <dir>", "folder of report.html and verdicts.json (default: results/verify)")
    .option("--json", "print verdicts.json on stdout, nothing else")
    .option("--quiet", "print nothing; the exit code tells")
    .option("--seed <n>", "another seed (default: 2021)", integer("--seed", 0))
    .option(
      "--seconds <n>",
      "time after which no further study is begun, instead of the preset's: for a slow or busy machine",
      integer("--seconds", 1),
    )
    .option(
      "--workers <n>",
      "worker threads (default: all cores); the verdicts do not depend on it",
      integer("--workers", 1, 256),
    )
    .addHelpText(
      "after",
      examples([
        ["advtransfer verify", "everything, about a minute"],
        ["advtransfer verify --preset full --seed 7", "as much as 15 minutes allow"],
        ["advtransfer verify --claim C2", "a group, and the controls that it needs"],
        ["advtransfer verify --json > verdicts.json", "for another program"],
      ]),
    )
    .action(async (options: VerifyCommandOptions) => {
      const { verifyCommand } = await import("./commands/verify.js");
      onExit(await verifyCommand(options, terminal));
    });

  program
    .command("simulate")
    .summary("run the Monte Carlo study of a file")
    .description(
      "Runs the Monte Carlo study of a JSON file and writes a results folder: study, ledger, summary, report.",
    )
    .argument("<file>", 'study file, "-" for standard input')
    .option("--out <dir>", "results folder (default: results/NAME)")
    .option("--json", "print the results as JSON on stdout, nothing else")
    .option("--quiet", "no progress and no table")
    .option("--seed <n>", "seed, instead of the one in the file", integer("--seed", 0))
    .option("--replications <n>", "replications, instead of those in the file", integer("--replications", 1))
    .option(
      "--workers <n>",
      "worker threads (default: all cores); the results do not depend on it",
      integer("--workers", 1, 256),
    )
    .option("--resume", "continue what the results folder has of this study")
    .option("--overwrite", "delete the results that the folder has")
    .option("--images", "also write each figure as SVG (needs a Chromium)")
    .addHelpText(
      "after",
      examples([
        ["advtransfer simulate study.json", "into results/NAME, on all cores"],
        ["advtransfer simulate study.json --out run1 --json > run1.json", "for another program"],
        ["advtransfer simulate study.json --out run1 --resume", "go on after Ctrl-C or a crash"],
        [
          "advtransfer simulate study.json --replications 400 --resume",
          "more replications of the same study",
        ],
      ]),
    )
    .action(async (file: string, options: SimulateOptions) => {
      const { simulate } = await import("./commands/simulate.js");
      onExit(await simulate(file, options, terminal, resumeCommand(argv)));
    });

  program
    .command("predict")
    .summary("what theory says of a study, without running it")
    .description(
      "Predicts every metric of every cell of a study file by exact asymptotics, and evaluates the paper's bounds (forms without constants).",
    )
    .argument("<file>", 'study file, "-" for standard input')
    .option("--json", "print predictions, bounds and their terms as JSON on stdout, nothing else")
    .option("--quiet", "print nothing: only check that the file is a study")
    .addHelpText(
      "after",
      examples([
        ["advtransfer predict study.json", "a table, with what is not predicted and why"],
        ["advtransfer predict study.json --json", "for another program"],
      ]),
    )
    .action(async (file: string, options: PredictOptions) => {
      const { predict } = await import("./commands/predict.js");
      onExit(await predict(file, options, terminal));
    });

  program
    .command("replay")
    .summary("compute one replication again")
    .description(
      "Computes one replication of a results folder again and compares it with the ledger, bit for bit.",
    )
    .argument("<dir>", "results folder")
    .requiredOption("--cell <k>", "number of the cell, from 0", integer("--cell", 0))
    .requiredOption("--replication <r>", "number of the replication, from 0", integer("--replication", 0))
    .option("--data <dir>", "folder with the image sets of a deep study")
    .option("--json", "print the two rows as JSON")
    .option("--quiet", "print nothing, only the exit code says whether they are the same")
    .addHelpText(
      "after",
      examples([["advtransfer replay results/gains --cell 2 --replication 17", "why did this one fail?"]]),
    )
    .action(async (folder: string, options: ReplayOptions) => {
      const { replay } = await import("./commands/replay.js");
      onExit(await replay(folder, options, terminal));
    });

  program
    .command("report")
    .summary("make the summary and the report again")
    .description(
      "Makes summary.csv and report.html of a results folder again from its ledger; a run may still be going on.",
    )
    .argument("<dir>", "results folder")
    .option("--json", "print the results as JSON on stdout")
    .option("--quiet", "no table")
    .option("--images", "also write each figure as SVG (needs a Chromium)")
    .option("--data <dir>", "folder with the image sets of a deep study, for its pictures")
    .addHelpText("after", examples([["advtransfer report results/gains", "look at a run before its end"]]))
    .action(async (folder: string, options: ReportOptions) => {
      const { report } = await import("./commands/report.js");
      onExit(await report(folder, options, terminal));
    });

  addDeep(program, terminal, resumeCommand(argv), onExit);

  program
    .command("doctor")
    .summary("what this machine offers")
    .description("Says what this machine offers: cores, tensorflow.js backend, Chromium for images, Slurm.")
    .option("--json", "print it as JSON")
    .addHelpText("after", examples([["advtransfer doctor", "which backend will deep studies use?"]]))
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import("./commands/doctor.js");
      onExit(await doctor(options, terminal));
    });

  return program;
}

/** The command that continues this one after an interruption. */
export function resumeCommand(argv: readonly string[]): string {
  const kept = argv.filter((word) => word !== "--overwrite" && word !== "--resume");
  return ["advtransfer", ...kept.map(shellWord), "--resume"].join(" ");
}
