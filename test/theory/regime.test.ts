import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/model/problem.js";
import { methodRegime, noiseRegime } from "../../src/theory/regime.js";
import type { Ball } from "../../src/training/closedForm.js";
import type { Method } from "../../src/training/method.js";
import { labelsOf, methodOf, problemOf } from "../helpers/problems.js";

/** A problem on which nothing is rough: many tasks, dimensions and unlabelled samples. */
const good = problemOf({ dimension: 100, tasks: 60, labeled: 20, unlabeled: 10 });
const l2: Ball = { norm: 2, radius: 1 };
const lInf: Ball = { norm: Infinity, radius: 1 };
const none: Ball = { norm: 2, radius: 0 };

/** The first words of all reasons and of all warnings. */
function said(problem: Problem, method: Method, attack: Ball | null): { why: string[]; rough: string[] } {
  const { reasons, warnings } = methodRegime(problem, method, attack);
  const first = (text: string): string => text.split(" ").slice(0, 3).join(" ");
  return { why: reasons.map(first), rough: warnings.map(first) };
}

const nothing = { why: [], rough: [] };

describe("noiseRegime", () => {
  it("predicts Gaussian noise without a word, and says why heavy tails and anisotropy are left out", () => {
    expect(noiseRegime(problemOf({ labeled: 1 }))).toEqual({ reasons: [], warnings: [] });
    for (const [family, reason] of [
      ["student-t", /^heavy-tailed/],
      ["anisotropic", /^anisotropic/],
    ] as const) {
      const regime = noiseRegime(problemOf({ noise: { family }, labeled: 5 }));
      expect(regime.reasons).toEqual([expect.stringMatching(reason)]);
      expect(regime.warnings).toEqual([]);
    }
  });

  it("warns of other bounded noise below twenty labels: their mean is roughly Gaussian only", () => {
    for (const family of ["rademacher", "uniform"] as const) {
      const few = noiseRegime(problemOf({ noise: { family }, labeled: 19 }));
      expect(few).toEqual({
        reasons: [],
        warnings: [expect.stringContaining(`${family} noise with n = 19`)],
      });
      expect(noiseRegime(problemOf({ noise: { family }, labeled: 20 })).warnings).toEqual([]);
    }
    const noise = { ...good.noise, family: "rademacher" as const };
    expect(said({ ...good, noise, labeled: 19 }, methodOf(), null).rough).toEqual(["rademacher noise with"]);
  });
});

describe("methodRegime", () => {
  it("has nothing to say of the methods that the asymptotics are made for", () => {
    for (const attack of [null, l2, lInf, none])
      for (const pseudoLabels of [null, labelsOf(), labelsOf({ weight: "optimal" })])
        expect(said(good, methodOf({ pseudoLabels }), attack)).toEqual(nothing);
  });

  it("predicts no other loss, no other norm, no second round", () => {
    expect(said(good, methodOf({ loss: "logistic" }), null).why).toEqual(["the logistic loss:"]);
    expect(said(good, methodOf(), { norm: 3, radius: 1 }).why).toEqual(["an l_3 attack:"]);
    expect(said(good, methodOf(), { norm: 3, radius: 0 })).toEqual(nothing);
    const twice = methodOf({ pseudoLabels: labelsOf({ rounds: 2 }) });
    expect(said(good, twice, null).why).toEqual(["2 rounds of"]);
    // Without unlabelled samples there is no round at all.
    expect(said({ ...good, unlabeled: 0 }, twice, null)).toEqual(nothing);
  });

  it("predicts joint training for isotropic tasks, without an l_inf attack", () => {
    const joint = methodOf({ aggregation: "joint" });
    expect(said(good, joint, null)).toEqual(nothing);
    expect(said(good, joint, l2)).toEqual(nothing);
    expect(said(good, joint, lInf).why).toEqual(["joint training under"]);
    expect(said(good, joint, { ...lInf, radius: 0 })).toEqual(nothing);
    expect(said({ ...good, diversity: [2, 1] }, joint, null).why).toEqual(["joint training with"]);
  });

  it("has the limit of a large support for isotropic tasks only", () => {
    const uneven = { ...good, diversity: [2, 1] };
    const reason = ["an l_inf attack"];
    expect(said(uneven, methodOf(), lInf).why).toEqual(reason);
    expect(said({ ...uneven, support: 65 }, methodOf(), lInf).why).toEqual(reason);
    expect(said({ ...uneven, support: 64 }, methodOf(), lInf).why).toEqual([]);
    expect(said(uneven, methodOf(), { ...lInf, radius: 0 }).why).toEqual([]);
    expect(said(uneven, methodOf(), l2).why).toEqual([]);
    expect(said({ ...good, support: 80 }, methodOf(), lInf).why).toEqual([]);
  });

  it("predicts fewer tasks than directions under an l2 attack or none, where each column is judged alone", () => {
    const few = { ...problemOf({ rank: 3 }), dimension: 100, tasks: 2 };
    const joint = methodOf({ aggregation: "joint" });
    for (const [method, attack] of [
      [methodOf(), lInf],
      [joint, null],
    ] as const) {
      expect(said(few, method, attack).why).toEqual(["T = 2"]);
      expect(said({ ...few, tasks: 3 }, method, attack).why).toEqual([]);
    }
    for (const attack of [null, l2]) expect(said(few, methodOf(), attack).why).toEqual([]);
  });

  it("warns below 60 tasks, below 20 dimensions, and of unequal diversity", () => {
    expect(said({ ...good, tasks: 59 }, methodOf(), null).rough).toEqual(["T = 59"]);
    expect(said({ ...good, dimension: 19 }, methodOf(), null).rough).toEqual(["p = 19:"]);
    expect(said({ ...good, dimension: 20 }, methodOf(), null)).toEqual(nothing);
    expect(said({ ...good, dimension: 99 }, methodOf(), lInf).rough).toEqual(["p = 99"]);
    expect(said({ ...good, dimension: 99 }, methodOf(), l2)).toEqual(nothing);
    expect(said({ ...good, dimension: 19 }, methodOf(), lInf).rough).toEqual(["p = 19:"]);
    expect(said({ ...good, diversity: [1, 2] }, methodOf(), null).rough).toEqual(["unequal diversity: the"]);
    expect(said({ ...good, diversity: [3, 3] }, methodOf(), null)).toEqual(nothing);
  });

  it("warns of estimated weights under an l_inf attack where norms differ", () => {
    const mixed: Problem = {
      ...good,
      signal: [
        { share: 0.5, norm: 2 },
        { share: 0.5, norm: 1 },
      ],
    };
    const best = methodOf({ pseudoLabels: labelsOf({ weight: "optimal" }) });
    expect(said(mixed, best, lInf).rough).toEqual(["estimated weights under"]);
    expect(said(good, best, lInf)).toEqual(nothing);
    expect(said(mixed, best, { ...lInf, radius: 0 })).toEqual(nothing);
    expect(said(mixed, best, l2)).toEqual(nothing);
    expect(said(mixed, methodOf({ pseudoLabels: labelsOf() }), lInf)).toEqual(nothing);
    expect(said(mixed, methodOf(), lInf)).toEqual(nothing);
  });

  it("warns of joint training on pseudo-labels, and from random starts under an l2 attack", () => {
    const labels = methodOf({ aggregation: "joint", pseudoLabels: labelsOf() });
    expect(said(good, labels, null).rough).toEqual(["joint training on"]);
    const starts = methodOf({ aggregation: "joint", solver: "gradient" });
    expect(said(good, starts, l2).rough).toEqual(["joint training under"]);
    expect(said(good, starts, none)).toEqual(nothing);
    expect(said(good, starts, null)).toEqual(nothing);
    expect(said(good, methodOf({ solver: "gradient" }), l2)).toEqual(nothing);
  });

  it("warns of the filter's edge on columns that are not normalised", () => {
    for (const aggregation of ["raw", "oracle-weights"] as const) {
      expect(said(good, methodOf({ aggregation }), l2).rough).toEqual(["unnormalised residuals near"]);
      for (const attack of [null, none, lInf])
        expect(said(good, methodOf({ aggregation }), attack)).toEqual(nothing);
    }
  });
});
