import { describe, expect, test } from "vitest";
import { compareArms, FAMILY_LEVEL } from "../../../src/deep/study/deepComparison.js";
import { deepResult } from "../../../src/deep/study/deepResult.js";
import { resolveDeepStudy } from "../../../src/deep/study/resolveDeepStudy.js";
import { keyedStream } from "../../../src/random/keyedStream.js";

const studyOf = (replications: number, methods: readonly string[] = ["a", "b"]) =>
  resolveDeepStudy(
    {
      kind: "deep",
      replications,
      data: { from: "teacher", dimension: 10, tasks: 2 },
      methods: methods.map((name) => ({ name, stepsFactor: 1 + methods.indexOf(name) })),
      contrasts: methods.slice(1).map((name) => [name, methods[0]!]),
    },
    "wasm",
  );

describe("compareArms", () => {
  test("is the paired t interval, by hand: differences 1, 2, 3 have mean 2 and half width 4.303/sqrt 3", () => {
    const study = studyOf(3);
    const values: Record<number, readonly number[]> = { 0: [5, 6, 9], 1: [4, 4, 6] };
    const [found] = compareArms(study, (cell, r) => values[cell]![r]!, ["errorRate@10"]);
    expect(found).toMatchObject({ a: "b", b: "a", gain: 2, n: 3, point: 0 });
    expect(found!.halfWidth).toBeCloseTo(4.30265 / Math.sqrt(3), 4);
    expect(found!.simultaneousHalfWidth).toBe(found!.halfWidth);
    // t = 2 sqrt 3 with 2 degrees of freedom: p = 1 - t / sqrt(2 + t^2).
    expect(found!.pValue).toBeCloseTo(1 - Math.sqrt(12 / 14), 10);
    expect(found!.verdict).toBe("no difference seen");
  });

  test("the sign says which arm is better: lower is better", () => {
    const study = studyOf(4);
    const noise = [0, 0.001, 0.002, 0.001];
    const sign = (gain: number) =>
      compareArms(study, (cell, r) => (cell === 0 ? 0.5 : 0.5 - gain + noise[r]!), ["errorRate@10"])[0]!;
    expect(sign(0.1)).toMatchObject({ verdict: "better" });
    expect(sign(0.1).gain).toBeCloseTo(0.099, 12);
    expect(sign(-0.1)).toMatchObject({ verdict: "worse" });
  });

  test("with m comparisons of a family the simultaneous interval is that of level 5 % / m, and Holm decides", () => {
    const study = studyOf(6, ["a", "b", "c", "d"]);
    const rng = keyedStream(["family"]);
    const table = Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => rng.normal()));
    const both = ["errorRate@10", "errorRate@50"] as const;
    const found = compareArms(
      study,
      (cell, r, metric) => table[cell]![r]! * (metric === both[0] ? 1 : 2),
      both,
    );
    expect(found).toHaveLength(6);
    for (const one of found)
      expect(one.simultaneousHalfWidth! / one.halfWidth!).toBeCloseTo(4.2193 / 2.57058, 3);
  });

  test("false verdicts in a family of 12 true nulls come at most at the family's level", () => {
    const study = studyOf(5, ["a", "b", "c", "d", "e", "f", "g"]);
    const both = ["errorRate@10", "errorRate@50"] as const;
    const rng = keyedStream(["nulls"]);
    let wrong = 0;
    const runs = 400;
    for (let run = 0; run < runs; run++) {
      const draw = new Map<string, number>();
      const valueAt = (cell: number, r: number, metric: string): number => {
        const key = `${cell} ${r} ${metric}`;
        if (!draw.has(key)) draw.set(key, rng.normal());
        return draw.get(key)!;
      };
      const verdicts = compareArms(study, valueAt, both).map(({ verdict }) => verdict);
      if (verdicts.some((verdict) => verdict !== "no difference seen")) wrong++;
    }
    // Binomial(400, 0.05) exceeds 44 with probability below 1e-6.
    expect(wrong).toBeLessThanOrEqual(44);
    expect(FAMILY_LEVEL).toBe(0.05);
  });

  test("missing values are left out in pairs, and a single pair has a gain but no verdict", () => {
    const study = studyOf(3);
    const values: Record<number, readonly (number | null)[]> = { 0: [1, null, 3], 1: [0.5, 1, null] };
    const [found] = compareArms(study, (cell, r) => values[cell]![r]!, ["errorRate@10"]);
    expect(found).toEqual({
      point: 0,
      a: "b",
      b: "a",
      metric: "errorRate@10",
      gain: 0.5,
      n: 1,
      pValue: null,
      halfWidth: null,
      simultaneousHalfWidth: null,
      verdict: "not measured",
    });
    expect(compareArms(study, () => null, ["errorRate@10"])[0]).toMatchObject({ gain: null, n: 0 });
  });

  test("where label budgets are varied, each point is compared at its own", () => {
    const study = resolveDeepStudy(
      {
        kind: "deep",
        replications: 3,
        data: { from: "teacher", dimension: 10, tasks: 2 },
        methods: [{ name: "a" }, { name: "b", stepsFactor: 2 }],
        contrasts: [["b", "a"]],
        vary: { "target.labels": [[5], [5, 20]] },
      },
      "wasm",
    );
    const found = compareArms(study, () => 1, ["errorRate@5", "errorRate@20"]);
    expect(found.map(({ point, metric }) => [point, metric])).toEqual([
      [0, "errorRate@5"],
      [1, "errorRate@5"],
      [1, "errorRate@20"],
    ]);
    const empty = { cells: [] } as unknown as Parameters<typeof deepResult>[1];
    expect(deepResult(study, empty, []).probe).toHaveLength(3);
  });

  test("differences that are all equal are judged by their common sign alone, 2 in 2^n by chance", () => {
    const equal = (shift: number, replications: number) =>
      compareArms(studyOf(replications), (cell, r) => (cell === 0 ? 1 + r / 10 : 1 + r / 10 - shift), [
        "errorRate@10",
      ])[0]!;
    expect(equal(0, 3)).toMatchObject({ gain: 0, pValue: 1, verdict: "no difference seen", halfWidth: null });
    const two = equal(0.3, 2);
    expect(two).toMatchObject({ pValue: 0.5, verdict: "no difference seen", halfWidth: null });
    expect(two.gain).toBeCloseTo(0.3, 12);
    expect(equal(0.3, 6)).toMatchObject({ pValue: 1 / 32, verdict: "better", simultaneousHalfWidth: null });
    expect(equal(-0.3, 6)).toMatchObject({ pValue: 1 / 32, verdict: "worse" });
  });
});
