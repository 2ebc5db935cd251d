import { describe, expect, test } from "vitest";
import { drawReplication } from "../../../src/model/drawReplication.js";
import { rawSamples } from "../../../src/model/rawSamples.js";
import { sinThetaSquared } from "../../../src/numerics/principalAngles.js";
import { topRightSubspace } from "../../../src/numerics/topSubspace.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { meansAsSamples, taskSamples } from "../../../src/training/gradient/gradientClassifiers.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { equalWeights } from "../../../src/training/gradient/weightedSamples.js";
import { jointMarginSubspace } from "../../../src/training/joint/jointMarginSubspace.js";
import { jointSubspace } from "../../../src/training/joint/jointSubspace.js";
import { randomStarts } from "../../../src/training/joint/randomStarts.js";
import { trainJointly } from "../../../src/training/joint/trainJointly.js";
import type { Method } from "../../../src/training/method.js";
import { sourceMeans } from "../../../src/training/sourceMeans.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const problem = problemOf({
  dimension: 14,
  tasks: 12,
  labeled: 15,
  unlabeled: 10,
  signal: [{ share: 1, norm: 2 }],
});
const draw = drawReplication(problem, 4, 0, "auto");
const samples = rawSamples(problem, 4, 0, "auto", draw);
const means = draw.labeledMeans;
const BALL = { kind: "ball" } as const;

const train = (changes: Partial<Method>, own = means) =>
  trainJointly(problem, own, methodOf({ aggregation: "joint", ...changes }), attackOf(changes), samples);
const attackOf = ({ attack }: Partial<Method>) =>
  attack === undefined || attack === null ? null : { norm: attack.norm, radius: attack.radius as number };

describe("trainJointly", () => {
  test("the closed-form solver starts from per-task training, gradients from four random frames of the replication's own stream", () => {
    expect(train({})).toEqual(jointSubspace(means, 2, 0));
    const random = train({ solver: "gradient" });
    expect(random).toEqual(jointSubspace(means, 2, 0, { starts: randomStarts(samples.training(12), 4) }));
    expect(random.startValues).toHaveLength(4);
    expect(sinThetaSquared(train({}).basis, random.basis)).toBeLessThan(1e-14);
    const alone = trainJointly(problem, means, methodOf({ solver: "gradient" }), null, null);
    expect(alone).toEqual(
      jointSubspace(means, 2, 0, { starts: randomStarts(keyedStream(["joint training"]), 4) }),
    );
  });

  test("the linear loss sees the means that it is given, semi-supervised ones included", () => {
    const pseudoLabels = labelsOf();
    const fed = sourceMeans(problem, draw, pseudoLabels);
    const attack = { norm: 2, radius: 1.5 };
    expect(train({ pseudoLabels, attack }, fed)).toEqual(jointSubspace(fed, 2, 1.5));
    // With a ridge it is the PCA of the means.
    const ridge = train({ solver: "gradient", regularization: { ridge: 2 } });
    expect(sinThetaSquared(topRightSubspace(means, 2).basis, ridge.basis)).toBeLessThan(1e-12);
  });

  test("under an attack with q other than 2 the norm is smoothed, for means as for samples", () => {
    for (const norm of [1.5, Infinity]) {
      const attack = { norm, radius: 0.1 };
      const training = { loss: marginLoss("linear"), attack, regularization: BALL };
      const found = train({ attack });
      expect(found).toEqual(jointMarginSubspace([...meansAsSamples(means)], 2, training));
      expect(found.converged).toBe(true);
      expect(sinThetaSquared(found.basis, train({}).basis)).toBeGreaterThan(1e-5);
    }
    expect(train({ attack: { norm: Infinity, radius: 0 } })).toEqual(train({}));
  });

  test("another loss sees the samples, with pseudo-labels of its own", () => {
    const attack = { norm: 2, radius: 0.2 };
    const labeled = [...samples.labeled()].map(equalWeights);
    const training = { loss: marginLoss("logistic"), attack, regularization: BALL };
    const found = train({ loss: "logistic", attack });
    expect(found).toEqual(jointMarginSubspace(labeled, 2, training));
    expect(sinThetaSquared(found.basis, train({ attack }).basis)).toBeGreaterThan(1e-4);
    const pseudoLabels = labelsOf({ soft: true });
    const gradient = {
      loss: "logistic",
      inner: "exact",
      regularization: { kind: "ridge", lambda: 0.5 },
    } as const;
    const both = [...taskSamples(problem, samples, gradient, pseudoLabels)];
    const regularization = { kind: "ridge", lambda: 0.5 } as const;
    expect(train({ loss: "logistic", pseudoLabels, regularization: { ridge: 0.5 } })).toEqual(
      jointMarginSubspace(both, 2, { loss: marginLoss("logistic"), attack: null, regularization }),
    );
  });

  test("what it cannot train is an error that says so", () => {
    expect(() => train({ attack: { norm: 1, radius: 0.1 } })).toThrow("attack.norm must be greater than 1");
    expect(() =>
      train({ solver: "gradient", attack: { norm: 2, radius: 0.1, inner: { pgd: { steps: 3 } } } }),
    ).toThrow("attack.inner must be");
    const logistic = methodOf({ loss: "logistic", aggregation: "joint" });
    expect(() => trainJointly(problem, means, logistic, null, null)).toThrow("the raw samples");
  });
});
