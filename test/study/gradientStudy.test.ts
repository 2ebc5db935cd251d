import { describe, expect, test } from "vitest";
import { customReplication } from "../../src/claims/customReplication.js";
import { drawReplication } from "../../src/model/drawReplication.js";
import { fingerprint } from "../../src/study/fingerprint.js";
import { runReplication } from "../../src/study/replication.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import { cellTheory } from "../../src/study/theoryAnnotation.js";
import { evaluateRepresentation } from "../../src/transfer/evaluate.js";
import type { Metrics } from "../../src/transfer/metricNames.js";

const PROBLEM = { dimension: 12, rank: 2, tasks: 9, labeled: 12, unlabeled: 20, signal: 2 };
const ATTACK = { norm: "inf", radius: { logThreshold: 0.4 } };
const studyOf = (...methods: object[]) =>
  resolveStudy({ problem: PROBLEM, methods: methods.map((method, i) => ({ name: `m${i}`, ...method })) });

function metricsOf(...methods: object[]): Metrics[] {
  const study = studyOf(...methods);
  const row = runReplication({ seed: 5 }, study.cells[0]!, 0);
  if ("error" in row) throw new Error(row.error);
  return methods.map((_, i) => row.methods[`m${i}`]!);
}

describe("the fields of gradient training", () => {
  test("defaults are not written: the file and the fingerprint of a study without them stay as they were", () => {
    const plain = studyOf({ attack: ATTACK });
    const spelt = studyOf({
      attack: { ...ATTACK, inner: "exact" },
      solver: "closed-form",
      loss: "linear",
      regularization: "ball",
    });
    expect(spelt.file).toEqual(plain.file);
    expect(fingerprint(spelt)).toBe(fingerprint(plain));
    expect(Object.keys(plain.cells[0]!.methods[0]!)).toEqual([
      "name",
      "attack",
      "pseudoLabels",
      "aggregation",
    ]);
  });

  test("what is not a default is kept, and the resolved file is the same study again", () => {
    const study = studyOf(
      { solver: "gradient" },
      { loss: "logistic", solver: "gradient", regularization: { ridge: 0.5 } },
      { loss: "squared-hinge", attack: { ...ATTACK, inner: { pgd: { steps: 5, step: 0.3, starts: 2 } } } },
    );
    const [gradient, logistic, hinge] = study.cells[0]!.methods;
    expect(gradient).toMatchObject({ solver: "gradient" });
    expect(logistic).toMatchObject({ loss: "logistic", regularization: { ridge: 0.5 } });
    expect(hinge!.attack).toMatchObject({
      norm: Infinity,
      inner: { pgd: { steps: 5, step: 0.3, starts: 2 } },
    });
    expect(resolveStudy(JSON.parse(JSON.stringify(study.file)))).toEqual(study);
    // A loss without a closed form means gradients, said or not.
    expect(studyOf({ loss: "logistic" }).file).toEqual(
      studyOf({ loss: "logistic", solver: "gradient" }).file,
    );
  });

  test("descent is kept but for what it does anyway, and is implied by PGD", () => {
    const study = studyOf(
      { loss: "logistic", descent: { epochs: 200, momentum: 0.9, schedule: "cosine", averaging: 0 } },
      { loss: "logistic", descent: { epochs: 20, batchSize: 4, learningRate: 0.1 } },
    );
    expect(study.cells[0]!.methods.map(({ descent }) => descent)).toEqual([
      {},
      { epochs: 20, batchSize: 4, learningRate: 0.1 },
    ]);
    expect(resolveStudy(JSON.parse(JSON.stringify(study.file)))).toEqual(study);
    const attack = { ...ATTACK, inner: { pgd: { steps: 5 } } };
    expect(studyOf({ loss: "logistic", attack, descent: {} }).file).toEqual(
      studyOf({ loss: "logistic", attack }).file,
    );
    const varied = resolveStudy({
      problem: PROBLEM,
      methods: [{ name: "a", loss: "logistic" }],
      vary: { "methods.a.descent.epochs": [10, 20] },
    });
    expect(varied.cells.map(({ methods }) => methods[0]!.descent)).toEqual([{ epochs: 10 }, { epochs: 20 }]);
  });

  test("they can be varied", () => {
    const study = resolveStudy({
      problem: PROBLEM,
      methods: [{ name: "a", solver: "gradient", attack: ATTACK }],
      vary: {
        "methods.a.loss": ["linear", "logistic"],
        "methods.a.regularization": ["ball", { ridge: 1 }],
        "methods.a.attack.inner": ["exact", { pgd: { steps: 3 } }],
      },
    });
    expect(study.cells).toHaveLength(8);
    expect(study.cells[7]!.methods[0]).toMatchObject({ loss: "logistic", regularization: { ridge: 1 } });
    expect("loss" in study.cells[0]!.methods[0]!).toBe(false);
  });
});

describe("theory", () => {
  test("predicts and bounds the linear loss by either solver, and says why not another loss", () => {
    const study = studyOf({ attack: ATTACK }, { attack: ATTACK, solver: "gradient" }, { loss: "logistic" });
    const [closed, gradient, logistic] = ["m0", "m1", "m2"].map((name) => cellTheory(study.cells[0]!, name));
    expect(gradient!.metrics).toEqual(closed!.metrics);
    expect(closed!.metrics.sinTheta2.predicted).toBeGreaterThan(0);
    expect(logistic!.metrics.sinTheta2).toEqual({ predicted: null, bound: null });
    expect(logistic!.prediction.reasons.join()).toContain("the logistic loss");
    expect(logistic!.bounds).toBe(null);
  });
});

describe("customReplication", () => {
  const cell = studyOf({ loss: "logistic", pseudoLabels: true }, { solver: "gradient" }).cells[0]!;

  test("with a step of its own gives the toolkit's numbers for the others", () => {
    const run = customReplication({ evaluate: evaluateRepresentation });
    expect(run({ seed: 5 }, cell, 0)).toEqual(runReplication({ seed: 5 }, cell, 0));
  });

  test("gives the toolkit's numbers for every kind of labels, of which each has means of its own", () => {
    const labels = [false, true, { rounds: 2, weight: 0.5 }];
    const linear = studyOf(...labels.map((pseudoLabels) => ({ pseudoLabels }))).cells[0]!;
    const run = customReplication({ evaluate: evaluateRepresentation });
    expect(run({ seed: 5 }, linear, 0)).toEqual(runReplication({ seed: 5 }, linear, 0));
  });

  test("with a draw of its own has no samples to give to a loss that needs them, and says so", () => {
    const run = customReplication({ draw: drawReplication });
    expect(() => run({ seed: 5 }, cell, 0)).toThrow("samples must be the raw samples");
    const means = { ...cell, methods: cell.methods.slice(1) };
    expect(run({ seed: 5 }, means, 0)).toEqual(runReplication({ seed: 5 }, means, 0));
  });
});

describe("a replication", () => {
  const PSEUDO = [false, true, { soft: true, weight: "optimal" }, { rounds: 2, threshold: 0.3, weight: 0.5 }];
  const ATTACKS = [null, ATTACK, { norm: 2, radius: { filterBelow: 1 } }, { norm: 3, radius: 0.2 }];
  const everyMethod = (["normalized", "raw", "oracle-weights"] as const).flatMap((aggregation) =>
    PSEUDO.flatMap((pseudoLabels) => ATTACKS.map((attack) => ({ aggregation, pseudoLabels, attack }))),
  );

  test("linear loss: gradients and the closed form give the same W1 to 1e-6, for every method", () => {
    const closed = metricsOf(...everyMethod);
    for (const regularization of ["ball", { ridge: 0.3 }]) {
      const gradient = metricsOf(
        ...everyMethod.map((method) => ({ ...method, solver: "gradient", regularization })),
      );
      gradient.forEach((metrics, i) => {
        for (const [name, value] of Object.entries(metrics)) {
          const expected = closed[i]![name as keyof Metrics];
          if (value === null || expected === null) expect(value).toBe(expected);
          else expect(Math.abs(value - expected)).toBeLessThan(1e-6);
        }
      });
      expect(gradient).toHaveLength(48);
    }
  });

  test("every method runs with every other loss, and learns", () => {
    for (const [loss, methods] of [
      ["logistic", everyMethod],
      ["squared-hinge", everyMethod.slice(0, 15)],
    ] as const) {
      const metrics = metricsOf(
        ...methods.map((method) => ({ ...method, loss, regularization: { ridge: 0.5 } })),
      );
      for (const { sinTheta2, survivingTasks } of metrics) {
        expect(survivingTasks).toBeGreaterThan(5);
        // Random subspaces have 2 (1 - 2/12) = 1.7.
        expect(sinTheta2).toBeLessThan(0.9);
      }
      const distinct = new Set(metrics.map(({ sinTheta2 }) => sinTheta2!.toPrecision(9)));
      // With one signal norm the oracle's weights are those of raw columns.
      expect(distinct.size).toBe(loss === "logistic" ? 32 : 15);
    }
  });

  test("training by PGD is near training by the exact inner maximum", () => {
    for (const attack of [ATTACK, { norm: 2, radius: { filterBelow: 1 } }]) {
      const pgd = { ...attack, inner: { pgd: { steps: 4, step: 0.5, starts: attack === ATTACK ? 0 : 1 } } };
      const [exact, near, linear, nearLinear] = metricsOf(
        { loss: "logistic", attack },
        { loss: "logistic", attack: pgd },
        { solver: "gradient", attack },
        { solver: "gradient", attack: pgd },
      );
      expect(near!.survivingTasks).toBe(exact!.survivingTasks);
      expect(Math.abs(near!.sinTheta2! / exact!.sinTheta2! - 1)).toBeLessThan(0.1);
      expect(Math.abs(nearLinear!.sinTheta2! / linear!.sinTheta2! - 1)).toBeLessThan(0.1);
      expect(near!.sinTheta2).not.toBe(exact!.sinTheta2);
    }
  });

  test("minibatch descent comes near the solver; a learning rate that is too large is a reason, not a number", () => {
    const descent = { epochs: 100, batchSize: 4 };
    for (const loss of ["logistic", "squared-hinge"]) {
      const regularization = { ridge: 0.5 };
      const [exact, near, linear, nearLinear] = metricsOf(
        { loss, regularization, attack: ATTACK },
        { loss, regularization, attack: ATTACK, descent },
        { solver: "gradient" },
        { solver: "gradient", descent: {} },
      );
      expect(Math.abs(near!.sinTheta2! / exact!.sinTheta2! - 1)).toBeLessThan(0.05);
      expect(near!.sinTheta2).not.toBe(exact!.sinTheta2);
      expect(Math.abs(nearLinear!.sinTheta2! / linear!.sinTheta2! - 1)).toBeLessThan(1e-6);
    }
    const study = studyOf({
      loss: "squared-hinge",
      regularization: { ridge: 1 },
      descent: { learningRate: 1e3, epochs: 10 },
    });
    const row = runReplication({ seed: 5 }, study.cells[0]!, 0);
    expect("error" in row && row.error).toContain("gradient descent of task 0 diverged");
  });

  test("adding methods changes no other's numbers, also where they draw random starts", () => {
    const random = { loss: "logistic", attack: { ...ATTACK, inner: { pgd: { steps: 1, starts: 1 } } } };
    const [alone] = metricsOf(random);
    const [, , again] = metricsOf({ loss: "logistic", pseudoLabels: true }, random, random);
    expect(again).toEqual(alone);
  });

  test("an attack that filters every task is a result: nothing learnt", () => {
    const [exact, pgd] = metricsOf(
      { loss: "logistic", attack: { norm: 2, radius: 1e3 } },
      { loss: "logistic", attack: { norm: 2, radius: 1e3, inner: { pgd: { steps: 2 } } } },
    );
    expect([exact!.survivingTasks, exact!.sinTheta2]).toEqual([0, 2]);
    expect(pgd).toEqual(exact);
  });

  test("one labelled sample, and nearly no noise, are fine", () => {
    for (const problem of [
      { ...PROBLEM, labeled: 1 },
      { ...PROBLEM, noise: { sd: 1e-9 } },
    ]) {
      const study = resolveStudy({
        problem,
        methods: [
          { name: "a", loss: "logistic" },
          { name: "b", loss: "squared-hinge", pseudoLabels: true, regularization: { ridge: 1 } },
        ],
      });
      const row = runReplication({ seed: 5 }, study.cells[0]!, 0);
      if ("error" in row) throw new Error(row.error);
      for (const name of ["a", "b"]) {
        expect(row.methods[name]!.survivingTasks).toBe(9);
        if (problem.labeled > 1) expect(row.methods[name]!.sinTheta2!).toBeLessThan(1e-12);
      }
    }
  });
});

describe("joint training", () => {
  test("runs with every solver, loss and regularisation, each with its own representation", () => {
    const attack = { norm: 2, radius: 0.3 };
    const methods = [
      { aggregation: "joint", attack },
      { aggregation: "joint", attack, loss: "logistic" },
      { aggregation: "joint", attack, loss: "squared-hinge", pseudoLabels: true },
      { aggregation: "joint", solver: "gradient", regularization: { ridge: 0.3 } },
      { aggregation: "normalized", attack },
    ];
    const errors = metricsOf(...methods).map(({ sinTheta2 }) => sinTheta2!);
    expect(new Set(errors).size).toBe(methods.length);
    for (const error of errors) expect(error).toBeLessThan(0.9);
    // From random starts the linear loss ends where per-task training leads.
    const [closed, gradient] = metricsOf(
      { aggregation: "joint" },
      { aggregation: "joint", solver: "gradient" },
    );
    expect(gradient!.sinTheta2).toBeCloseTo(closed!.sinTheta2!, 10);
  });
});
