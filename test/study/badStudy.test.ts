import { describe, expect, test } from "vitest";
import { AdvTransferError } from "../../src/core/errors.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import { LEAST_PROBLEM } from "../helpers/studies.js";

const study = (changes: object): unknown => ({ problem: LEAST_PROBLEM, ...changes });
const problem = (changes: object): unknown => ({ problem: { ...LEAST_PROBLEM, ...changes } });
const without = (field: string): unknown => ({
  problem: Object.fromEntries(Object.entries(LEAST_PROBLEM).filter(([key]) => key !== field)),
});
const method = (changes: object): unknown =>
  study({ methods: [{ name: "standard" }, { name: "adv", ...changes }] });
const attack = (changes: object): unknown => method({ attack: { norm: "inf", radius: 1, ...changes } });
const vary = (changes: object): unknown => study({ vary: changes });
const target = (changes: object): unknown => problem({ target: changes });

/** Input, then words that the message has to have: the path, what is allowed, what was received. */
const CASES: readonly (readonly [label: string, input: unknown, ...words: string[]])[] = [
  ["null", null, "a study must be an object", "received null"],
  ["a list", [], "a study must be an object", "received []"],
  ["a number", 3, "a study must be an object", "received 3"],
  ["a text", "study.json", "a study must be an object", '"study.json"'],
  ["nothing", undefined, "a study must be an object", "received nothing"],
  ["no problem", {}, "problem must be an object", "dimension, rank, tasks, labeled", "received nothing"],
  ["a problem that is a list", { problem: [] }, "problem must be an object", "received []"],
  ["a problem that is null", { problem: null }, "problem must be an object", "received null"],
  ["an unknown field", study({ replicatons: 3 }), "replicatons", "Did you mean replications?"],
  ["a field of another case", study({ Seed: 3 }), "Seed", "Did you mean seed?"],
  ["an empty name", study({ name: "" }), "name must be", 'received ""'],
  ["a blank name", study({ name: "  " }), "name must be", 'received "  "'],
  ["a name with a line break", study({ name: "a\nb" }), "name must be", "line breaks"],
  ["a long name", study({ name: "x".repeat(101) }), "name must be", "1 to 100"],
  ["a name that is a number", study({ name: 3 }), "name must be", "received 3"],
  ["a question that is a list", study({ question: [] }), "question must be a text or null", "received []"],
  ["a negative seed", study({ seed: -1 }), "seed must be an integer in [0,", "received -1"],
  ["a fraction as seed", study({ seed: 1.5 }), "seed must be an integer", "received 1.5"],
  [
    "a seed beyond exact integers",
    study({ seed: 2 ** 53 }),
    "seed must be an integer",
    "received 9007199254740992",
  ],
  [
    "a seed in quotes",
    study({ seed: "7" }),
    "seed must be an integer",
    'received "7"',
    "Write 7 without quotes",
  ],
  ["a null seed", study({ seed: null }), "seed must be an integer", "received null"],
  ["no replications", study({ replications: 0 }), "replications must be an integer in [1,", "received 0"],
  ["NaN replications", study({ replications: Number.NaN }), "replications must be", "received NaN"],
  ["too many replications", study({ replications: 1e7 }), "replications must be", "received 10000000"],
  [
    "unknown sampling",
    study({ sampling: "raw" }),
    "sampling must be",
    '"auto" or "direct"',
    'received "raw"',
  ],
  // problem
  ["no dimension", without("dimension"), "problem.dimension must be an integer", "received nothing"],
  ["no rank", without("rank"), "problem.rank must be an integer", "received nothing"],
  ["no tasks", without("tasks"), "problem.tasks must be an integer", "received nothing"],
  ["no labeled", without("labeled"), "problem.labeled must be an integer", "received nothing"],
  ["British spelling", problem({ labelled: 3 }), "problem.labelled", "Did you mean labeled"],
  ["a letter of the paper", problem({ T: 3 }), "problem.T", "Did you mean tasks?"],
  ["dimension 0", problem({ dimension: 0 }), "problem.dimension must be", "received 0"],
  ["a fraction of a dimension", problem({ dimension: 1.5 }), "problem.dimension must be an integer", "1.5"],
  [
    "a dimension in quotes",
    problem({ dimension: "40" }),
    "problem.dimension",
    'received "40"',
    "without quotes",
  ],
  ["a dimension that is a list", problem({ dimension: [40] }), "problem.dimension must be", "received [40]"],
  ["a dimension that is true", problem({ dimension: true }), "problem.dimension must be", "received true"],
  ["an infinite dimension", problem({ dimension: Infinity }), "problem.dimension must be", "Infinity"],
  ["a huge dimension", problem({ dimension: 1e12 }), "problem.dimension must be", "[1, 1000000000]"],
  ["rank 0", problem({ rank: 0 }), "problem.rank must be", "received 0"],
  ["rank > dimension", problem({ rank: 41 }), "problem.rank must be at most problem.dimension = 40", "41"],
  ["no tasks at all", problem({ tasks: 0 }), "problem.tasks must be", "received 0"],
  ["labeled 0", problem({ labeled: 0 }), "problem.labeled must be", "received 0"],
  ["negative unlabeled", problem({ unlabeled: -1 }), "problem.unlabeled must be", "received -1"],
  [
    "noise that is a number",
    problem({ noise: 1 }),
    "problem.noise must be an object",
    "sd, family",
    "received 1",
  ],
  ["noise that is null", problem({ noise: null }), "problem.noise must be an object", "received null"],
  ["noise sd 0", problem({ noise: { sd: 0 } }), "problem.noise.sd must be", "> 0", "received 0"],
  ["negative noise sd", problem({ noise: { sd: -1 } }), "problem.noise.sd must be", "received -1"],
  ["NaN noise sd", problem({ noise: { sd: Number.NaN } }), "problem.noise.sd must be", "received NaN"],
  [
    "infinite noise sd",
    problem({ noise: { sd: Infinity } }),
    "problem.noise.sd must be",
    "received Infinity",
  ],
  [
    "an unknown family",
    problem({ noise: { family: "cauchy" } }),
    "problem.noise.family",
    "student-t",
    '"cauchy"',
  ],
  ["an unknown noise field", problem({ noise: { famly: "uniform" } }), "problem.noise.famly", "mean family"],
  ["2 degrees of freedom", problem({ noise: { degreesOfFreedom: 2 } }), "degreesOfFreedom must be", "> 2"],
  ["condition below 1", problem({ noise: { condition: 0.5 } }), "problem.noise.condition must be", ">= 1"],
  ["signal 0", problem({ signal: 0 }), "problem.signal must be", "number > 0", "received 0"],
  ["a negative signal", problem({ signal: -1 }), "problem.signal must be", "received -1"],
  ["a NaN signal", problem({ signal: Number.NaN }), "problem.signal must be", "received NaN"],
  ["a signal in words", problem({ signal: "strong" }), "problem.signal must be", "list of { share, norm }"],
  ["an empty signal list", problem({ signal: [] }), "problem.signal must be", "received []"],
  ["shares of 0.9", problem({ signal: [{ share: 0.9, norm: 1 }] }), "shares sum to 1", "They sum to 0.9"],
  ["a share above 1", problem({ signal: [{ share: 2, norm: 1 }] }), "problem.signal[0].share", "[0, 1]", "2"],
  [
    "a group without a norm",
    problem({ signal: [{ share: 1 }] }),
    "problem.signal[0].norm",
    "received nothing",
  ],
  ["a negative norm", problem({ signal: [{ share: 1, norm: -2 }] }), "problem.signal[0].norm", "received -2"],
  ["a group with a weight", problem({ signal: [{ weight: 1, norm: 2 }] }), "problem.signal[0].weight"],
  [
    "only zero norms",
    problem({ signal: [{ share: 1, norm: 0 }] }),
    "problem.signal",
    "at least one share and norm > 0",
  ],
  ["unknown diversity", problem({ diversity: "wide" }), "problem.diversity", '"isotropic"', '"wide"'],
  [
    "3 weights for rank 2",
    problem({ diversity: { weights: [1, 1, 1] } }),
    "weights must be",
    "problem.rank = 2",
  ],
  [
    "all weights 0",
    problem({ diversity: { weights: [0, 0] } }),
    "weights must be",
    "at least one number > 0",
  ],
  [
    "a negative weight",
    problem({ diversity: { weights: [1, -1] } }),
    "problem.diversity.weights[1]",
    "received -1",
  ],
  [
    "dominant with rank 1",
    problem({ rank: 1, diversity: "dominant" }),
    "problem.diversity",
    "problem.rank = 1",
  ],
  [
    "missing with rank 1",
    problem({ rank: 1, diversity: "missing" }),
    "problem.diversity",
    "problem.rank = 1",
  ],
  ["support below rank", problem({ support: 1 }), "problem.support must be", "[2, 40]", "received 1"],
  ["support above dimension", problem({ support: 41 }), "problem.support must be", "[2, 40]", "received 41"],
  ["support 0", problem({ support: 0 }), "problem.support must be", "null (dense)", "received 0"],
  ["no target samples", target({ samples: 0 }), "problem.target.samples must be", "received 0"],
  ["target norm 0", target({ norm: 0 }), "problem.target.norm must be", "> 0", "received 0"],
  ["target norm NaN", target({ norm: Number.NaN }), "problem.target.norm must be", "received NaN"],
  [
    "a target attack without radius",
    target({ attack: { norm: 2 } }),
    "problem.target.attack.radius",
    "nothing",
  ],
  [
    "a target attack by threshold",
    target({ attack: { norm: 2, radius: { logThreshold: 1 } } }),
    "target.attack.radius",
  ],
  // methods
  ["methods that are names", study({ methods: ["standard"] }), "methods[0] must be an object", '"standard"'],
  ["no methods", study({ methods: [] }), "methods must be", "at least one", "received []"],
  ["methods that are an object", study({ methods: {} }), "methods must be a list", "received {}"],
  ["a method without a name", study({ methods: [{}] }), "methods[0].name must be", "received nothing"],
  ["a name with a dot", method({ name: "a.b" }), "methods[1].name must be", "without dots", '"a.b"'],
  [
    "a name that starts with a digit",
    method({ name: "2nd" }),
    "methods[1].name must be",
    "starts with a letter",
  ],
  ["a name that is an accident", method({ name: "__proto__" }), "methods[1].name must be", "__proto__"],
  ["a name twice", method({ name: "standard" }), "methods[1].name must be", "methods[0] has it too"],
  ["a baseline's name", method({ name: "oracle" }), "methods[1].name must be", "baseline", '"oracle"'],
  [
    "an unknown method field",
    method({ pseudolabels: true }),
    "methods.adv.pseudolabels",
    "Did you mean pseudoLabels?",
  ],
  [
    "an attack that is a number",
    method({ attack: 1 }),
    "methods.adv.attack must be",
    "{ norm, radius }",
    "1",
  ],
  [
    "an attack without a norm",
    method({ attack: { radius: 1 } }),
    "methods.adv.attack.norm must be",
    "nothing",
  ],
  [
    "an attack without a radius",
    method({ attack: { norm: 2 } }),
    "methods.adv.attack.radius must be",
    "nothing",
  ],
  ["norm below 1", attack({ norm: 0.5 }), "methods.adv.attack.norm must be", 'a number >= 1 or "inf"', "0.5"],
  ["norm in words", attack({ norm: "infinity" }), "methods.adv.attack.norm must be", '"infinity"'],
  ["norm NaN", attack({ norm: Number.NaN }), "methods.adv.attack.norm must be", "received NaN"],
  ["a negative radius", attack({ radius: -1 }), "methods.adv.attack.radius must be", ">= 0", "received -1"],
  [
    "an infinite radius",
    attack({ radius: Infinity }),
    "methods.adv.attack.radius must be",
    "received Infinity",
  ],
  [
    "a radius in quotes",
    attack({ radius: "1" }),
    "methods.adv.attack.radius must be",
    "Write 1 without quotes",
  ],
  ["an empty radius", attack({ radius: {} }), "methods.adv.attack.radius must be", "received {}"],
  [
    "two kinds of radius",
    attack({ radius: { logThreshold: 1, filterBelow: 1 } }),
    "methods.adv.attack.radius must be",
  ],
  [
    "an unknown radius",
    attack({ radius: { logTreshold: 1 } }),
    "radius.logTreshold",
    "Did you mean logThreshold?",
  ],
  [
    "a negative threshold",
    attack({ radius: { logThreshold: -1 } }),
    "radius.logThreshold must be",
    "received -1",
  ],
  ["pseudo-labels in words", method({ pseudoLabels: "yes" }), "methods.adv.pseudoLabels must be", '"yes"'],
  [
    "0 rounds",
    method({ pseudoLabels: { rounds: 0 } }),
    "methods.adv.pseudoLabels.rounds must be",
    "received 0",
  ],
  [
    "a negative confidence",
    method({ pseudoLabels: { threshold: -1 } }),
    "pseudoLabels.threshold must be",
    "-1",
  ],
  ["soft in numbers", method({ pseudoLabels: { soft: 1 } }), "pseudoLabels.soft must be true or false", "1"],
  ["a weight above 1", method({ pseudoLabels: { weight: 2 } }), "pseudoLabels.weight must be", "[0, 1]", "2"],
  ["a weight in words", method({ pseudoLabels: { weight: "best" } }), "weight must be", '"pooled"', '"best"'],
  [
    "an unknown pseudo-label field",
    method({ pseudoLabels: { round: 1 } }),
    "pseudoLabels.round",
    "mean rounds",
  ],
  [
    "joint training under an l_1 attack",
    method({ aggregation: "joint", attack: { norm: 1, radius: 1 } }),
    "methods.adv.aggregation must be",
    "later version",
    '"joint"',
  ],
  ["an unknown solver", method({ solver: "newton" }), "methods.adv.solver must be", '"gradient"', '"newton"'],
  ["an unknown loss", method({ loss: "hinge" }), "methods.adv.loss must be", '"squared-hinge"', '"hinge"'],
  [
    "a logistic closed form",
    method({ solver: "closed-form", loss: "logistic" }),
    'methods.adv.solver must be "gradient" with the logistic loss',
    'received "closed-form"',
  ],
  [
    "a ridge of 0",
    method({ solver: "gradient", regularization: { ridge: 0 } }),
    "methods.adv.regularization.ridge must be a finite number > 0",
    "received 0",
  ],
  [
    "a ridge in the closed form",
    method({ regularization: { ridge: 1 } }),
    'methods.adv.regularization must be "ball" with the closed form',
    'solver "gradient"',
  ],
  [
    "a regularisation in words",
    method({ solver: "gradient", regularization: "ridge" }),
    'methods.adv.regularization must be "ball" or { "ridge": number > 0 }',
    '"ridge"',
  ],
  [
    "PGD in the closed form",
    method({ attack: { norm: 2, radius: 1, inner: { pgd: { steps: 5 } } } }),
    'methods.adv.attack.inner must be "exact" with the closed form',
    'solver "gradient"',
  ],
  [
    "descent in the closed form",
    method({ descent: { epochs: 5 } }),
    "methods.adv.descent must be left out with the closed form",
    'solver "gradient"',
  ],
  [
    "descent in joint training",
    method({ solver: "gradient", aggregation: "joint", descent: {} }),
    'methods.adv.descent must be left out with aggregation "joint"',
    "{}",
  ],
  [
    "a momentum of 1",
    method({ loss: "logistic", descent: { momentum: 1 } }),
    "methods.adv.descent.momentum must be a number in [0, 1)",
    "received 1",
  ],
  [
    "an unknown field of descent",
    method({ loss: "logistic", descent: { lr: 0.1 } }),
    "descent.lr must be left out",
    "learningRate",
  ],
  [
    "PGD without steps",
    method({ loss: "logistic", attack: { norm: 2, radius: 1, inner: { pgd: {} } } }),
    "methods.adv.attack.inner.pgd.steps must be an integer in [1, 100000]",
    "received nothing",
  ],
  [
    "an unknown field of PGD",
    method({ loss: "logistic", attack: { norm: 2, radius: 1, inner: { pgd: { steps: 5, restarts: 2 } } } }),
    "attack.inner.pgd.restarts must be left out",
    "steps, step, starts",
  ],
  [
    "joint training by PGD",
    method({
      solver: "gradient",
      aggregation: "joint",
      attack: { norm: 2, radius: 1, inner: { pgd: { steps: 5 } } },
    }),
    'methods.adv.attack.inner must be "exact" with aggregation "joint"',
    "pgd",
  ],
  [
    "an unknown aggregation",
    method({ aggregation: "mean" }),
    "aggregation must be",
    '"normalized"',
    '"mean"',
  ],
  // contrasts
  [
    "a contrast with a stranger",
    study({ contrasts: [["both", "x"]] }),
    "contrasts[0][1] must be one of",
    '"x"',
  ],
  ["a contrast with itself", study({ contrasts: [["both", "both"]] }), "contrasts[0] must be two different"],
  ["a contrast of three", study({ contrasts: [["both", "standard", "x"]] }), "contrasts[0] must be a pair"],
  [
    "a contrast twice",
    study({
      contrasts: [
        ["both", "standard"],
        ["both", "standard"],
      ],
    }),
    "contrasts[1] must be",
  ],
  ["contrasts that are a text", study({ contrasts: "all" }), "contrasts must be a list of pairs", '"all"'],
  // vary
  ["vary that is a list", study({ vary: [] }), "vary must be an object", "received []"],
  ["an empty vary list", vary({ "problem.rank": [] }), 'vary["problem.rank"] must be', "received []"],
  ["a single value", vary({ "problem.rank": 3 }), 'vary["problem.rank"] must be a list', "received 3"],
  [
    "a value twice",
    vary({ "problem.rank": [1, 2, 1] }),
    'vary["problem.rank"] must be',
    "different",
    "received 1",
  ],
  ["NaN among the values", vary({ "problem.rank": [1, Number.NaN] }), 'vary["problem.rank"]', "NaN"],
  ["a function among the values", vary({ "problem.rank": [() => 1] }), 'vary["problem.rank"]', "a function"],
  [
    "a path with an error",
    vary({ "problem.dimensoin": [1] }),
    '"problem.dimensoin"',
    "mean problem.dimension",
  ],
  ["a path without its head", vary({ dimension: [1] }), '"dimension"', "Did you mean", "problem.dimension"],
  ["the path of the seed", vary({ seed: [1, 2] }), "vary must name a path", '"seed"'],
  [
    "the path of an unknown method",
    vary({ "methods.advers.attack.radius": [1] }),
    "methods are standard, adv",
  ],
  ["the path of a name", vary({ "methods.standard.name": ["a"] }), "vary must name a path", "standard.name"],
  [
    "a path inside another",
    vary({ "problem.noise": [{}], "problem.noise.sd": [1] }),
    "overlaps",
    "problem.noise.sd",
  ],
  [
    "a varied value of a wrong type",
    vary({ "problem.rank": [1, "2"] }),
    'cell 1 (problem.rank = "2")',
    "Write 2",
  ],
  [
    "an impossible cell",
    vary({ "problem.rank": [1, 50] }),
    "cell 1 (problem.rank = 50)",
    "at most problem.dimension",
  ],
  [
    "an impossible pair of values",
    vary({ "problem.dimension": [10, 20], "problem.support": [10, 15] }),
    "cell 1 (problem.dimension = 10, problem.support = 15)",
    "problem.support must be",
  ],
  ["a group that is not there", vary({ "problem.signal.1.norm": [1, 2] }), "cell 0", "problem.signal"],
  [
    "a grid that is too large",
    vary({ "problem.tasks": range(101), "problem.labeled": range(100) }),
    "at most 10000 cells",
    "101 x 100 = 10100",
  ],
  [
    "too many rows",
    study({ replications: 20_000, vary: { "problem.tasks": range(51) } }),
    "at most 1000000",
    "51 x 20000",
  ],
];

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1);
}

function refusal(input: unknown): AdvTransferError {
  try {
    resolveStudy(input);
  } catch (error) {
    expect(error).toBeInstanceOf(AdvTransferError);
    return error as AdvTransferError;
  }
  throw new Error("the study was accepted");
}

describe("a wrong study is one clear error", () => {
  test.each(CASES)("%s", (_label, input, ...words) => {
    const error = refusal(input);
    expect(error.code).toBe("bad-input");
    for (const word of words) expect(error.describe()).toContain(word);
    expect(error.message).not.toContain("\n");
    expect(error.message.length).toBeLessThan(400);
  });

  test("the cell is named when a varied value is at fault, and not otherwise", () => {
    const fault = { problem: { ...LEAST_PROBLEM, rank: 99 }, vary: { "problem.labeled": [1, 2] } };
    expect(refusal(fault).message).not.toContain("cell");
    expect(refusal({ ...fault, vary: { "problem.dimension": [100, 50] } }).message).toContain("cell 1");
  });

  test("a misspelt field is the error, not the missing field that it stands for", () => {
    const { labeled: _labeled, ...rest } = LEAST_PROBLEM;
    expect(refusal({ problem: { ...rest, labelled: 5 } }).message).toContain("problem.labelled");
  });
});
