import type { ClaimStudy } from "../../src/claims/claim.js";
import { customReplication } from "../../src/claims/customReplication.js";
import type { UserClaim } from "../../src/claims/extension.js";
import { drawReplication } from "../../src/model/drawReplication.js";
import { keyedStream } from "../../src/random/keyedStream.js";

/** Laplace noise of variance 1: labelled means of n samples, from a stream of our own. */
export const runReplication = customReplication({
  draw: (problem, seed, replication, sampling) => {
    const draw = drawReplication(problem, seed, replication, sampling);
    const { uniform } = keyedStream([seed, "laplace", problem.labeled, replication]);
    const laplace = () => (Math.log1p(-uniform()) - Math.log1p(-uniform())) / Math.SQRT2;
    const noise = () => Array.from({ length: problem.labeled }, laplace).reduce((a, b) => a + b);
    const data = draw.taskMeans.data.map((mu) => mu + noise() / problem.labeled);
    return { ...draw, labeledMeans: { ...draw.taskMeans, data } };
  },
});

const problem = { dimension: 40, rank: 2, tasks: 60, labeled: 20 };
const study: ClaimStudy = { name: "laplace", problem, methods: [{ name: "standard" }], effort: 4 };
const of = [{ study, method: "standard" }];

export const claims: readonly UserClaim[] = [
  {
    id: "mine.laplace",
    title: "as Gaussian",
    test: { kind: "value", of, equals: "prediction", margin: 0.15 },
  },
];
