import { describe, expect, test } from "vitest";
import { AdvTransferError } from "../../../src/core/errors.js";
import { teacherSpec } from "../../../src/deep/data/teacherSpec.js";
import { BUILT_IN, builtInStudy, DEFAULT_STUDIES } from "../../../src/deep/study/builtIn.js";
import { resolveDeepStudy } from "../../../src/deep/study/resolveDeepStudy.js";
import { fingerprint } from "../../../src/study/fingerprint.js";

const LEAST = {
  kind: "deep",
  data: { from: "teacher", dimension: 30, tasks: 4 },
  methods: [{ name: "standard" }, { name: "adversarial", attack: { norm: "inf", radius: 0.3 } }],
};
const resolved = (changes: object = {}) => resolveDeepStudy({ ...LEAST, ...changes }, "wasm");

function refusal(changes: object): AdvTransferError {
  try {
    resolved(changes);
  } catch (error) {
    expect(error).toBeInstanceOf(AdvTransferError);
    expect((error as AdvTransferError).code).toBe("bad-input");
    return error as AdvTransferError;
  }
  throw new Error("nothing was refused");
}

describe("resolveDeepStudy", () => {
  test("makes each arm of each point a cell, the references among them, and knows which cell is whose", () => {
    const study = resolved({ vary: { "data.labeled": [10, 20] } });
    expect(study.cells).toHaveLength(2 * 4);
    for (const { varied, cells } of study.points) {
      for (const [arm, cell] of Object.entries(cells)) {
        const { problem, shape } = study.cells[cell]!;
        expect(problem.arm.name).toBe(arm);
        expect(shape!.names).toEqual([arm]);
        expect(problem.data).toMatchObject({ labeled: varied["data.labeled"] });
      }
      expect(Object.keys(cells)).toEqual(["standard", "adversarial", "random", "raw"]);
    }
  });

  test("an arm that nothing varied touches is trained once for all points", () => {
    const study = resolved({ vary: { "methods.adversarial.attack.radius": [0, 0.2, 0.4] } });
    expect(study.cells).toHaveLength(3 + 3);
    expect(new Set(study.points.map(({ cells }) => cells.standard)).size).toBe(1);
    expect(new Set(study.points.map(({ cells }) => cells.adversarial)).size).toBe(3);
    const radii = study.points.map(
      ({ cells }) => study.cells[cells.adversarial!]!.problem.arm.attack!.radius,
    );
    expect(radii).toEqual([0, 0.2, 0.4]);
  });

  test("its file form is the same study again, and is JSON", () => {
    for (const study of [
      resolved(),
      resolved({ vary: { "training.steps": [10, 20] }, target: { labels: [3] } }),
    ]) {
      const again = resolveDeepStudy(JSON.parse(JSON.stringify(study.file)));
      expect(again).toEqual(study);
      expect(fingerprint(again)).toBe(fingerprint(study));
    }
  });

  test("two backends are two studies: their last digits differ", () => {
    expect(fingerprint(resolved())).not.toBe(fingerprint(resolveDeepStudy(LEAST, "cpu")));
  });

  test("the target's labelled samples follow from the largest budget, and metrics from all of them", () => {
    const study = resolved({ target: { labels: [5, 40], fineTune: true, attack: { norm: 2, radius: 1 } } });
    const { data } = study.cells[0]!.problem;
    expect(data.from === "teacher" && data.target.trainingPerClass).toBe(40);
    expect(study.cells[0]!.shape!.metrics.slice(0, 6)).toEqual([
      "errorRate@5",
      "errorRate@40",
      "fineTuneErrorRate@5",
      "fineTuneErrorRate@40",
      "robustErrorRate@5",
      "robustErrorRate@40",
    ]);
    expect(resolved().cells[0]!.shape!.metrics.some((metric) => /robust.*@|fineTune/.test(metric))).toBe(
      false,
    );
  });

  test("what a file leaves out of a teacher has the defaults of teacherSpec, at any rank", () => {
    for (const given of [{}, { rank: 1 }, { rank: 3, dimension: 7 }, { clusters: 2 }, { support: null }]) {
      const { data } = resolved({ data: { from: "teacher", ...given } }).cells[0]!.problem;
      expect(data).toEqual({ from: "teacher", ...teacherSpec(given) });
    }
  });

  test("later arms are compared with the first, or the pairs that are asked for, references included", () => {
    expect(resolved().comparisons).toEqual([["adversarial", "standard"]]);
    expect(resolved({ contrasts: [["standard", "random"]] }).comparisons).toEqual([["standard", "random"]]);
  });

  test("attacks of the file have Infinity and their default steps in training", () => {
    const [, cell] = resolved().cells;
    expect(cell!.problem.arm.attack).toEqual({
      norm: Infinity,
      radius: 0.3,
      steps: 3,
      stepSize: 0.25,
      randomStart: false,
    });
  });

  test.each([
    [{ data: { from: "teacher", dimension: 30, rank: 40 } }, "data.rank must be an integer in [1, 30]"],
    [{ data: { from: "nowhere" } }, 'data.from must be "teacher", "strokes" or "folder"'],
    [{ data: { from: "teacher", dimensions: 30 } }, "data.dimensions must be left out"],
    [
      { methods: [{ name: "a", attack: { norm: "inf", radius: -1 } }] },
      "methods.a.attack.radius must be a finite number >= 0",
    ],
    [
      { methods: [{ name: "a", attack: { norm: 3, radius: 1 } }] },
      'methods.a.attack.norm must be 2 or "inf"',
    ],
    [
      { methods: [{ name: "a", labels: "all", pseudoLabels: true }] },
      'methods.a.labels must be "few" where there are pseudo-labels',
    ],
    [{ methods: [{ name: "raw" }] }, "methods[0].name must be another name than a reference's"],
    [{ methods: [{ name: "a" }, { name: "a" }] }, "methods[1].name must be a name that no other method has"],
    [
      { contrasts: [["standard", "semi"]] },
      "contrasts[0][1] must be one of standard, adversarial, random, raw",
    ],
    [{ vary: { "methods.semi.labels": ["all"] } }, "vary must be paths of the study"],
    [{ vary: { seed: [1, 2] } }, "vary must be paths of the study"],
    [{ vary: { "data.rank": [2, 99] } }, "cell 1 (data.rank = 99): data.rank must be an integer in [1, 30]"],
    [{ vary: { "training.step": [2] } }, "training.step must be left out"],
    [{ target: { labels: [10, 5] } }, "target.labels must be a list of label budgets"],
    [{ training: { learningRate: 0 } }, "training.learningRate must be a finite number > 0"],
    [
      { training: { network: { kind: "mlp", hidden: [] } } },
      "training.network.hidden must be a list of at least one size",
    ],
    [{ kind: "linear" }, 'kind must be "deep"'],
    [{ backend: "gpu" }, 'backend must be "auto" or "tfjs-node" or "wasm" or "cpu"'],
    [{ replications: 0 }, "replications must be an integer in [1, 10000]"],
  ])("%j is refused with its path, the allowed values and the value", (changes, words) => {
    const { message } = refusal(changes);
    expect(message).toContain(words);
  });

  test("a backend that is not resolved is refused, with the way out", () => {
    expect(() => resolveDeepStudy(LEAST)).toThrow('backend must be "tfjs-node", "wasm" or "cpu" here');
  });
});

describe("built-in studies", () => {
  test("all resolve, each with its name, and those that run by default need no data", () => {
    for (const name of DEFAULT_STUDIES) {
      const study = resolveDeepStudy(builtInStudy(name, "quick", null), "wasm");
      expect(study.name).toBe(name);
      expect(study.replications).toBe(name === "teacher" ? 8 : 5);
    }
    expect(BUILT_IN).toEqual(expect.arrayContaining([...DEFAULT_STUDIES]));
    expect(builtInStudy("nothing", "quick", null)).toBeNull();
    expect(builtInStudy("toString", "quick", null)).toBeNull();
  });

  test("a study on digits without a data folder says how to get one", () => {
    expect(() => builtInStudy("noisy-digits", "full", null)).toThrow(
      "--data must be a folder with image sets",
    );
  });
});
