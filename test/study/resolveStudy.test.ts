import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/core/canonicalJson.js";
import { fingerprint } from "../../src/study/fingerprint.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import { LEAST_PROBLEM } from "../helpers/studies.js";

const DESIGN = {
  name: "complementary-gains",
  seed: 7,
  replications: 40,
  problem: {
    dimension: 400,
    rank: 2,
    tasks: 100,
    labeled: 20,
    unlabeled: 400,
    noise: { sd: 1, family: "gaussian" },
    signal: [{ share: 1, norm: 1.5 }],
    diversity: "isotropic",
    support: 10,
    target: { samples: 20, norm: 1 },
  },
  methods: [
    { name: "standard" },
    { name: "adversarial", attack: { norm: "inf", radius: { logThreshold: 0.5 } } },
    { name: "semi-supervised", pseudoLabels: true },
    { name: "both", pseudoLabels: true, attack: { norm: "inf", radius: { logThreshold: 0.5 } } },
  ],
  vary: { "problem.dimension": [100, 200, 400], "problem.unlabeled": [0, 400] },
};

describe("resolveStudy", () => {
  test("the study of the documentation crosses into 6 cells, the last path fastest", () => {
    const study = resolveStudy(DESIGN);
    const points = study.cells.map(({ problem }) => [problem.dimension, problem.unlabeled]);
    expect(points).toEqual([
      [100, 0],
      [100, 400],
      [200, 0],
      [200, 400],
      [400, 0],
      [400, 400],
    ]);
    expect(study.cells.map(({ cell }) => cell)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(study.varied).toEqual(["problem.dimension", "problem.unlabeled"]);
    expect(study.cells[3]!.varied).toEqual({ "problem.dimension": 200, "problem.unlabeled": 400 });
    expect(study.methodNames).toEqual(["standard", "adversarial", "semi-supervised", "both"]);
    expect(study.cells[0]!.methods[3]).toEqual({
      name: "both",
      attack: { norm: Infinity, radius: { logThreshold: 0.5 } },
      pseudoLabels: { rounds: 1, threshold: 0, soft: false, weight: "pooled" },
      aggregation: "normalized",
    });
  });

  test("what is left out has the documented defaults", () => {
    const study = resolveStudy({ problem: LEAST_PROBLEM });
    const { file: _file, cells, ...rest } = study;
    expect(rest).toEqual({
      name: "study",
      question: null,
      seed: 1,
      replications: 40,
      sampling: "auto",
      varied: [],
      methodNames: ["standard", "adversarial", "semi-supervised", "both"],
      contrasts: [
        ["adversarial", "standard"],
        ["semi-supervised", "standard"],
        ["both", "standard"],
      ],
    });
    expect(cells).toHaveLength(1);
    expect(cells[0]!.problem).toEqual({
      ...LEAST_PROBLEM,
      unlabeled: 0,
      noise: { sd: 1, family: "gaussian", degreesOfFreedom: 3, condition: 10 },
      signal: [{ share: 1, norm: 1 }],
      diversity: [1, 1],
      support: null,
      target: { samples: 20, norm: 1, attack: null },
    });
  });

  test("shorthands stand for what the documentation says", () => {
    const problem = (changes: object) =>
      resolveStudy({ problem: { ...LEAST_PROBLEM, rank: 3, ...changes } }).cells[0]!.problem;
    expect(problem({ signal: 1.5 }).signal).toEqual([{ share: 1, norm: 1.5 }]);
    expect(problem({ diversity: "dominant" }).diversity).toEqual([100, 1, 1]);
    expect(problem({ diversity: "missing" }).diversity).toEqual([1, 1, 0]);
    expect(problem({ diversity: { weights: [3, 0, 1] } }).diversity).toEqual([3, 0, 1]);
    expect(problem({ support: null }).support).toBeNull();
    const attack = { norm: Infinity, radius: 0.1 };
    expect(problem({ target: { attack } }).target.attack).toEqual(attack);
    expect(problem({ tasks: 1 }).tasks).toBe(1);
  });

  test("closed-form and linear are accepted, null is no attack and no pseudo-labels", () => {
    const methods = [{ name: "a", solver: "closed-form", loss: "linear", attack: null, pseudoLabels: null }];
    const study = resolveStudy({ problem: LEAST_PROBLEM, methods });
    expect(study.cells[0]!.methods[0]).toEqual({
      name: "a",
      attack: null,
      pseudoLabels: null,
      aggregation: "normalized",
    });
  });

  test("a part of a shorthand can be varied, and a required field may be in vary alone", () => {
    const study = resolveStudy({
      problem: {
        rank: 2,
        tasks: 5,
        labeled: 5,
        signal: [
          { share: 0.5, norm: 1 },
          { share: 0.5, norm: 1 },
        ],
      },
      methods: [
        { name: "ssl", pseudoLabels: true },
        { name: "adv", attack: { norm: 2, radius: { filterBelow: 1 } } },
      ],
      vary: {
        "problem.dimension": [10, 20],
        "methods.ssl.pseudoLabels.rounds": [3],
        "methods.adv.attack.radius.logThreshold": [0.5],
        "problem.signal.1.norm": [4],
        sampling: ["direct"],
      },
    });
    const cell = study.cells[1]!;
    expect(cell.problem.dimension).toBe(20);
    expect(cell.sampling).toBe("direct");
    expect(cell.problem.signal[1]).toEqual({ share: 0.5, norm: 4 });
    expect(cell.methods[0]!.pseudoLabels).toMatchObject({ rounds: 3, weight: "pooled" });
    expect(cell.methods[1]!.attack).toEqual({ norm: 2, radius: { logThreshold: 0.5 } });
  });

  test("the input is not changed", () => {
    const before = structuredClone(DESIGN);
    resolveStudy(DESIGN);
    expect(DESIGN).toEqual(before);
  });

  test("always: the file form survives JSON and resolves to the same study", () => {
    fc.assert(
      fc.property(studies, (input) => {
        const study = resolveStudy(input);
        const text = JSON.stringify(study.file);
        const again = resolveStudy(JSON.parse(text));
        expect(again).toEqual(study);
        expect(canonicalJson(again.file)).toBe(canonicalJson(study.file));
        expect(fingerprint(again)).toBe(fingerprint(study));
      }),
      { numRuns: 200 },
    );
  });

  test("always: the number of cells is the product of the lists, and no two cells are the same", () => {
    fc.assert(
      fc.property(studies, (input) => {
        const study = resolveStudy(input);
        const product = Object.values(input.vary).reduce((n, list) => n * list.length, 1);
        expect(study.cells).toHaveLength(product);
        const texts = study.cells.map(({ cell: _cell, ...content }) => canonicalJson(content));
        expect(new Set(texts).size).toBe(product);
      }),
      { numRuns: 100 },
    );
  });
});

describe("fingerprint", () => {
  test("does not depend on spelling: defaults written out, other key order", () => {
    const short = resolveStudy({ problem: LEAST_PROBLEM });
    const long = resolveStudy({
      problem: { target: { norm: 1 }, noise: { sd: 1 }, ...LEAST_PROBLEM, signal: [{ norm: 1, share: 1 }] },
      seed: 1,
    });
    expect(fingerprint(long)).toBe(fingerprint(short));
  });

  test("depends on everything that a result depends on", () => {
    const changes: object[] = [
      {},
      { seed: 2 },
      { replications: 41 },
      { sampling: "direct" },
      { name: "other" },
      { methods: [{ name: "standard" }] },
      { contrasts: [] },
      { problem: { ...LEAST_PROBLEM, labeled: 6 } },
      { problem: { ...LEAST_PROBLEM, noise: { condition: 11 } } },
      { vary: { "problem.labeled": [5] } },
      { vary: { "problem.labeled": [5, 6] } },
      { vary: { "problem.labeled": [6, 5] } },
    ];
    const prints = changes.map((change) => fingerprint(resolveStudy({ problem: LEAST_PROBLEM, ...change })));
    expect(new Set(prints).size).toBe(changes.length);
  });
});

const radius = fc.oneof(
  fc.double({ min: 0, max: 9, noNaN: true }),
  fc.record({ logThreshold: fc.double({ min: 0, max: 9, noNaN: true }) }),
  fc.record({ filterBelow: fc.double({ min: 0, max: 9, noNaN: true }) }),
);
const norm = fc.constantFrom<number | "inf">(1, 1.5, 2, 7, "inf", Infinity);
const method = fc.record(
  {
    attack: fc.option(fc.record({ norm, radius })),
    pseudoLabels: fc.oneof(
      fc.boolean(),
      fc.constant(null),
      fc.record(
        {
          rounds: fc.integer({ min: 1, max: 5 }),
          soft: fc.boolean(),
          weight: fc.constantFrom<string | number>("pooled", "optimal", 0, 0.5, 1),
        },
        { requiredKeys: [] },
      ),
    ),
    aggregation: fc.constantFrom("normalized", "raw", "oracle-weights"),
  },
  { requiredKeys: [] },
);
const jointMethod = fc.record(
  {
    aggregation: fc.constant("joint"),
    attack: fc.option(fc.record({ norm: fc.constant(2), radius })),
    pseudoLabels: fc.boolean(),
  },
  { requiredKeys: ["aggregation"] },
);
const problem = fc
  .record({ rank: fc.integer({ min: 2, max: 4 }), support: fc.integer({ min: 4, max: 20 }) })
  .chain(({ rank, support }) =>
    fc.record(
      {
        dimension: fc.integer({ min: 20, max: 100 }),
        rank: fc.constant(rank),
        tasks: fc.integer({ min: 1, max: 9 }),
        labeled: fc.integer({ min: 1, max: 9 }),
        unlabeled: fc.nat(9),
        support: fc.constantFrom(support, null),
        signal: fc.constantFrom<unknown>(1, 0.3, [
          { share: 0.3, norm: 2 },
          { share: 0.7, norm: 0 },
        ]),
        diversity: fc.constantFrom<unknown>("isotropic", "dominant", "missing", {
          weights: Array.from({ length: rank }, (_, i) => i),
        }),
        noise: fc.constantFrom({}, { family: "student-t", degreesOfFreedom: 2.5 }, { condition: 3 }),
        target: fc.record({ attack: fc.option(fc.record({ norm, radius: fc.constantFrom(0, 0.5) })) }),
      },
      { requiredKeys: ["dimension", "rank", "tasks", "labeled"] },
    ),
  );
const studies = fc.record({
  name: fc.constantFrom("a", "Étude 7/b", "x.y"),
  question: fc.constantFrom(null, "Does it help?\nHow much?"),
  seed: fc.nat(),
  replications: fc.integer({ min: 1, max: 9 }),
  problem,
  methods: fc
    .tuple(
      fc.array(method, { minLength: 1, maxLength: 3 }),
      fc.array<Record<string, unknown>>(jointMethod, { maxLength: 1 }),
    )
    .map(([others, joint]) => [...others, ...joint])
    .map((list) => list.map((item, i) => ({ name: `m${i}`, ...item }))),
  vary: fc.record(
    {
      "problem.labeled": fc.constantFrom([1], [1, 2, 3]),
      "problem.signal": fc.constant([1, [{ share: 1, norm: 3 }]]),
      "methods.m0.attack": fc.constant([null, { norm: Infinity, radius: { logThreshold: 0.5 } }]),
      "methods.m0.pseudoLabels.rounds": fc.constant([1, 2]),
      sampling: fc.constant(["auto", "direct"]),
    },
    { requiredKeys: [] },
  ),
});
