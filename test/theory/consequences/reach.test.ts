import { describe, expect, it } from "vitest";
import { type Resource, smallestReaching } from "../../../src/theory/consequences/reach.js";
import { unlabeledFloor } from "../../../src/theory/consequences/unlabeledValue.js";
import { predict } from "../../../src/theory/predict.js";
import type { Method } from "../../../src/training/method.js";
import { labelsOf, methodOf, problemOf } from "../../helpers/problems.js";

const standard = methodOf();
const pseudo = methodOf({ pseudoLabels: labelsOf() });
/** Strong enough that every further pseudo-labelled sample helps. */
const base = problemOf({ signal: [{ share: 1, norm: 2 }] });
const errorAt = (resource: Resource, amount: number, method: Method = standard): number =>
  predict({ ...base, [resource]: amount }, method).metrics.sinTheta2!;

describe("smallestReaching", () => {
  it.each([
    ["tasks", 3, standard],
    ["labeled", 1, standard],
    ["unlabeled", 0, pseudo],
  ] as const)(
    "is the first amount whose prediction is at the level or below: %s, by a scan",
    (resource, from, method) => {
      const errors = Array.from({ length: 14 }, (_, i) => errorAt(resource, from + i, method));
      for (let i = 0; i < errors.length; i++) {
        if (i > 0) expect(errors[i]!).toBeLessThan(errors[i - 1]!);
        // The level itself counts.
        for (const level of [errors[i]!, errors[i]! * (1 + 1e-9)]) {
          const reach = smallestReaching(base, method, resource, "sinTheta2", level);
          expect(reach).toEqual({ amount: from + i, value: errors[i] });
        }
      }
    },
  );

  it("is the least amount where that is enough: one sample, or no unlabelled one", () => {
    expect(smallestReaching(base, standard, "labeled", "sinTheta2", 2).amount).toBe(1);
    expect(smallestReaching(base, standard, "tasks", "sinTheta2", 2).amount).toBe(1);
    const none = smallestReaching({ ...base, unlabeled: 50 }, pseudo, "unlabeled", "sinTheta2", 2);
    expect(none).toEqual({ amount: 0, value: errorAt("unlabeled", 0, pseudo) });
  });

  it("is the first of many, one unit less does not reach the level", () => {
    const { amount, value } = smallestReaching(base, standard, "labeled", "sinTheta2", 1e-3);
    const at = (labeled: number): number => errorAt("labeled", labeled);
    expect(amount!).toBeGreaterThan(50);
    expect(at(amount!)).toBe(value);
    expect(at(amount!)).toBeLessThanOrEqual(1e-3);
    expect(at(amount! - 1)).toBeGreaterThan(1e-3);
  });

  it("tries the limit and nothing beyond: null there, with the value at the limit", () => {
    for (const [resource, method] of [
      ["labeled", standard],
      ["unlabeled", pseudo],
    ] as const) {
      for (const limit of [1, 8, 11]) {
        const last = errorAt(resource, limit, method);
        const reached = smallestReaching(base, method, resource, "sinTheta2", last, limit);
        expect(reached).toEqual({ amount: limit, value: last });
        const missed = smallestReaching(base, method, resource, "sinTheta2", last * (1 - 1e-9), limit);
        expect(missed).toEqual({ amount: null, value: last });
      }
    }
  });

  it("is null below the floor of unlabelled data", () => {
    const floor = unlabeledFloor({ ...base, unlabeled: 10 }, pseudo).metrics.sinTheta2!;
    const reach = (level: number): number | null =>
      smallestReaching(base, pseudo, "unlabeled", "sinTheta2", level, 1e6).amount;
    expect(reach(0.9 * floor)).toBeNull();
    expect(reach(1.1 * floor)).toBeGreaterThan(100);
  });

  it("is null where nothing is predicted, at the least amount or on the way", () => {
    const heavy = { ...base, noise: { ...base.noise, family: "student-t" } } as const;
    const nothing = { amount: null, value: null };
    expect(smallestReaching(heavy, standard, "labeled", "sinTheta2", 1)).toEqual(nothing);
    // The first unlabelled sample brings two rounds of self-training, of which nothing is known.
    const rounds = methodOf({ pseudoLabels: labelsOf({ rounds: 2 }) });
    expect(smallestReaching(base, rounds, "unlabeled", "sinTheta2", 1e-6)).toEqual(nothing);
  });

  it("passes over amounts at which nothing is predicted", () => {
    // With six or seven samples the attack cuts through the heads of joint training.
    const cut = methodOf({ aggregation: "joint", attack: { norm: 2, radius: 0.8215 } });
    const joint = problemOf({ tasks: 100 });
    const at = (labeled: number): number | null => predict({ ...joint, labeled }, cut).metrics.sinTheta2;
    expect([6, 7].map(at)).toEqual([null, null]);
    expect(at(5)!).toBeGreaterThan(0.2);
    expect(smallestReaching(joint, cut, "labeled", "sinTheta2", 0.2)).toEqual({ amount: 8, value: at(8) });
  });

  it("ends at the first amount that the doubling meets, whatever comes after", () => {
    // From three samples on the attack cuts through the heads.
    const cut = methodOf({ aggregation: "joint", attack: { norm: 2, radius: 0.9 } });
    const joint = problemOf({ tasks: 100 });
    const reach = smallestReaching(joint, cut, "labeled", "sinTheta2", 1, 16);
    expect(predict({ ...joint, labeled: 16 }, cut).metrics.sinTheta2).toBeNull();
    expect(reach.amount).toBe(2);
  });

  it("refuses a negative level and a limit that is no positive integer", () => {
    expect(() => smallestReaching(base, standard, "tasks", "sinTheta2", -0.1)).toThrow(/level/);
    for (const limit of [0, 1.5]) {
      expect(() => smallestReaching(base, standard, "tasks", "sinTheta2", 0.1, limit)).toThrow(/limit/);
    }
  });
});
