import { customReplication } from "../../../src/claims/customReplication.js";
import type { RunReplication } from "../../../src/study/inProcessRunner.js";
import { trainRepresentation } from "../../../src/training/trainRepresentation.js";

/** Columns keep their length. */
export const runReplication: RunReplication = customReplication({
  train: (problem, means, norms, method) =>
    trainRepresentation(problem, means, norms, { ...method, aggregation: "raw" }),
});
