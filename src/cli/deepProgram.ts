import type { Command } from "commander";
import type { DeepOptions } from "./commands/deep.js";
import type { DeepDataOptions } from "./commands/deepData.js";
import { examples, integer, preset } from "./optionValues.js";
import type { Terminal } from "./terminal.js";

/** Adds `deep` and `deep data`. Nothing of tensorflow.js is loaded before one of them is called. */
export function addDeep(
  program: Command,
  terminal: Terminal,
  resumeCommand: string,
  onExit: (code: number) => void,
): void {
  const deep = program
    .command("deep")
    .summary("does it hold for networks? (tensorflow.js)")
    .description(
      "Trains networks on source tasks in each way (standard, adversarial, with pseudo-labels, both), transfers them to a target task with few labels, and compares. A study is a built-in one (teacher, strokes, noisy-digits, clean-to-noisy-digits, digits-to-fashion) or a JSON file; without a name, those that need no data.",
    )
    .enablePositionalOptions()
    .argument("[study...]", "names of built-in studies, or study files")
    .option(
      "--preset <name>",
      "replications of a built-in study: smoke (2), quick (5 or 8; the default) or full (10 or 20)",
      preset,
    )
    .option("--data <dir>", "folder with image sets, for the studies on digits")
    .option("--backend <name>", "auto (the default), tfjs-node, wasm or cpu")
    .option("--out <dir>", "results folder (default: results/deep)")
    .option("--json", "print the results as JSON on stdout, nothing else")
    .option("--quiet", "no progress and no table")
    .option("--seed <n>", "seed, instead of the study's", integer("--seed", 0))
    .option("--replications <n>", "replications, instead of the study's", integer("--replications", 1))
    .option(
      "--workers <n>",
      "worker threads, one arm of one replication each (default: all cores); the results do not depend on it",
      integer("--workers", 1, 256),
    )
    .option("--resume", "continue what the results folder has of these studies")
    .option("--overwrite", "delete the results that the folder has")
    .option("--images", "also write each figure as SVG (needs a Chromium)")
    .addHelpText(
      "after",
      examples([
        ["advtransfer deep", "the studies that need no data, and their report"],
        ["advtransfer deep data fetch mnist --out data", "get the digits"],
        ["advtransfer deep noisy-digits --data data --preset full", "ten seeds of noisy digits"],
        ["advtransfer deep my-study.json --out run1 --resume", "go on after Ctrl-C or a crash"],
      ]),
    )
    .action(async (studies: string[], options: DeepOptions) => {
      const { deep: run } = await import("./commands/deep.js");
      onExit(await run(studies, options, terminal, resumeCommand));
    });

  const data = deep
    .command("data")
    .description("Image sets for deep studies: get one, or list what a folder has.");
  data
    .command("fetch")
    .description("Downloads an image set, checks its sums, and puts it where --data finds it.")
    .argument("<name>", "mnist, fashion-mnist, kmnist or cifar10")
    .option("--out <dir>", "folder (default: data)")
    .option("--quiet", "no progress")
    .addHelpText(
      "after",
      examples([["advtransfer deep data fetch mnist --out data", "11 MB into data/mnist"]]),
    )
    .action(async (name: string, options: DeepDataOptions) => {
      const { fetchData } = await import("./commands/deepData.js");
      onExit(await fetchData(name, options, terminal));
    });
  data
    .command("list")
    .description("Lists the image sets of a folder.")
    .argument("<dir>", "folder")
    .addHelpText("after", examples([["advtransfer deep data list data", "what can studies use?"]]))
    .action(async (folder: string) => {
      const { listData } = await import("./commands/deepData.js");
      onExit(listData(folder, terminal));
    });
}
