import type { Claim, ClaimStudy, Group, Series } from "../claim.js";
import { l2Filter, mixed, STANDARD, sparsifier } from "./methods.js";

const JOINT = { name: "joint", aggregation: "joint" };
const problem = { dimension: 100, rank: 2, tasks: 80, labeled: 20, signal: mixed(3) };

const plain: ClaimStudy = {
  name: "g4-standard",
  problem,
  methods: [
    STANDARD,
    { name: "raw", aggregation: "raw" },
    JOINT,
    { ...JOINT, name: "joint, random starts", solver: "gradient" },
  ],
  vary: { "problem.labeled": [10, 80, 320] },
};
const filter: ClaimStudy = {
  name: "g4-filter",
  problem,
  methods: [
    l2Filter(2),
    { ...l2Filter(2), ...JOINT },
    { ...l2Filter(2), ...JOINT, name: "joint, random starts", solver: "gradient" },
  ],
  vary: { "problem.labeled": [20, 80, 320] },
};
const logistic: ClaimStudy = {
  name: "g4-logistic",
  problem: { dimension: 30, rank: 2, tasks: 20, labeled: 20, signal: 1 },
  methods: [JOINT, { ...JOINT, name: "logistic", loss: "logistic" }],
  vary: { "problem.labeled": [20, 60] },
};

const threshold = (name: string, share: number): object => ({ ...sparsifier(share), name });
const sparse: ClaimStudy = {
  name: "g4-sparse",
  problem: { dimension: 40, rank: 2, tasks: 24, labeled: 30, support: 6 },
  methods: [
    { ...threshold("joint", 0.2), aggregation: "joint" },
    ...[30, 40, 50, 60].map((share) => threshold(`threshold ${share} %`, share / 100)),
  ],
};

const at = (study: ClaimStudy, method: string, ...labels: readonly number[]): Series => ({
  study,
  method,
  where: ({ problem: { labeled } }) => labels.includes(labeled),
});
const common = {
  group: "G4",
  source: "docs/theory.md section 2, joint two-layer training",
  assumptions: ["Half the tasks have norm 3, half norm 1; p = 100, T = 80, r = 2."],
  presets: ["full"],
} as const;

export const jointGroup: Group = {
  id: "G4",
  title: "Joint training of both layers against the task-by-task algorithm",
  question:
    "The paper trains task by task and takes singular vectors; practitioners train the representation and all heads together. Where does joint training stand between the aggregations, does its " +
    "start matter, and what does an ℓ₂ attack change?",
  summary: {
    theory: "the predicted error, between raw and normalised columns",
    seen: [["measured ÷ predicted", "G4.prediction"]],
  },
  controls: [],
  code: ["src/training/joint/jointSubspace.ts", "src/training/joint/jointMarginSubspace.ts"],
};

export const jointClaims: readonly Claim[] = [
  {
    ...common,
    id: "G4.starts",
    title:
      "without an attack the best of four random starts is the representation found from task-by-task training",
    formula: "\\arg\\max_W \\sum_t \\|W^\\top\\hat\\mu_t\\|_2 \\text{ is found from any start}",
    varied: "n = 80, 320",
    refutedBy: "a replication in which the two differ by more than 10⁻⁶ of the error",
    test: {
      kind: "identity",
      a: at(plain, "joint, random starts", 80, 320),
      b: at(plain, "joint", 80, 320),
      tolerance: 1e-6,
    },
  },
  {
    ...common,
    id: "G4.between",
    title: "with labels enough its error is between those of raw and of normalised columns",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{raw}}\\|_F < \\|\\sin\\Theta^{\\mathrm{joint}}\\|_F < \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    varied: "n = 80, 320",
    refutedBy: "joint training better than raw columns or worse than normalised ones",
    test: {
      kind: "ordering",
      pairs: [
        { smaller: at(plain, "raw", 80, 320), larger: at(plain, "joint", 80, 320) },
        { smaller: at(plain, "joint", 80, 320), larger: at(plain, "standard", 80, 320) },
      ],
    },
  },
  {
    ...common,
    id: "G4.few-labels",
    title:
      "with few labels it is worse than task by task: heads are fitted to the noise of the representation",
    formula: "n = 10: \\; \\|\\sin\\Theta^{\\mathrm{joint}}\\|_F > \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    varied: "n = 10",
    refutedBy: "joint training at least as good as standard training with ten labels",
    test: {
      kind: "ordering",
      pairs: [{ smaller: at(plain, "standard", 10), larger: at(plain, "joint", 10) }],
    },
  },
  {
    ...common,
    id: "G4.prediction",
    title: "its error is the predicted one within 10 %",
    formula: "\\mathbb E\\|\\sin\\Theta^{\\mathrm{joint}}\\|_F^2 = \\text{prediction}\\,(1 \\pm 0.1)",
    varied: "n = 10, 80, 320",
    refutedBy: "a mean further than 10 % from the prediction",
    test: {
      kind: "value",
      of: [{ study: plain, method: "joint" }],
      equals: "prediction",
      margin: 0.1,
    },
  },
  {
    ...common,
    id: "G4.filter-same",
    title:
      "with labels enough an ℓ₂ attack filters jointly what it filters task by task: the same error within 5 %",
    formula:
      "\\mathbb E\\|\\sin\\Theta^{\\mathrm{joint,adv}}\\|_F^2 = \\mathbb E\\|\\sin\\Theta^{\\mathrm{adv}}\\|_F^2\\,(1 \\pm 0.05)",
    varied: "n = 80, 320",
    refutedBy: "errors that differ by more than 5 %",
    test: {
      kind: "value",
      of: [at(filter, "joint", 80, 320)],
      equals: [at(filter, "adversarial", 80, 320)],
      margin: 0.05,
    },
  },
  {
    ...common,
    id: "G4.trap",
    title:
      "with few labels joint training under the attack from random starts has twice the error of task-by-task training and more",
    formula:
      "n = 20: \\; \\|\\sin\\Theta^{\\mathrm{adv}}\\|_F^2 < \\tfrac12 \\|\\sin\\Theta^{\\mathrm{joint,adv,random}}\\|_F^2",
    varied: "n = 20",
    refutedBy: "random starts from which the attack does no harm",
    test: {
      kind: "ordering",
      pairs: [{ smaller: at(filter, "adversarial", 20), larger: at(filter, "joint, random starts", 20) }],
      factor: 0.5,
    },
  },
  {
    ...common,
    id: "G4.logistic",
    title: "jointly too the linear loss beats the logistic one in this model",
    formula: "\\|\\sin\\Theta^{\\mathrm{joint}}\\|_F < \\|\\sin\\Theta^{\\mathrm{joint,logistic}}\\|_F",
    assumptions: ["Equal norms 1; p = 30, T = 20, r = 2; unit-ball heads."],
    varied: "n = 20, 60",
    refutedBy: "a logistic error no larger than the linear one",
    test: {
      kind: "ordering",
      pairs: [
        { smaller: { study: logistic, method: "joint" }, larger: { study: logistic, method: "logistic" } },
      ],
    },
  },
  {
    ...common,
    id: "G4.sparse",
    title:
      "under an ℓ∞ attack on a sparse B joint training has less than 0.7 of the error of task by task at any radius",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{joint,\\infty}}\\|_F^2 < 0.7\\,\\min_\\varepsilon \\|\\sin\\Theta^{\\mathrm{adv,\\infty}}\\|_F^2",
    assumptions: [
      "s = 6 of p = 40 rows, T = 24, r = 2, n = 30; the joint radius is 0.2 of the level τ √(2 ln p) of noise, the others 0.3 to 0.6 of it, around their best.",
    ],
    varied: "the radius of task-by-task training",
    refutedBy: "a radius at which task-by-task training comes within 1/0.7 of joint training",
    test: {
      kind: "ordering",
      pairs: [30, 40, 50, 60].map((share) => ({
        smaller: { study: sparse, method: "joint" },
        larger: { study: sparse, method: `threshold ${share} %` },
      })),
      factor: 0.7,
    },
  },
];
