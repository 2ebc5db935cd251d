import { readStoredFile } from "../../study/disk/resultsFolder.js";
import { cellText } from "../../study/grid.js";
import { type Replay, replayOf, replay as replayReplication } from "../../study/readResults.js";
import type { AnyStudy } from "../../study/study.js";
import { isDeepFolder } from "../deepFolder.js";
import { EXIT_FAILED, EXIT_OK } from "../showError.js";
import { painter, type Terminal } from "../terminal.js";

export interface ReplayOptions {
  readonly cell: number;
  readonly replication: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** The image sets of a deep study. */
  readonly data?: string;
}

/**
 * `advtransfer replay DIR --cell K --replication R`: computes one replication again, shows it, and says whether it is the row
 * of the ledger bit for bit. Returns the exit code: 1 when it is not.
 */
export async function replay(folder: string, options: ReplayOptions, terminal: Terminal): Promise<number> {
  const { row, stored, same, study } = await replayed(folder, options);
  const code = same === false ? EXIT_FAILED : EXIT_OK;
  if (options.json) {
    terminal.stdout.write(`${JSON.stringify({ row, ledger: stored, same }, null, 2)}\n`);
    return code;
  }
  if (options.quiet) return code;
  const paint = painter(terminal.stdout, terminal.env);
  const lines = [
    paint("bold", `${cellText(row.cell, study.cells[row.cell]!.varied)}, replication ${row.replication}`),
  ];
  if ("error" in row) lines.push(`failed: ${row.error}`);
  else {
    for (const [name, metrics] of Object.entries(row.methods)) {
      lines.push(name);
      for (const [metric, value] of Object.entries(metrics)) {
        if (value !== null) lines.push(`  ${metric.padEnd(16)} ${value}`);
      }
    }
  }
  const comparison =
    same === null
      ? "the ledger does not have this replication"
      : same
        ? "same as the ledger, bit for bit"
        : paint("red", "differs from the ledger: another version, machine or a damaged result");
  terminal.stdout.write(`${[...lines, comparison].join("\n")}\n`);
  return code;
}

async function replayed(
  folder: string,
  { cell, replication, data }: ReplayOptions,
): Promise<Replay<AnyStudy>> {
  if (!isDeepFolder(folder)) return replayReplication(folder, cell, replication);
  const { deepKind } = await import("../../deep/study/deepKind.js");
  const { backend } = readStoredFile(folder).file as { backend: "wasm" };
  const kind = deepKind({ backend, data: data ?? null, out: null });
  return replayOf(kind, folder, cell, replication);
}
