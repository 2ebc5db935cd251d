import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, cellCost, pendingBlocks } from "../../src/study/blocks.js";
import { compute } from "../../src/study/compute.js";
import { inProcessRunner } from "../../src/study/inProcessRunner.js";
import type { ReplicationRow } from "../../src/study/results.js";
import { type BlockRunner, runBlocks } from "../../src/study/runBlocks.js";
import { runReplication } from "../helpers/standInReplication.js";
import { rowOf, smallStudy } from "../helpers/studies.js";

const rowsOf = (block: Block): ReplicationRow[] =>
  Array.from({ length: block.count }, (_, i) => rowOf(block.cell, block.first + i, {}));

/** A runner whose blocks end when the test says so, and that knows how many are in hand. */
class ManualRunner implements BlockRunner {
  readonly pending: { block: Block; end: (rows?: ReplicationRow[]) => void; fail: (error: Error) => void }[] =
    [];
  most = 0;
  stopped = false;
  started = 0;

  constructor(readonly slots: number) {}

  run(block: Block): Promise<readonly ReplicationRow[]> {
    this.started++;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.pending.splice(this.pending.indexOf(entry), 1);
      };
      const entry = {
        block,
        end: (rows = rowsOf(block)) => {
          leave();
          resolve(rows);
        },
        fail: (error: Error) => {
          leave();
          reject(error);
        },
      };
      this.pending.push(entry);
      this.most = Math.max(this.most, this.pending.length);
    });
  }

  stop(): void {
    this.stopped = true;
  }

  async close(): Promise<void> {}
}

const blocks = (count: number): Block[] =>
  Array.from({ length: count }, (_, i) => ({ cell: i, first: 0, count: 2 }));
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function drain(
  runner: ManualRunner,
  choose: (n: number) => number,
  ended: () => boolean,
): Promise<void> {
  while (!ended()) {
    await settle();
    if (runner.pending.length > 0) runner.pending[choose(runner.pending.length)]!.end();
  }
}

describe("runBlocks", () => {
  test("always hands rows out in block order, whatever order blocks finish in", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.nat(20),
        fc.infiniteStream(fc.nat()),
        async (slots, n, picks) => {
          const runner = new ManualRunner(slots);
          const seen: number[] = [];
          let ended = false;
          const running = runBlocks(
            blocks(n),
            runner,
            (rows) => void seen.push(...rows.map(({ cell }) => cell)),
          ).then(() => {
            ended = true;
          });
          await drain(
            runner,
            (k) => picks.next().value! % k,
            () => ended,
          );
          await running;
          expect(seen).toEqual(blocks(n).flatMap(({ cell }) => [cell, cell]));
          expect(runner.most).toBeLessThanOrEqual(slots);
          expect(runner.started).toBe(n);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("a slow first block holds back a bounded number of later ones", async () => {
    const runner = new ManualRunner(2);
    let ended = false;
    const running = runBlocks(blocks(50), runner, () => {}).then(() => {
      ended = true;
    });
    for (let i = 0; i < 30; i++) {
      await settle();
      if (runner.pending.length > 1) runner.pending[1]!.end();
    }
    expect(runner.started).toBe(6);
    await drain(
      runner,
      () => 0,
      () => ended,
    );
    await running;
  });

  test("an abort starts nothing more, and hands out everything that was computed", async () => {
    const runner = new ManualRunner(2);
    const controller = new AbortController();
    const seen: ReplicationRow[] = [];
    const running = runBlocks(blocks(9), runner, (rows) => void seen.push(...rows), controller.signal);
    await settle();
    controller.abort();
    expect(runner.stopped).toBe(true);
    const [first, second] = [...runner.pending];
    second!.end();
    first!.end(rowsOf(first!.block).slice(0, 1));
    await running;
    expect(seen.map(({ cell, replication }) => [cell, replication])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
    expect(runner.started).toBe(2);
  });

  test("a block that breaks ends the run with its error, after the others were handed out", async () => {
    const runner = new ManualRunner(2);
    const seen: number[] = [];
    const running = runBlocks(blocks(9), runner, (rows) => void seen.push(rows[0]!.cell));
    const refused = expect(running).rejects.toThrow("thread died");
    await settle();
    const [first, second] = [...runner.pending];
    first!.fail(new Error("thread died"));
    second!.end();
    await refused;
    expect(seen).toEqual([1]);
    expect(runner.stopped).toBe(true);
  });

  test("rows that cannot be handed out (full disk) end the run with that error", async () => {
    const runner = new ManualRunner(2);
    const running = runBlocks(blocks(9), runner, () => {
      throw new Error("disk full");
    });
    const refused = expect(running).rejects.toThrow("disk full");
    await settle();
    for (const { end } of [...runner.pending]) end();
    await settle();
    for (const { end } of [...runner.pending]) end();
    await refused;
    expect(runner.stopped).toBe(true);
  });
});

describe("pendingBlocks", () => {
  test("always cuts exactly what is not done, in order, into blocks without gaps", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
        (workers, done) => {
          const study = smallStudy();
          const isDone = (cell: number, replication: number): boolean => done[cell * 8 + replication]!;
          const found = [...pendingBlocks(study, isDone, workers)].flatMap(({ cell, first, count }) =>
            Array.from({ length: count }, (_, i) => cell * 8 + first + i),
          );
          expect(found).toEqual(done.flatMap((is, key) => (is ? [] : [key])));
        },
      ),
    );
  });

  test("a costly cell is cut into single replications", () => {
    const costly = smallStudy(
      { sampling: "direct", vary: {} },
      { dimension: 10_000, tasks: 1000, unlabeled: 1000 },
    );
    expect(cellCost(costly.cells[0]!)).toBeGreaterThan(cellCost(smallStudy().cells[0]!));
    expect([...pendingBlocks(costly, () => false, 1)].every(({ count }) => count === 1)).toBe(true);
  });

  test("training on samples counts for what it costs, under PGD for more", () => {
    const attack = { norm: 2, radius: 1 };
    const costs = [
      { attack },
      { attack, loss: "logistic" },
      { attack: { ...attack, inner: { pgd: { steps: 5 } } }, loss: "logistic" },
    ].map((method) =>
      cellCost(smallStudy({ methods: [{ name: "a", ...method }], vary: {} }, { labeled: 100 }).cells[0]!),
    );
    expect(costs[1]! / costs[0]!).toBeGreaterThan(50);
    expect(costs[2]! / costs[1]!).toBeGreaterThan(4);
  });
});

describe("compute", () => {
  test("progress begins with what is done, never falls, and ends at 1", async () => {
    const study = smallStudy();
    const reports: number[] = [];
    const complete = await compute(study, inProcessRunner(study, runReplication), {
      isDone: (cell) => cell === 0,
      onRows: () => {},
      onProgress: ({ work, done, total }) => {
        expect(total).toBe(24);
        expect(done).toBeLessThanOrEqual(total);
        reports.push(work);
      },
    });
    expect(complete).toBe(true);
    expect(reports[0]).toBeGreaterThan(0.2);
    expect(reports).toEqual([...reports].sort((a, b) => a - b));
    expect(reports.at(-1)).toBeCloseTo(1, 12);
  });

  test("a replication that throws, or gives NaN, is a failed row; the others are computed", async () => {
    const rows: ReplicationRow[] = [];
    const study = smallStudy({ vary: { "problem.target.norm": [13, 17] } });
    await compute(study, inProcessRunner(study, runReplication), {
      isDone: () => false,
      onRows: (more) => void rows.push(...more),
    });
    const failed = rows.filter((row) => "error" in row).map(({ cell, replication }) => [cell, replication]);
    expect(failed).toEqual([[0, 0], [0, 3], [0, 6], ...Array.from({ length: 8 }, (_, i) => [1, i])]);
  });
});
