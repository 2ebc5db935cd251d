import type { Claim, ClaimStudy, Group, Series } from "../claim.js";
import { both, l2Filter, mixed, SEMI_SUPERVISED, STANDARD, sparsifier } from "./methods.js";

/** All of this is for the full preset: training on samples costs a hundred times the closed form. */
const presets = ["full"] as const;
const logistic = (method: object): object => ({ ...method, loss: "logistic" });
const gradient = (method: object, name: string): object => ({ ...method, name, solver: "gradient" });
const of = (study: ClaimStudy, method: string): Series => ({ study, method });

const closedForm: ClaimStudy = {
  name: "g1-closed-form",
  problem: { dimension: 40, rank: 2, tasks: 30, labeled: 20, unlabeled: 40, signal: mixed(2) },
  methods: [
    STANDARD,
    l2Filter(1.2),
    { ...sparsifier(0.5), name: "l_inf" },
    both(0.5),
    gradient(STANDARD, "standard, gradient"),
    gradient(l2Filter(1.2), "adversarial, gradient"),
    gradient(sparsifier(0.5), "l_inf, gradient"),
    gradient(both(0.5), "both, gradient"),
  ],
  vary: { "problem.labeled": [10, 80] },
};
const labels: ClaimStudy = {
  name: "g2-labels",
  problem: { dimension: 40, rank: 2, tasks: 40, labeled: 50, signal: 1 },
  methods: [logistic(STANDARD)],
  vary: { "problem.labeled": [50, 100, 200, 400] },
};
const alphas: ClaimStudy = {
  name: "g2-alpha",
  problem: { dimension: 40, rank: 2, tasks: 40, labeled: 200 },
  methods: [logistic(STANDARD), logistic(l2Filter(1.5))],
  vary: { "problem.signal": [2, 4, 8].map((alpha) => mixed(alpha)) },
};
const dimensions: ClaimStudy = {
  name: "g2-dimension",
  problem: { dimension: 50, rank: 2, tasks: 30, labeled: 50, signal: 1, support: 8 },
  methods: [logistic(sparsifier(0.5))],
  vary: { "problem.dimension": [50, 100, 200, 400] },
};
const unlabeled: ClaimStudy = {
  name: "g2-unlabeled",
  problem: { dimension: 100, rank: 2, tasks: 30, labeled: 20, signal: 3, support: 8 },
  methods: [STANDARD, SEMI_SUPERVISED, sparsifier(0.5), both(0.5)].map(logistic),
  vary: { "problem.unlabeled": [50, 200] },
};
const attack = { norm: 2, radius: { filterBelow: 1.5 } };
const pgd: ClaimStudy = {
  name: "g3-pgd",
  problem: { dimension: 30, rank: 2, tasks: 30, labeled: 40, signal: mixed(3) },
  methods: [
    { name: "exact", loss: "logistic", attack },
    { name: "pgd", loss: "logistic", attack: { ...attack, inner: { pgd: { steps: 20 } } } },
  ],
};

export const gradientGroups: readonly Group[] = [
  {
    id: "G1",
    title: "Linear loss: gradient training ends at the closed form",
    question:
      "The closed form is one classifier a task. Does gradient training of the same objective, to its duality gap, end at the same representation, whatever the method?",
    summary: {
      theory: "the same to rounding",
      seen: [
        ["standard", "G1.standard"],
        ["adversarial", "G1.adversarial"],
      ],
    },
    controls: [],
    code: [
      "src/training/gradient/solveTask.ts",
      "src/training/gradient/certificate.ts",
      "src/training/closedForm.ts",
    ],
  },
  {
    id: "G2",
    title: "Logistic loss: the claims C1 to C5 survive",
    question:
      "The paper trains with the linear loss. Do the rate in n, the filter's gain, the freedom from p on a sparse representation, the gain of pseudo-labels and of both together survive the " +
      "logistic loss, adversarial by its exact inner maximum?",
    summary: {
      theory: "the rates and orders of C1 to C5",
      seen: [
        ["slope in n", "G2.labels"],
        ["in p", "G2.dimension"],
        ["adversarial ÷ standard", "G2.filter"],
      ],
    },
    controls: ["N2", "N6"],
    code: [
      "src/training/gradient/solveTask.ts",
      "src/training/gradient/pseudoLabeledSamples.ts",
      "src/training/gradient/trainedByGradient.ts",
    ],
  },
  {
    id: "G3",
    title: "Attacks by projected gradient ascent: twenty steps are the exact inner maximum",
    question:
      "Practitioners attack by PGD and descend on the attacked samples. Is the representation that of the exact inner maximum?",
    summary: { theory: "the exact inner maximum", seen: [["20 steps ÷ exact", "G3.pgd"]] },
    controls: [],
    code: ["src/training/gradient/pgdAttack.ts", "src/training/gradient/trainBySgd.ts"],
  },
];

const identity = (method: string, closed: string, what: string): Claim => ({
  id: `G1.${closed}`,
  group: "G1",
  presets,
  title: `${what}: gradient training gives the subspace error of the closed form`,
  formula: "\\|\\sin\\Theta(\\hat W_1^{\\mathrm{grad}}, B)\\|_F^2 = \\|\\sin\\Theta(\\hat W_1, B)\\|_F^2",
  source: "docs/theory.md section 2",
  assumptions: ["Linear loss, unit ball; the solver stops at a relative duality gap of 1e−13."],
  varied: "n = 10, 80",
  refutedBy: "a replication in which they differ by more than 1e−6",
  test: { kind: "identity", a: of(closedForm, method), b: of(closedForm, closed), tolerance: 1e-6 },
});

const survives = {
  group: "G2",
  presets,
  source: "the paper's claim, with the logistic loss in place of the linear one",
  assumptions: [
    "Logistic loss on raw samples, unit ball, exact inner maximum.",
    "Gaussian noise of one level in every direction.",
  ],
} as const;

export const gradientClaims: readonly Claim[] = [
  identity("standard, gradient", "standard", "no attack"),
  identity("adversarial, gradient", "adversarial", "ℓ₂ attack"),
  identity("l_inf, gradient", "l_inf", "ℓ∞ attack"),
  identity("both, gradient", "both", "ℓ∞ attack on pseudo-labels"),
  {
    ...survives,
    id: "G2.labels",
    title: "C1: the subspace error falls like 1/√n",
    formula: "\\|\\sin\\Theta\\|_F \\propto n^{-1/2}",
    varied: "n = 50 to 400",
    refutedBy:
      "a slope in n that is further than 0.1 from −1/2, or that changes by more than 0.3 over the range",
    test: {
      kind: "rate",
      of: of(labels, "standard"),
      x: ({ problem }) => problem.labeled,
      exponent: -0.5,
      margin: 0.1,
    },
  },
  {
    ...survives,
    id: "G2.filter",
    title: "C2: with mixed signals the ℓ₂ attack beats standard training",
    formula: "\\|\\sin\\Theta^{\\mathrm{adv}}\\|_F < \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    varied: "α = 2, 4, 8",
    refutedBy: "an α at which standard training is as good",
    test: {
      kind: "ordering",
      pairs: [{ smaller: of(alphas, "adversarial"), larger: of(alphas, "standard") }],
    },
  },
  {
    ...survives,
    id: "G2.dimension",
    title:
      "C3: on a sparse representation the error under an ℓ∞ attack grows slower than the fourth root of p",
    formula: "\\|\\sin\\Theta^{\\mathrm{adv}}\\|_F \\propto p^{\\kappa},\\quad \\kappa \\le \\tfrac14",
    varied: "p = 50 to 400, s = 8",
    refutedBy: "a slope in p above 0.25",
    test: {
      kind: "rate",
      of: of(dimensions, "adversarial"),
      x: ({ problem }) => problem.dimension,
      exponent: 0.2,
      margin: 0.05,
      side: "atMost",
      curvature: null,
    },
  },
  {
    ...survives,
    id: "G2.unlabeled",
    title: "C4: with a strong signal pseudo-labels halve the squared subspace error",
    formula: "\\|\\sin\\Theta^{\\mathrm{ssl}}\\|_F^2 < \\tfrac12\\|\\sin\\Theta^{\\mathrm{std}}\\|_F^2",
    varied: "u = 50, 200 beside n = 20",
    refutedBy: "a u at which pseudo-labels gain less",
    test: {
      kind: "ordering",
      pairs: [{ smaller: of(unlabeled, "semi-supervised"), larger: of(unlabeled, "standard") }],
      factor: 0.5,
    },
  },
  {
    ...survives,
    id: "G2.both",
    title: "C5: attack and pseudo-labels together beat each alone",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{both}}\\|_F < \\min(\\|\\sin\\Theta^{\\mathrm{adv}}\\|_F, \\|\\sin\\Theta^{\\mathrm{ssl}}\\|_F)",
    varied: "u = 50, 200",
    refutedBy: "a u at which one of the two alone is as good",
    test: {
      kind: "ordering",
      pairs: [
        { smaller: of(unlabeled, "both"), larger: of(unlabeled, "adversarial") },
        { smaller: of(unlabeled, "both"), larger: of(unlabeled, "semi-supervised") },
      ],
    },
  },
  {
    id: "G3.pgd",
    group: "G3",
    presets,
    title: "20 steps of PGD: the subspace error is within 1 % of that of the exact inner maximum",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{PGD}}\\|_F^2 = \\|\\sin\\Theta^{\\mathrm{exact}}\\|_F^2\\,(1 \\pm 0.01)",
    source: "docs/theory.md section 2: on a linear classifier every loss is attacked along one direction",
    assumptions: ["Logistic loss, ℓ₂ attack, mixed signals; 200 steps of full-batch descent with momentum."],
    varied: "one problem, n = 40, p = 30",
    refutedBy: "a mean further than 1 % from that of the exact inner maximum",
    test: { kind: "value", of: [of(pgd, "pgd")], equals: [of(pgd, "exact")], margin: 0.01 },
  },
];
