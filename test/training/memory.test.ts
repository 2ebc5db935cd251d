import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { drawReplication } from "../../src/model/drawReplication.js";
import { sourceMeans } from "../../src/training/sourceMeans.js";
import { labelsOf, problemOf } from "../helpers/problems.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes in live array buffers: what is no longer reachable is collected first (buffers are swept behind the collector's back, hence thrice). */
function liveBytes(): number {
  for (let pass = 0; pass < 3; pass++) collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

test("pseudo-labels on 10,000 samples of each of 200 tasks in R^500 never hold more than a few T x p matrices", () => {
  const problem = problemOf({ dimension: 500, tasks: 200, labeled: 20, unlabeled: 10_000 });
  const matrixBytes = 200 * 500 * 8;
  const before = liveBytes();
  const draw = drawReplication(problem, 1, 0, "auto");
  let most = 0;
  const watched = function* () {
    let t = 0;
    for (const sample of draw.unlabeled()) {
      yield {
        ...sample,
        weightedSum(f: Float64Array) {
          const sum = sample.weightedSum(f);
          if (t % 66 === 65) most = Math.max(most, liveBytes() - before);
          return sum;
        },
      };
      t++;
    }
  };
  const means = sourceMeans(problem, { ...draw, unlabeled: watched }, labelsOf({ rounds: 2 }));
  expect(means.rows).toBe(200);
  // Means, noisy means, semi-supervised means; and a few vectors of length u.
  expect(most).toBeGreaterThan(3 * matrixBytes);
  expect(most).toBeLessThan(5 * matrixBytes);
  // The samples of a single task would fill fifty such matrices.
  const samples = new Float64Array(10_000 * 500);
  expect(liveBytes() - before).toBeGreaterThan(5 * matrixBytes + samples.byteLength / 2);
});
