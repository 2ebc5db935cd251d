import { describe, expect, it } from "vitest";
import { violated } from "../../../src/theory/bounds/bound.js";
import { boundFor } from "../../../src/theory/bounds/boundFor.js";
import { c5 } from "../../../src/theory/bounds/c5.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const problem = problemOf({ dimension: 400, rank: 3, tasks: 100, labeled: 25, unlabeled: 75, support: 9 });
const mixed = {
  ...problem,
  signal: [
    { share: 0.5, norm: 4 },
    { share: 0.5, norm: 1 },
  ],
};
const l2 = methodOf({ attack: { norm: 2, radius: 4.3 } });
const lInf = methodOf({ attack: { norm: Infinity, radius: { logThreshold: 1 } } });
const labels = methodOf({ pseudoLabels: labelsOf() });

const formOf = (...args: Parameters<typeof boundFor>): number => boundFor(...args)!.representation.form;

describe("boundFor", () => {
  it("evaluates the paper's forms by hand", () => {
    // r (sqrt(1/n) + sqrt(p/(nT)) + sqrt(ln n/(nT)))
    const c1 = 3 * (1 / 5 + Math.sqrt(400 / 2500) + Math.sqrt(Math.log(25) / 2500));
    expect(formOf(problem, methodOf())).toBeCloseTo(c1, 12);
    expect(formOf(mixed, l2)).toBeCloseTo(c1 / 4, 12);
    expect(formOf(problem, lInf)).toBeCloseTo(3 * (1 / 5 + 9 / 50) * Math.log(500), 12);
    const c4 = 3 * (1 / 10 + Math.sqrt(400 / 1e4) + Math.sqrt(Math.log(100) / 1e4));
    expect(formOf(problem, labels)).toBeCloseTo(c4, 12);
    expect(formOf(mixed, { ...l2, pseudoLabels: labelsOf() })).toBeCloseTo(c4 / 4, 12);
    expect(formOf(problem, { ...lInf, pseudoLabels: labelsOf() })).toBeCloseTo(
      3 * (1 / 10 + 9 / 100) * Math.log(500),
      12,
    );
    const target = boundFor(problem, methodOf())!.target;
    expect(target.form).toBeCloseTo(c1 + Math.sqrt((3 + Math.log(25)) / 20), 12);
    expect([target.claim, target.quantity]).toEqual(["C6", "excessRisk"]);
  });

  it("names the claim for every method that the paper speaks about, and no other", () => {
    const claim = (...args: Parameters<typeof boundFor>): string | undefined =>
      boundFor(...args)?.representation.claim;
    expect(claim(problem, methodOf())).toBe("C1");
    expect(claim(problem, l2)).toBe("C2");
    expect(claim(problem, lInf)).toBe("C3");
    expect(claim(problem, labels)).toBe("C4");
    expect(claim(problem, { ...lInf, pseudoLabels: labelsOf() })).toBe("C5");
    expect(claim({ ...problem, unlabeled: 0 }, labels)).toBe("C1");
    expect(boundFor(problem, methodOf({ aggregation: "raw" }))).toBeNull();
    expect(boundFor(problem, methodOf({ attack: { norm: 3, radius: 1 } }))).toBeNull();
    expect(boundFor(problem, methodOf({ loss: "logistic" }))).toBeNull();
    for (const other of [{ soft: true }, { rounds: 2 }, { threshold: 0.5 }, { weight: "optimal" }] as const) {
      const method = methodOf({ pseudoLabels: labelsOf(other) });
      expect(boundFor(problem, method)).toBeNull();
      // Without unlabelled samples there is nothing to label.
      expect(claim({ ...problem, unlabeled: 0 }, method)).toBe("C1");
    }
  });

  it("divides by the largest norm that has tasks", () => {
    const signal = [...mixed.signal, { share: 0, norm: 100 }];
    expect(formOf({ ...mixed, signal }, l2)).toBe(formOf(mixed, l2));
  });

  it("lists the hypotheses of every theorem, those of pseudo-labels and of the attack together in C5", () => {
    const texts = (...args: Parameters<typeof boundFor>): string[] =>
      boundFor(...args)!.representation.assumptions.map((assumption) => assumption.text);
    const [supervised, filtered, sparse, pseudo] = [methodOf(), l2, lInf, labels].map((method) =>
      texts(problem, method),
    ) as [string[], string[], string[], string[]];
    expect([supervised.length, filtered.length, sparse.length, pseudo.length]).toEqual([4, 5, 6, 5]);
    const norms = supervised.find((text) => /norms of one order/.test(text));
    for (const [attack, alone] of [
      [l2, filtered],
      [lInf, sparse],
    ] as const) {
      const both = texts(problem, { ...attack, pseudoLabels: labelsOf() });
      const expected = new Set([...alone, ...pseudo].filter((text) => text !== norms));
      expect(new Set(both)).toEqual(expected);
      expect(both.length).toBe(expected.size);
    }
  });

  it("takes C5 without an l_inf attack for that of mixed signals", () => {
    const bound = c5(mixed, labels);
    expect(bound.form).toBeCloseTo(formOf(mixed, { ...l2, pseudoLabels: labelsOf() }), 12);
    expect(violated(bound).map((assumption) => assumption.found)).toContain("no l2 attack");
  });

  it("is a sum of its terms, visibly without a constant", () => {
    for (const method of [methodOf(), l2, lInf, labels]) {
      const { representation } = boundFor(mixed, method)!;
      expect(representation.upToConstant).toBe(true);
      expect(representation.terms.reduce((sum, term) => sum + term.value, 0)).toBeCloseTo(
        representation.form,
        12,
      );
      expect(representation.source).toMatch(/2106\.10189/);
    }
  });

  it("says which assumption a problem violates", () => {
    const broken = (...args: Parameters<typeof boundFor>): string =>
      violated(boundFor(...args)!.representation)
        .map((assumption) => assumption.text)
        .join();
    expect(broken(problem, methodOf())).toBe("");
    expect(broken(mixed, methodOf())).toMatch(/norms of one order/);
    expect(broken({ ...problem, diversity: [1, 1, 0] }, methodOf())).toMatch(/diverse tasks/);
    expect(broken({ ...problem, noise: { ...problem.noise, family: "student-t" } }, methodOf())).toMatch(
      /sub-Gaussian/,
    );
    expect(broken(problem, l2)).toMatch(/mixed signals.*l2 radius/);
    expect(broken(mixed, l2)).not.toMatch(/mixed signals/);
    expect(broken({ ...problem, support: 40 }, lInf)).toMatch(/s\^2 below p/);
    expect(broken(problem, methodOf({ attack: { norm: Infinity, radius: 9 } }))).toMatch(/order sigma/);
    expect(broken(problemOf({ dimension: 500, labeled: 20, unlabeled: 9 }), labels)).toMatch(/below 1\/4/);
  });
});
