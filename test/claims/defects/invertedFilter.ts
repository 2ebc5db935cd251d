import { customReplication } from "../../../src/claims/customReplication.js";
import type { RunReplication } from "../../../src/study/inProcessRunner.js";
import { closedForm } from "../../../src/training/closedForm.js";
import { trainColumns, unit } from "./trainColumns.js";

/** The l2 attack filters the strong tasks and keeps the weak ones. */
export const runReplication: RunReplication = customReplication({
  train: (problem, means, _norms, method) =>
    trainColumns(problem, means, method, (muhat, attack) => {
      if (attack?.norm !== 2) return unit(closedForm(muhat, attack).direction);
      return Math.hypot(...muhat) <= attack.radius ? unit(muhat) : null;
    }),
});
