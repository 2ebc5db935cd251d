import { labelMoments } from "../../training/pseudoLabelLaw.js";
import { representationForm } from "../boundForms.js";
import type { Claim, ClaimStudy, Group } from "../claim.js";
import { BEST_WEIGHT, SEMI_SUPERVISED, STANDARD } from "./methods.js";

const LABELED = 20;
const UNLABELED = [20, 60, 180, 580];
const strong = { dimension: 80, rank: 2, tasks: 80, labeled: LABELED, signal: 3 };
const weak = { ...strong, dimension: 200, signal: 1 };

/** e = Phi(-k/sigma) of docs/theory.md 5.2 for a problem with one norm and sigma = 1. */
export function labelError(norm: number, dimension: number, labeled: number): number {
  const h = Math.sqrt(norm ** 2 + dimension / labeled);
  return labelMoments(norm ** 2 / h, 1, { soft: false, threshold: 0 }).error;
}

const unlabeled: ClaimStudy = {
  name: "c4-unlabeled",
  problem: strong,
  methods: [STANDARD, SEMI_SUPERVISED],
  vary: { "problem.unlabeled": UNLABELED },
};
const allLabels: ClaimStudy = {
  name: "c4-all-labels",
  problem: strong,
  methods: [STANDARD],
  vary: { "problem.labeled": UNLABELED.map((u) => u + LABELED) },
};
const best: ClaimStudy = {
  name: "c4-best-weight",
  problem: { ...weak, dimension: 100, signal: 1.2 },
  methods: [STANDARD, SEMI_SUPERVISED, BEST_WEIGHT],
  vary: { "problem.unlabeled": [40, 80, 160] },
};
const ERROR = labelError(1.2, 100, LABELED);
const effective: ClaimStudy = {
  name: "c4-effective-labels",
  problem: { ...weak, dimension: 100, signal: 1.2 },
  methods: [STANDARD],
  vary: {
    "problem.labeled": [40, 80, 160].map((u) => Math.round(LABELED + (1 - 2 * ERROR) ** 2 * u)),
  },
};
const few: ClaimStudy = {
  name: "c4-few",
  problem: { ...strong, unlabeled: 10 },
  methods: [STANDARD, SEMI_SUPERVISED],
};

const common = {
  group: "C4",
  source: "the paper, claim C4",
  varied: "u = 20 to 580, n = 20",
  assumptions: [
    "A signal strong enough for the pseudo-labels: norm 3, σ = 1, error e = Φ(−k/σ) below 2 %.",
    "Gaussian noise of one level in every direction, tasks that use every direction alike.",
  ],
} as const;
const semi = { study: unlabeled, method: "semi-supervised" };

export const c4Group: Group = {
  id: "C4",
  title: "Pseudo-labels: with a strong signal, unlabelled samples count almost like labelled ones",
  question:
    "Each task has 20 labels and u unlabelled samples that its own classifier labels. Is the error that of n + u labels when the signal is strong, and what " +
    "is a pseudo-label worth when it is not?",
  summary: {
    theory: "the error of n + u labels",
    seen: [
      ["slope in n + u", "C4.unlabeled"],
      ["semi-supervised ÷ n + u labels", "C4.as-labels"],
    ],
  },
  controls: ["N3"],
  code: ["src/theory/bounds/c4.ts", "src/training/semiSupervisedMean.ts", "src/training/pseudoLabelLaw.ts"],
};

export const c4Claims: readonly Claim[] = [
  {
    ...common,
    id: "C4.unlabeled",
    title: "the error falls like 1/√(n + u)",
    formula: "\\|\\sin\\Theta^{\\mathrm{ssl}}\\|_F \\propto (n+u)^{-1/2}",
    refutedBy: "a slope in n + u further than 0.08 from −1/2",
    test: {
      kind: "rate",
      of: semi,
      x: ({ problem: { unlabeled: u, labeled } }) => u + labeled,
      xLabel: "n + u",
      exponent: -0.5,
      margin: 0.08,
    },
  },
  {
    ...common,
    id: "C4.as-labels",
    title: "the error agrees with that of n + u true labels",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{ssl}}_{n,u}\\|_F^2 = \\|\\sin\\Theta^{\\mathrm{std}}_{n+u}\\|_F^2\\,(1 \\pm 0.15)",
    refutedBy: "a mean of ‖sin Θ‖² more than 15 % away from that of standard training with n + u labels",
    test: {
      kind: "value",
      of: [semi],
      equals: [{ study: allLabels, method: "standard" }],
      margin: 0.15,
    },
  },
  {
    ...common,
    id: "C4.better",
    title: "semi-supervised training beats standard training at every u",
    formula: "\\|\\sin\\Theta^{\\mathrm{ssl}}\\|_F < \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    refutedBy: "a u at which standard training on the labels alone is as good",
    test: {
      kind: "ordering",
      pairs: [{ smaller: semi, larger: { study: unlabeled, method: "standard" } }],
    },
  },
  {
    ...common,
    id: "C4.bound",
    title: "C1's bound with n + u for n covers unlabelled samples that it was not fitted on",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{ssl}}\\|_F \\lesssim r\\left(\\sqrt{\\tfrac{1}{n+u}}+\\sqrt{\\tfrac{p}{(n+u)T}}+\\sqrt{\\tfrac{\\log(n+u)}{(n+u)T}}\\right)",
    varied: "u = 20 to 580; the constant is fitted on u = 20 and 60, with 20 % to spare",
    refutedBy: "an error above the bound at u = 180 or 580",
    test: {
      kind: "bound",
      of: semi,
      form: representationForm("semi-supervised"),
      fitOn: ({ problem: { unlabeled: u } }) => u <= 60,
      slack: 0.2,
    },
  },
  {
    ...common,
    id: "C4.tight-unlabeled",
    title: "tightness: measured over bound does not drift in n + u",
    formula: "\\frac{\\|\\sin\\Theta^{\\mathrm{ssl}}\\|_F}{\\text{bound}} \\propto (n+u)^{0}",
    source: "the paper, claim C4; its tightness is measured here",
    refutedBy: "a drift exponent of the ratio in n + u beyond ±0.1",
    test: {
      kind: "rate",
      of: semi,
      x: ({ problem: { unlabeled: u, labeled } }) => u + labeled,
      over: representationForm("semi-supervised"),
      exponent: 0,
      margin: 0.1,
    },
  },
  {
    ...common,
    id: "C4.value",
    title: "the error equals its exact asymptotics",
    formula:
      "\\hat\\mu_{\\mathrm{ssl}} = S\\mu + \\sqrt V z,\\quad \\|\\sin\\Theta\\|_F^2 = r(1-\\cos^2)\\text{ at }(S^2\\lambda, V)",
    source: "docs/theory.md 5.2",
    refutedBy: "a mean of ‖sin Θ‖² further than 10 % from its prediction at some u",
    test: { kind: "value", of: [semi], equals: "prediction", margin: 0.1 },
  },
  {
    ...common,
    id: "C4.few-help",
    title: "the 25 % rule: pseudo-labels with an error below 1/4 help from the first ones on",
    formula:
      "e < \\tfrac14 \\Rightarrow \\|\\sin\\Theta^{\\mathrm{ssl}}_{u}\\|_F < \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    source: "docs/theory.md 5.2: gain S²/V = (1/τ²)(1 + (u/n)(1 − 4e) + ...)",
    varied: `u = 10 with e = ${labelError(3, 80, LABELED).toFixed(3)} (N3 has the other side)`,
    refutedBy: "pooled pseudo-labels that do not help at u = n/2",
    test: {
      kind: "ordering",
      pairs: [
        { smaller: { study: few, method: "semi-supervised" }, larger: { study: few, method: "standard" } },
      ],
    },
  },
  {
    ...common,
    id: "C4.effective",
    title: "effective sample size: at the best weight a pseudo-label is worth (1 − 2e)² of a label",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{ssl}}_{n,u}\\|_F^2 = \\|\\sin\\Theta^{\\mathrm{std}}_{n'}\\|_F^2\\,(1\\pm 0.15),\\quad n' = n+(1-2e)^2u",
    source: "docs/theory.md 5.2",
    varied: `u = 40, 80, 160 with e = ${ERROR.toFixed(3)}`,
    refutedBy:
      "a mean of ‖sin Θ‖² more than 15 % away from that of standard training with n + (1 − 2e)² u labels",
    assumptions: ["A weak signal: norm 1.2, σ = 1, p = 100; the weight of the two means is the best one."],
    test: {
      kind: "value",
      of: [{ study: best, method: "best weight" }],
      equals: [{ study: effective, method: "standard" }],
      margin: 0.15,
    },
  },
  {
    ...common,
    id: "C4.best-never-hurts",
    title: "at the best weight pseudo-labels help although the signal is weak",
    formula: "\\|\\sin\\Theta^{\\mathrm{ssl},\\,\\omega^*}\\|_F < \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    source: "docs/theory.md 5.2",
    varied: `u = 40, 80, 160 with e = ${ERROR.toFixed(3)}`,
    refutedBy: "a u at which standard training on the labels alone is as good",
    assumptions: ["A weak signal: norm 1.2, σ = 1, p = 100; the weight of the two means is the best one."],
    test: {
      kind: "ordering",
      pairs: [
        { smaller: { study: best, method: "best weight" }, larger: { study: best, method: "standard" } },
      ],
    },
  },
];
