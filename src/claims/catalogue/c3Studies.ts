import type { ClaimStudy } from "../claim.js";
import { STANDARD, sparsifier } from "./methods.js";

const problem = { dimension: 200, rank: 2, tasks: 80, labeled: 100, signal: 1, support: 8 };
const methods = [STANDARD, sparsifier(0.5)];

export const dimensions: ClaimStudy = {
  name: "c3-dimension",
  problem,
  methods,
  vary: { "problem.dimension": [100, 200, 400, 800] },
};
export const supports: ClaimStudy = {
  name: "c3-support",
  problem,
  methods,
  vary: { "problem.support": [4, 8, 16, 32] },
};
export const labels: ClaimStudy = {
  name: "c3-labels",
  problem,
  methods,
  vary: { "problem.labeled": [50, 100, 200, 400] },
};
export const sizes: ClaimStudy = {
  name: "c3-value",
  problem: { ...problem, dimension: 400, tasks: 160, support: 10 },
  methods: [sparsifier(0.5)],
  vary: { "problem.labeled": [50, 200] },
  effort: 3,
};
