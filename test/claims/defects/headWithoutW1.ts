import { customReplication } from "../../../src/claims/customReplication.js";
import type { RunReplication } from "../../../src/study/inProcessRunner.js";
import { evaluateNoTransfer, evaluateRepresentation } from "../../../src/transfer/evaluate.js";

/** The target head ignores the representation. */
export const runReplication: RunReplication = customReplication({
  evaluate: (problem, draw, representation, attack) => {
    const { excessRisk, errorRate, robustErrorRate } = evaluateNoTransfer(problem, draw);
    return {
      ...evaluateRepresentation(problem, draw, representation, attack),
      excessRisk,
      errorRate,
      robustErrorRate,
    };
  },
});
