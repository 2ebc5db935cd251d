import { representationForm } from "../boundForms.js";
import type { Claim, ClaimStudy, Group, Series } from "../claim.js";
import { both, l2Filter, mixed, SEMI_SUPERVISED, STANDARD, sparsifier } from "./methods.js";

const sparse: ClaimStudy = {
  name: "c5-sparse",
  problem: { dimension: 200, rank: 2, tasks: 60, labeled: 20, signal: 3, support: 8 },
  methods: [STANDARD, sparsifier(0.5), SEMI_SUPERVISED, both(0.5)],
  vary: { "problem.unlabeled": [100, 200, 400] },
};
const mixedSignals: ClaimStudy = {
  name: "c5-mixed",
  problem: { dimension: 60, rank: 2, tasks: 100, labeled: 40, signal: mixed(6, 2) },
  methods: [STANDARD, l2Filter(4), SEMI_SUPERVISED, { ...l2Filter(4), name: "both", pseudoLabels: true }],
  vary: { "problem.unlabeled": [100, 400] },
};

const common = {
  group: "C5",
  source: "the paper, claim C5",
  assumptions: [
    "The assumptions of C3 (sparse B) or C2 (mixed signals), and a signal strong enough for pseudo-labels (C4).",
  ],
} as const;
const of = (study: ClaimStudy, method: string): Series => ({ study, method });

export const c5Group: Group = {
  id: "C5",
  title: "Adversarial and semi-supervised training together: both gains at once",
  question:
    "The attack removes noise coordinates or weak tasks, pseudo-labels lower the noise of the rest. Is their combination better than each alone, and by a " +
    "clear factor?",
  summary: {
    theory: "below each alone",
    seen: [
      ["both ÷ adversarial", "C5.beats-adversarial"],
      ["both ÷ semi-supervised", "C5.beats-semi-supervised"],
    ],
  },
  controls: ["N2", "N3"],
  code: ["src/theory/bounds/c5.ts", "src/training/sourceMeans.ts", "src/training/trainRepresentation.ts"],
};

export const c5Claims: readonly Claim[] = [
  {
    ...common,
    id: "C5.beats-adversarial",
    title: "the combination beats adversarial training alone (ℓ∞, sparse)",
    formula: "\\|\\sin\\Theta^{\\mathrm{both}}\\|_F < \\|\\sin\\Theta^{\\mathrm{adv}}\\|_F",
    varied: "u = 100, 200, 400",
    refutedBy: "a u at which adversarial training alone is as good",
    test: { kind: "ordering", pairs: [{ smaller: of(sparse, "both"), larger: of(sparse, "adversarial") }] },
  },
  {
    ...common,
    id: "C5.beats-semi-supervised",
    title: "the combination beats semi-supervised training alone (ℓ∞, sparse)",
    formula: "\\|\\sin\\Theta^{\\mathrm{both}}\\|_F < \\|\\sin\\Theta^{\\mathrm{ssl}}\\|_F",
    varied: "u = 100, 200, 400",
    refutedBy: "a u at which semi-supervised training alone is as good",
    test: {
      kind: "ordering",
      pairs: [{ smaller: of(sparse, "both"), larger: of(sparse, "semi-supervised") }],
    },
  },
  {
    ...common,
    id: "C5.complementary",
    title: "the gains are complementary: at least 15 % below each alone at u = 400",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{both}}\\|_F^2 < 0.85\\,\\min\\left(\\|\\sin\\Theta^{\\mathrm{adv}}\\|_F^2, \\|\\sin\\Theta^{\\mathrm{ssl}}\\|_F^2\\right)",
    varied: "u = 400",
    refutedBy: "a combination that is within 15 % of the better of the two at u = 400",
    test: {
      kind: "ordering",
      factor: 0.85,
      pairs: ["adversarial", "semi-supervised"].map((single) => ({
        smaller: { ...of(sparse, "both"), where: ({ problem: { unlabeled } }) => unlabeled === 400 },
        larger: { ...of(sparse, single), where: ({ problem: { unlabeled } }) => unlabeled === 400 },
      })),
    },
  },
  {
    ...common,
    id: "C5.mixed",
    title: "the combination beats each alone (ℓ₂, mixed signals)",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{both}}\\|_F < \\min\\left(\\|\\sin\\Theta^{\\mathrm{adv}}\\|_F, \\|\\sin\\Theta^{\\mathrm{ssl}}\\|_F\\right)",
    varied: "u = 100, 400 with norms 6 and 2",
    refutedBy: "a u at which one of the two alone is as good",
    test: {
      kind: "ordering",
      pairs: ["adversarial", "semi-supervised"].map((single) => ({
        smaller: of(mixedSignals, "both"),
        larger: of(mixedSignals, single),
      })),
    },
  },
  {
    ...common,
    id: "C5.bound",
    title: "C3's bound with n + u for n covers unlabelled samples that it was not fitted on",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{both}}\\|_F \\lesssim \\left(r\\sqrt{\\tfrac{1}{n+u}}+r\\sqrt{\\tfrac{s^2}{(n+u)T}}\\right)\\log(T+p)",
    varied: "u = 100, 200, 400; the constant is fitted on u = 100 and 200, with 30 % to spare",
    refutedBy: "an error above the bound, with the constant of u = 100 and 200 and 30 % more, at u = 400",
    test: {
      kind: "bound",
      of: of(sparse, "both"),
      form: representationForm("both"),
      fitOn: ({ problem: { unlabeled } }) => unlabeled <= 200,
      slack: 0.3,
    },
  },
  {
    ...common,
    id: "C5.tight-unlabeled",
    title: "tightness: measured over bound does not rise with n + u, the gain is all that the bound promises",
    formula:
      "\\frac{\\|\\sin\\Theta^{\\mathrm{both}}\\|_F}{\\text{bound}} \\propto (n+u)^{\\delta},\\quad \\delta \\le 0.1",
    source: "the paper, claim C5; its tightness is measured here",
    varied: "u = 100, 200, 400, n = 20",
    refutedBy: "a ratio that rises with n + u by an exponent above 0.1",
    test: {
      kind: "rate",
      of: of(sparse, "both"),
      x: ({ problem: { unlabeled, labeled } }) => unlabeled + labeled,
      over: representationForm("both"),
      exponent: 0,
      margin: 0.1,
      side: "atMost",
      curvature: null,
    },
  },
];
