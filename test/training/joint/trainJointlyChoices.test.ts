import { describe, expect, test } from "vitest";
import { drawReplication } from "../../../src/model/drawReplication.js";
import { rawSamples } from "../../../src/model/rawSamples.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import type { Ball } from "../../../src/training/closedForm.js";
import { meansAsSamples, taskSamples } from "../../../src/training/gradient/gradientClassifiers.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { equalWeights } from "../../../src/training/gradient/weightedSamples.js";
import { jointMarginSubspace } from "../../../src/training/joint/jointMarginSubspace.js";
import { jointSubspace } from "../../../src/training/joint/jointSubspace.js";
import { randomStarts } from "../../../src/training/joint/randomStarts.js";
import { trainJointly } from "../../../src/training/joint/trainJointly.js";
import type { Method } from "../../../src/training/method.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

/** The choices of trainJointly on a problem so small that each of them is quick. */
const problem = problemOf({ dimension: 3, tasks: 4, labeled: 3, unlabeled: 3, rank: 1, signal: [{ share: 1, norm: 2 }] }); // biome-ignore format: one line
const draw = drawReplication(problem, 3, 0, "auto");
const samples = rawSamples(problem, 3, 0, "auto", draw);
const means = draw.labeledMeans;
const ridge = { kind: "ridge", lambda: 2 } as const;

const train = (changes: Partial<Method>, attack: Ball | null = null, raw: typeof samples | null = samples) =>
  trainJointly(problem, means, methodOf({ aggregation: "joint", ...changes }), attack, raw);

describe("the linear loss in the ball", () => {
  test("without gradients starts from per-task training, standard or under an l2 attack", () => {
    expect(train({})).toEqual(jointSubspace(means, 1, 0));
    expect(train({}, { norm: 2, radius: 0.7 })).toEqual(jointSubspace(means, 1, 0.7));
    expect(train({}, { norm: Infinity, radius: 0 })).toEqual(jointSubspace(means, 1, 0));
    expect(train({}, null, null)).toEqual(jointSubspace(means, 1, 0));
  });

  test("with gradients starts from four random frames of the replication's stream, of a fixed one without samples", () => {
    const from = (rng: ReturnType<typeof keyedStream>) => ({ starts: randomStarts(rng, 4) });
    const own = jointSubspace(means, 1, 0, from(samples.training(4)));
    expect(own.startValues).toHaveLength(4);
    expect(train({ solver: "gradient" })).toEqual(own);
    const fixed = jointSubspace(means, 1, 0, from(keyedStream(["joint training"])));
    expect(train({ solver: "gradient" }, null, null)).toEqual(fixed);
    expect(fixed.basis).not.toEqual(own.basis);
  });
});

describe("everything else is trained by margins", () => {
  test("the linear loss on the means, whether there are samples or not", () => {
    const tasks = [...meansAsSamples(means)];
    const attack = { norm: 3, radius: 0.1 };
    const ball = jointMarginSubspace(tasks, 1, { loss: marginLoss("linear"), attack, regularization: { kind: "ball" } }); // biome-ignore format: one line
    expect(train({}, attack)).toEqual(ball);
    const penalised = jointMarginSubspace(tasks, 1, { loss: marginLoss("linear"), attack: null, regularization: ridge }); // biome-ignore format: one line
    for (const raw of [samples, null]) {
      expect(train({ solver: "gradient", regularization: { ridge: 2 } }, null, raw)).toEqual(penalised);
    }
  });

  test("other losses on the samples, which they must have", () => {
    const tasks = [...samples.labeled()].map(equalWeights);
    const attack = { norm: 2, radius: 0.2 };
    const training = { loss: marginLoss("logistic"), attack, regularization: ridge };
    const method = { loss: "logistic", regularization: { ridge: 2 } } as const;
    expect(train(method, attack)).toEqual(jointMarginSubspace(tasks, 1, training));
    expect(() => train(method, attack, null)).toThrow('the raw samples that "standard" trains on');
    const pseudoLabels = labelsOf();
    const gradient = { loss: "logistic", inner: "exact", regularization: ridge } as const;
    const both = [...taskSamples(problem, samples, gradient, pseudoLabels)];
    expect(both[0]!.points.rows).toBeGreaterThan(3);
    expect(train({ ...method, pseudoLabels }, attack)).toEqual(jointMarginSubspace(both, 1, training));
  });
});

test("an attack by PGD is refused", () => {
  const inner = { pgd: { steps: 3 } };
  const attack = { norm: 2, radius: 0.1 };
  expect(() => train({ solver: "gradient", attack: { ...attack, inner } }, attack)).toThrow(
    "attack.inner must be",
  );
});

test("training that did not converge is an error that says how far it came", () => {
  // Hardly regularised, the squared hinge of few samples is flat and a head is not found.
  const hard = problemOf({ dimension: 3, tasks: 2, labeled: 3 });
  const drawn = drawReplication(hard, 8, 0, "auto");
  const method = methodOf({ aggregation: "joint", loss: "squared-hinge", regularization: { ridge: 1e-4 } });
  const own = rawSamples(hard, 8, 0, "auto", drawn);
  expect(() => trainJointly(hard, drawn.labeledMeans, method, { norm: 2, radius: 0.3 }, own)).toThrow(
    /joint training did not converge: relative gradient \S+ after \d+ iterations/,
  );
});
