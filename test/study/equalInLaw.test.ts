import { describe, expect, test } from "vitest";
import type { Sampling } from "../../src/model/problem.js";
import { runReplication } from "../../src/study/replication.js";
import type { Metrics } from "../../src/transfer/metricNames.js";
import { labelsOf, methodOf, problemOf } from "../helpers/problems.js";
import { ksDistance, ksLimit } from "../helpers/statistics.js";

const COUNT = 460;
const STANDARD = methodOf({ name: "standard" });
const HARD = methodOf({ name: "hard", pseudoLabels: labelsOf() });
const METHODS = {
  gaussian: [STANDARD, methodOf({ name: "hard", pseudoLabels: labelsOf({ rounds: 2 }) })],
  anisotropic: [
    STANDARD,
    HARD,
    methodOf({ name: "threshold", pseudoLabels: labelsOf({ threshold: 0.8 }) }),
    methodOf({ name: "soft", pseudoLabels: labelsOf({ soft: true, weight: "optimal", rounds: 2 }) }),
  ],
};
const METRICS = ["sinTheta2", "excessRisk", "errorRate"] as const;

type Columns = Record<string, Record<(typeof METRICS)[number], number[]>>;

/** sinTheta2, excess risk and error rate of every method over replications, by one way of sampling. */
function metrics(sampling: Sampling, seed: number, family: "gaussian" | "anisotropic"): Columns {
  const problem = problemOf({
    dimension: 7,
    rank: 1,
    tasks: 2,
    labeled: 2,
    unlabeled: 12,
    signal: [{ share: 1, norm: 1.5 }],
    noise: { family, condition: 20 },
    target: { samples: 2 },
  });
  const rows: Readonly<Record<string, Metrics>>[] = Array.from({ length: COUNT }, (_, k) => {
    const row = runReplication(
      { seed },
      { cell: 0, varied: {}, problem, methods: METHODS[family], sampling },
      k,
    );
    if ("error" in row) throw new Error(row.error);
    return row.methods;
  });
  return Object.fromEntries(
    METHODS[family].map(({ name }) => [
      name,
      Object.fromEntries(METRICS.map((metric) => [metric, rows.map((row) => row[name]![metric] as number)])),
    ]),
  ) as Columns;
}

describe("means drawn by their law against raw samples", () => {
  // 6 and 12 statistics, each with false-alarm probability 1e-8. Finer tests of the parts stand beside the parts.
  test.each(["gaussian", "anisotropic"] as const)(
    "%s: all metrics of all kinds of pseudo-labels are equal in law",
    (family) => {
      const auto = metrics("auto", 1, family);
      const direct = metrics("direct", 2, family);
      for (const { name } of METHODS[family]) {
        for (const metric of METRICS) {
          expect(ksDistance(auto[name]![metric], direct[name]![metric]), `${name} ${metric}`).toBeLessThan(
            ksLimit(COUNT),
          );
        }
      }
      // Power: a draw whose unlabelled samples are worth nothing would be seen.
      expect(ksDistance(auto.standard!.sinTheta2, direct.hard!.sinTheta2)).toBeGreaterThan(ksLimit(COUNT));
    },
  );
});
