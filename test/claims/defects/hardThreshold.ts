import { customReplication } from "../../../src/claims/customReplication.js";
import type { RunReplication } from "../../../src/study/inProcessRunner.js";
import { closedForm } from "../../../src/training/closedForm.js";
import { trainColumns, unit } from "./trainColumns.js";

/** The soft threshold without its shift: what survives keeps its size. */
export const runReplication: RunReplication = customReplication({
  train: (problem, means, _norms, method) =>
    trainColumns(problem, means, method, (muhat, attack) => {
      if (attack?.norm !== Infinity) return unit(closedForm(muhat, attack).direction);
      return unit(muhat.map((value) => (Math.abs(value) > attack.radius ? value : 0)));
    }),
});
