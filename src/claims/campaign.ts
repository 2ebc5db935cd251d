import { AdvTransferError } from "../core/errors.js";
import { type Block, pendingBlocks } from "../study/blocks.js";
import { inProcessRunner, type RunReplication } from "../study/inProcessRunner.js";
import { loadReplication, REPLICATION_MODULE } from "../study/loadReplication.js";
import { resolveStudy } from "../study/resolveStudy.js";
import type { ReplicationRow } from "../study/results.js";
import { linearShape } from "../study/rowShape.js";
import { checkedRow } from "../study/rows.js";
import { type BlockRunner, runBlocks } from "../study/runBlocks.js";
import type { Cell, Study } from "../study/study.js";
import { workerPool } from "../study/workerPool.js";
import type { ClaimStudy, Series } from "./claim.js";
import { contentOf, type Data, type SeriesPoint } from "./evaluate.js";

export interface CampaignOptions {
  readonly seed: number;
  readonly workers: number;
  /** Replications of the first look. */
  readonly replications: number;
  readonly signal?: AbortSignal | undefined;
  /** For studies that have no module of their own. */
  readonly replicationModule?: string | undefined;
}

/** A study with the rows that it has so far. */
export interface RunningStudy {
  readonly claimStudy: ClaimStudy;
  readonly study: Study;
  /** rows[cell][replication] */
  readonly rows: ReplicationRow[][];
  /** Replications of every cell that are done. */
  done: number;
  /** Seconds that its last look took for one replication of every cell. */
  secondsEach: number | null;
}

/**
 * Replications of all studies of a run, on one set of worker threads, a study at a time and further ones on demand. A replication is a function of (seed,
 * problem, number): the first k of a study are the same whoever asks for them, in whatever order and batches.
 */
export class Campaign implements Data {
  private readonly studies = new Map<ClaimStudy, RunningStudy>();
  private readonly cells: Cell[] = [];
  /** The replication module of each cell. */
  private readonly modules: string[] = [];
  private readonly firstCell = new Map<RunningStudy, number>();
  private runner: BlockRunner | null = null;

  constructor(
    claimStudies: Iterable<ClaimStudy>,
    private readonly options: CampaignOptions,
  ) {
    for (const claimStudy of claimStudies) {
      if (this.studies.has(claimStudy)) continue;
      const { effort: _effort, missing: _missing, replicationModule, ...file } = claimStudy;
      const study = resolveStudy({ ...file, seed: options.seed, replications: 1 });
      const running: RunningStudy = {
        claimStudy,
        study,
        rows: study.cells.map(() => []),
        done: 0,
        secondsEach: null,
      };
      this.studies.set(claimStudy, running);
      this.firstCell.set(running, this.cells.length);
      this.cells.push(...study.cells.map((cell) => ({ ...cell, cell: this.cells.length + cell.cell })));
      const module = replicationModule ?? options.replicationModule ?? REPLICATION_MODULE;
      this.modules.push(...study.cells.map(() => module));
    }
  }

  get(claimStudy: ClaimStudy): RunningStudy {
    return this.studies.get(claimStudy)!;
  }

  all(): readonly RunningStudy[] {
    return [...this.studies.values()];
  }

  /** Replications that look number k of a study has: effort * first * 2^(k - 1). */
  wanted(claimStudy: ClaimStudy, look: number): number {
    return Math.round((claimStudy.effort ?? 1) * this.options.replications) * 2 ** (look - 1);
  }

  points(series: Series): readonly SeriesPoint[] {
    const { study, rows } = this.get(series.study);
    const metric = series.metric ?? "sinTheta2";
    return study.cells.flatMap((cell, i): SeriesPoint[] => {
      if (series.where !== undefined && !series.where(cell)) return [];
      const values = rows[i]!.map((row) =>
        "error" in row ? null : (row.methods[series.method]?.[metric] ?? null),
      );
      return [{ cell, content: contentOf(cell), values }];
    });
  }

  firstLook(series: Series): number {
    return this.wanted(series.study, 1);
  }

  /** Brings a study to `target` replications; false when `signal` stopped it before. */
  async advance(running: RunningStudy, target: number, onRows: (count: number) => void): Promise<boolean> {
    if (running.done >= target) return true;
    const begun = performance.now();
    const { study, rows } = running;
    const offset = this.firstCell.get(running)!;
    const shape = linearShape(study.methodNames);
    this.runner ??= await this.makeRunner();
    const view: Study = {
      ...study,
      replications: target,
      cells: this.cells.slice(offset, offset + study.cells.length),
    };
    const isDone = (cell: number, replication: number): boolean => replication < rows[cell - offset]!.length;
    const blocks: Iterable<Block> = pendingBlocks(view, isDone, this.runner.slots);
    await runBlocks(
      blocks,
      this.runner,
      (found) => {
        for (const row of found) {
          const own = { ...row, cell: row.cell - offset };
          rows[own.cell]!.push(checkedRow(own, shape));
        }
        onRows(found.length);
      },
      this.options.signal,
    );
    const complete = rows.every((cell) => cell.length >= target);
    if (complete) {
      running.secondsEach = (performance.now() - begun) / 1000 / (target - running.done);
      running.done = target;
    }
    return complete;
  }

  async close(): Promise<void> {
    await this.runner?.close();
    this.runner = null;
  }

  /** One runner for all studies and their modules: threads are started once. Rows are checked against each study's own methods when they arrive. */
  private async makeRunner(): Promise<BlockRunner> {
    const { workers, seed } = this.options;
    const moduleOf = (cell: number): string => this.modules[cell]!;
    const union: Study = { ...this.all()[0]!.study, seed, methodNames: [], cells: this.cells };
    try {
      // All of them, and with worker threads too: one that cannot be loaded stops the run before its first number.
      const loaded = new Map<string, RunReplication>();
      for (const module of new Set(this.modules)) loaded.set(module, await loadReplication(module));
      if (workers > 1) return workerPool(union, workers, moduleOf);
      return inProcessRunner(union, (study, cell, replication) =>
        loaded.get(moduleOf(cell.cell))!(study, cell, replication),
      );
    } catch (error) {
      if (error instanceof AdvTransferError) throw error;
      throw new AdvTransferError("study-failed", `cannot start the worker threads: ${String(error)}`, {
        cause: error,
      });
    }
  }
}
