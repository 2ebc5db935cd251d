import { describe, expect, it } from "vitest";
import { predictStudy } from "../../src/study/predictStudy.js";
import { runReplication } from "../../src/study/replication.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import { plainJson } from "../../src/study/resultText.js";
import { simulateInProcess } from "../../src/study/simulateInProcess.js";
import { theoryAnnotation } from "../../src/study/theoryAnnotation.js";
import { METRIC_NAMES } from "../../src/transfer/metricNames.js";

const study = resolveStudy({
  name: "beside",
  seed: 3,
  replications: 30,
  problem: {
    dimension: 80,
    rank: 2,
    tasks: 60,
    labeled: 30,
    unlabeled: 60,
    signal: 1.5,
    target: { samples: 20 },
  },
  methods: [
    { name: "standard" },
    { name: "semi-supervised", pseudoLabels: true },
    { name: "adversarial", attack: { norm: 2, radius: 0.2 } },
    { name: "self-training", pseudoLabels: { rounds: 3 } },
  ],
  vary: { "problem.labeled": [30, 120] },
});

describe("theory beside simulation", () => {
  it("predictions in a summary are those of predict, and lie within their Monte Carlo error", async () => {
    const result = await simulateInProcess(study, runReplication, { annotate: theoryAnnotation() });
    const predicted = predictStudy(study);
    for (const [i, cell] of result.cells.entries()) {
      for (const [name, metrics] of Object.entries(cell.methods)) {
        for (const metric of METRIC_NAMES) {
          const { mean, mcse, ...theory } = metrics[metric];
          const { predicted: value, bound } = predicted.cells[i]!.methods[name]![metric];
          expect([theory.predicted, theory.bound]).toEqual([value, bound]);
          if (value === null || mean === null || mcse === null) continue;
          // 5.5 standard errors (false alarm 4e-8 each, 60 comparisons) and 4 % for what theory leaves out.
          expect(Math.abs(value - mean)).toBeLessThanOrEqual(5.5 * mcse + 0.04 * mean);
        }
      }
    }
  });

  it("what is not predicted is null with a reason, never a number", () => {
    const cell = predictStudy(study).cells[0]!;
    expect(cell.methods["self-training"]!.sinTheta2.predicted).toBeNull();
    expect(cell.notes["self-training"]!.reasons.length).toBeGreaterThan(0);
    expect(cell.notes["self-training"]!.bound).toBeNull();
  });

  it("each method has the bound of its own claim, squared for sinTheta2, and names what it violates", () => {
    const { methods, notes } = predictStudy(study).cells[0]!;
    expect(["standard", "semi-supervised", "adversarial"].map((name) => notes[name]!.bound!.claim)).toEqual([
      "C1",
      "C4",
      "C2",
    ]);
    for (const name of ["standard", "semi-supervised", "adversarial"]) {
      const { form, terms } = notes[name]!.bound!;
      expect(methods[name]!.sinTheta2.bound).toBeCloseTo(form ** 2, 12);
      expect(terms.reduce((sum, term) => sum + term.value, 0)).toBeCloseTo(form, 12);
    }
    expect(notes.adversarial!.bound!.violated.length).toBeGreaterThan(0);
    expect(methods.oracle!.excessRisk.bound).toBeNull();
  });

  it("a prediction is plain JSON and the same at every call", () => {
    const text = plainJson(predictStudy(study));
    expect(text).toBe(plainJson(predictStudy(study)));
    expect(JSON.parse(text).cells).toHaveLength(2);
  });
});
