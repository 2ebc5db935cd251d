import { describe, expect, it } from "vitest";
import { Campaign } from "../../src/claims/campaign.js";
import type { ClaimStudy } from "../../src/claims/claim.js";
import type { ReplicationRow } from "../../src/study/results.js";

const url = (name: string): string => new URL(`../helpers/${name}.ts`, import.meta.url).href;
const STAND_IN = url("standInReplication");
const OTHER = url("otherStandIn");

const plain: ClaimStudy = {
  name: "plain",
  problem: { dimension: 20, rank: 1, tasks: 12, labeled: 20 },
  methods: [{ name: "standard" }],
  vary: { "problem.labeled": [10, 40] },
};
const own: ClaimStudy = { ...plain, name: "own", replicationModule: OTHER };
const REPLICATIONS = 3;

/** The rows of studies in one campaign, in the order of `order`. */
async function rowsOf(
  order: readonly ClaimStudy[],
  workers: number,
  replicationModule?: string,
): Promise<ReadonlyMap<ClaimStudy, readonly ReplicationRow[][]>> {
  const campaign = new Campaign([plain, own], {
    seed: 1,
    workers,
    replications: REPLICATIONS,
    replicationModule,
  });
  try {
    for (const study of order) await campaign.advance(campaign.get(study), REPLICATIONS, () => {});
    return new Map([plain, own].map((study) => [study, campaign.get(study).rows]));
  } finally {
    await campaign.close();
  }
}

const errors = (rows: readonly ReplicationRow[][]): number[] =>
  rows.flat().map((row) => ("error" in row ? Number.NaN : row.methods.standard!.sinTheta2!));
const MARKED = [3, 4, 5, 3, 4, 5];

describe("a study with a replication module of its own", () => {
  it.each([1, 2])(
    "is replicated by it, and the others by the toolkit's, with %d workers",
    async (workers) => {
      const rows = await rowsOf([plain, own, plain], workers);
      expect(errors(rows.get(own)!)).toEqual(MARKED);
      expect(errors(rows.get(plain)!).every((error) => error > 0 && error < 1)).toBe(true);
    },
  );

  it("does not change a byte of the other studies, in whatever order they are run", async () => {
    const alone = await rowsOf([plain], 1);
    for (const order of [
      [own, plain],
      [plain, own],
    ]) {
      expect((await rowsOf(order, 1)).get(plain)).toEqual(alone.get(plain));
    }
  });

  it("keeps it when the run has a module, which replicates all others", async () => {
    const rows = await rowsOf([plain, own], 1, STAND_IN);
    expect(errors(rows.get(own)!)).toEqual(MARKED);
    const usual = await rowsOf([plain], 1);
    expect(errors(rows.get(plain)!)).not.toEqual(errors(usual.get(plain)!));
  });

  it("whose module cannot be loaded stops the run before its first number, and is named", async () => {
    const broken = { ...own, name: "broken", replicationModule: "file:///nowhere/none.js" };
    for (const workers of [1, 2]) {
      const campaign = new Campaign([plain, broken], { seed: 1, workers, replications: 1 });
      const first = campaign.advance(campaign.get(plain), 1, () => {});
      await expect(first).rejects.toThrow(/replication module file:\/\/\/nowhere\/none\.js/);
      await campaign.close();
    }
  });
});
