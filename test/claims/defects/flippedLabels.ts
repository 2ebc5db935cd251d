import { customReplication } from "../../../src/claims/customReplication.js";
import { drawReplication, type ReplicationDraw } from "../../../src/model/drawReplication.js";
import type { UnlabeledSample } from "../../../src/model/unlabeledSample.js";
import type { RunReplication } from "../../../src/study/inProcessRunner.js";

/** Every pseudo-label has the wrong sign. */
function flipped(draw: ReplicationDraw): ReplicationDraw {
  const flip = (sample: UnlabeledSample): UnlabeledSample => ({
    count: sample.count,
    project: (beta) => sample.project(beta).map((value) => -value),
    weightedSum: (f) => sample.weightedSum(f),
  });
  return { ...draw, unlabeled: () => [...draw.unlabeled()].map(flip) };
}

export const runReplication: RunReplication = customReplication({
  draw: (...key) => flipped(drawReplication(...key)),
});
