import { cellText } from "../../study/grid.js";
import { replay as replayReplication } from "../../study/readResults.js";
import { BASELINES } from "../../study/results.js";
import { METRIC_NAMES } from "../../transfer/metricNames.js";
import { EXIT_FAILED, EXIT_OK } from "../showError.js";
import { painter, type Terminal } from "../terminal.js";

export interface ReplayOptions {
  readonly cell: number;
  readonly replication: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * `advtransfer replay DIR --cell K --replication R`: computes one replication again, shows it, and says whether it is the row
 * of the ledger bit for bit. Returns the exit code: 1 when it is not.
 */
export async function replay(folder: string, options: ReplayOptions, terminal: Terminal): Promise<number> {
  const { row, stored, same, study } = await replayReplication(folder, options.cell, options.replication);
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
    for (const name of [...study.methodNames, ...BASELINES]) {
      lines.push(name);
      for (const metric of METRIC_NAMES) {
        const value = row.methods[name]![metric];
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
