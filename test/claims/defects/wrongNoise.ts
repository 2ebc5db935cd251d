import { customReplication } from "../../../src/claims/customReplication.js";
import { drawReplication } from "../../../src/model/drawReplication.js";
import type { RunReplication } from "../../../src/study/inProcessRunner.js";

/** Samples are 5 % noisier than the problem says. */
export const runReplication: RunReplication = customReplication({
  draw: (problem, ...rest) => {
    const noise = { ...problem.noise, sd: 1.05 * problem.noise.sd };
    return drawReplication({ ...problem, noise }, ...rest);
  },
});
