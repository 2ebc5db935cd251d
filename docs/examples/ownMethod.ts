import type { ClaimStudy } from "../../src/claims/claim.js";
import { customReplication } from "../../src/claims/customReplication.js";
import type { UserClaim } from "../../src/claims/extension.js";
import { topRightSubspace } from "../../src/numerics/topSubspace.js";
import { trainRepresentation } from "../../src/training/trainRepresentation.js";

/** A method named "clipped": the top subspace of means whose coordinates are cut at 1. */
export const runReplication = customReplication({
  train: (problem, means, norms, method) => {
    if (method.name !== "clipped") return trainRepresentation(problem, means, norms, method);
    const clipped = { ...means, data: means.data.map((x) => Math.max(-1, Math.min(1, x))) };
    return { basis: topRightSubspace(clipped, problem.rank).basis, survivingTasks: means.rows };
  },
});

const problem = { dimension: 60, rank: 2, tasks: 60, labeled: 20, signal: 3, support: 4 };
const study: ClaimStudy = { name: "clipping", problem, methods: [{ name: "standard" }, { name: "clipped" }] };
const smaller = { study, method: "standard" };
const larger = { study, method: "clipped" };

export const claims: readonly UserClaim[] = [
  { id: "mine.clipped", title: "clipping hurts", test: { kind: "ordering", pairs: [{ smaller, larger }] } },
];
