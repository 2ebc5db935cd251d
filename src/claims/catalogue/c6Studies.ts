import type { ClaimStudy } from "../claim.js";
import { STANDARD } from "./methods.js";

const problem = { dimension: 40, rank: 5, tasks: 60, labeled: 200, signal: 1 };

export const samples: ClaimStudy = {
  name: "c6-samples",
  problem,
  methods: [STANDARD],
  vary: { "problem.target.samples": [10, 20, 40, 160] },
  effort: 16,
};
export const plenty: ClaimStudy = {
  name: "c6-plenty",
  problem,
  methods: [STANDARD],
  vary: { "problem.target.samples": [20_000, 80_000] },
  effort: 3,
};
/** No source task matters to the baselines: the cheapest ones are drawn. */
export const oracles: ClaimStudy = {
  name: "c6-oracle",
  problem: { dimension: 20, rank: 5, tasks: 5, labeled: 50, signal: 1 },
  methods: [STANDARD],
  vary: { "problem.target.samples": [40, 80, 160, 320] },
  effort: 30,
};
export const sourceLabels: ClaimStudy = {
  name: "c6-source-labels",
  problem: { ...problem, target: { samples: 20_000 } },
  methods: [STANDARD],
  vary: { "problem.labeled": [50, 100, 200, 400, 800] },
  effort: 6,
};
/** As above: only the oracle is asked. */
export const ranks: ClaimStudy = {
  name: "c6-rank",
  problem: { dimension: 20, rank: 2, tasks: 20, labeled: 50, signal: 1, target: { samples: 400 } },
  methods: [STANDARD],
  vary: { "problem.rank": [3, 5, 9, 17] },
  effort: 20,
};
export const baseline: ClaimStudy = {
  name: "c6-no-transfer",
  problem: { dimension: 1000, rank: 2, tasks: 2, labeled: 50, signal: 1, target: { samples: 2000 } },
  methods: [STANDARD],
  effort: 6,
};
