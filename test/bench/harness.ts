/** One line of the table that `npm run bench` prints: a ratio of two costs measured in one run, and what is asked of it. */
export interface BenchRow {
  readonly name: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly ratio: number;
  /** The ratio that is asked for; null: measured for the record. */
  readonly target: number | null;
  /** What else must hold for the ratio to count, e.g. the distance of the two results. */
  readonly note: string;
  readonly holds: boolean;
}

/** A bench: its name and the measurement, run when its turn comes. */
export interface Bench {
  readonly name: string;
  readonly run: () => BenchRow[];
}

/**
 * The least processor time in ms of each task over `rounds` rounds, one call of each task a round, so that a machine that slows down
 * in between slows all of them. Processor time and the minimum, not the clock and the mean: other processes must not show.
 * A quick task is called `repeats[k]` times in a row, and the mean of these counts.
 */
export function interleavedTimes(
  tasks: readonly (() => unknown)[],
  rounds: number,
  repeats: readonly number[],
): number[] {
  const best = tasks.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    tasks.forEach((task, k) => {
      const start = process.cpuUsage();
      for (let i = 0; i < repeats[k]!; i++) task();
      const spent = process.cpuUsage(start);
      best[k] = Math.min(best[k]!, (spent.user + spent.system) / 1000 / repeats[k]!);
    });
  }
  return best;
}

/** Milliseconds with three digits. */
export function milliseconds(value: number): string {
  return `${value.toPrecision(3)} ms`;
}

/** The rows as aligned text. */
export function benchTable(rows: readonly BenchRow[]): string {
  const head = ["bench", "baseline", "candidate", "ratio", "target", "", "note"];
  const body = rows.map((row) => [
    row.name,
    row.baseline,
    row.candidate,
    row.ratio.toFixed(1),
    row.target === null ? "-" : `>= ${row.target}`,
    row.holds ? "ok" : "MISSED",
    row.note,
  ]);
  const widths = head.map((title, k) => Math.max(title.length, ...body.map((cells) => cells[k]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, k) => cell.padEnd(widths[k]!))
      .join("  ")
      .trimEnd();
  return [line(head), ...body.map(line)].join("\n");
}
