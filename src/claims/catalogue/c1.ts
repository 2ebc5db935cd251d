import { representationForm } from "../boundForms.js";
import type { Claim, ClaimStudy, Group } from "../claim.js";
import { STANDARD } from "./methods.js";

const problem = { dimension: 60, rank: 2, tasks: 80, labeled: 200, signal: 1 };
const methods = [STANDARD];

const labels: ClaimStudy = {
  name: "c1-labels",
  problem,
  methods,
  vary: { "problem.labeled": [50, 100, 200, 400, 800] },
};
const dimensions: ClaimStudy = {
  name: "c1-dimension",
  problem: { ...problem, labeled: 400 },
  methods,
  vary: { "problem.dimension": [20, 40, 80, 160] },
};
const tasks: ClaimStudy = {
  name: "c1-tasks",
  problem: { ...problem, labeled: 400 },
  methods,
  vary: { "problem.tasks": [40, 80, 160, 320] },
};
const ranks: ClaimStudy = {
  name: "c1-rank",
  problem: { ...problem, tasks: 160, labeled: 400 },
  methods,
  vary: { "problem.rank": [1, 2, 3, 4, 6] },
};
const sizes: ClaimStudy = {
  name: "c1-value",
  problem: { ...problem, dimension: 120, rank: 3, tasks: 120 },
  methods,
  vary: { "problem.labeled": [40, 160] },
  effort: 4,
};

const ASSUMPTIONS = [
  "Gaussian noise of one level in every direction, tasks that use every direction alike (diversity).",
  "n so large that the noise in a task's mean does not drown its signal: τ² p below ‖a‖².",
];
const common = { group: "C1", assumptions: ASSUMPTIONS, source: "the paper, claim C1" } as const;
const standard = (study: ClaimStudy) => ({ study, method: "standard" });
const FORM_OF = representationForm("standard");
const FORM =
  "\\|\\sin\\Theta(\\hat W_1, B)\\|_F \\lesssim r\\left(\\sqrt{\\tfrac1n}+\\sqrt{\\tfrac{p}{nT}}+\\sqrt{\\tfrac{\\log n}{nT}}\\right)";

export const c1Group: Group = {
  id: "C1",
  title: "Standard training recovers the representation",
  question:
    "How does the subspace error of standard training depend on the labels n of a task, the dimension p, the number of tasks T and the rank r, does the " +
    "paper's bound cover it with one constant, and which of its terms are loose?",
  summary: {
    theory: "‖sin Θ‖ ∝ r √(p/(nT))",
    seen: [
      ["slope in n", "C1.labels"],
      ["in p", "C1.dimension"],
      ["in T", "C1.tasks"],
      ["in r", "C1.rank"],
    ],
  },
  controls: ["N5"],
  code: [
    "src/theory/bounds/c1.ts",
    "src/training/closedForm.ts",
    "src/training/trainRepresentation.ts",
    "src/theory/weightedSpike.ts",
  ],
};

export const c1Claims: readonly Claim[] = [
  {
    ...common,
    id: "C1.labels",
    title: "the subspace error falls like 1/√n",
    formula: "\\|\\sin\\Theta\\|_F \\propto n^{-1/2}",
    varied: "n = 50 to 800",
    refutedBy:
      "a slope in n that is further than 0.08 from −1/2, or that changes by more than 0.3 over the range",
    test: {
      kind: "rate",
      of: standard(labels),
      x: ({ problem: { labeled } }) => labeled,
      exponent: -0.5,
      margin: 0.08,
    },
  },
  {
    ...common,
    id: "C1.dimension",
    title: "the subspace error grows like √p",
    formula: "\\|\\sin\\Theta\\|_F \\propto p^{1/2}",
    varied: "p = 20 to 160",
    refutedBy:
      "a slope in p that is further than 0.08 from 1/2, or that changes by more than 0.3 over the range",
    test: {
      kind: "rate",
      of: standard(dimensions),
      x: ({ problem: { dimension } }) => dimension,
      exponent: 0.5,
      margin: 0.08,
    },
  },
  {
    ...common,
    id: "C1.tasks",
    title: "the subspace error falls like 1/√T",
    formula: "\\|\\sin\\Theta\\|_F \\propto T^{-1/2}",
    source: "docs/theory.md section 4: the √(p/(nT)) term of the paper's C1, alone",
    varied: "T = 40 to 320",
    refutedBy: "a slope in T that is further than 0.08 from −1/2: a floor that more tasks do not lower",
    test: {
      kind: "rate",
      of: standard(tasks),
      x: ({ problem: { tasks } }) => tasks,
      exponent: -0.5,
      margin: 0.08,
    },
  },
  {
    ...common,
    id: "C1.rank",
    title: "the subspace error grows like r",
    formula: "\\|\\sin\\Theta\\|_F \\propto r",
    varied: "r = 1 to 6",
    refutedBy: "a slope in r that is further than 0.12 from 1",
    test: {
      kind: "rate",
      of: standard(ranks),
      x: ({ problem: { rank } }) => rank,
      exponent: 1,
      margin: 0.12,
      curvature: 0.4,
    },
  },
  {
    ...common,
    id: "C1.bound",
    title: "one constant makes the bound cover labels that it was not fitted on",
    formula: FORM,
    varied: "n = 50 to 800; the constant is fitted on n = 50 and 100, with 20 % to spare",
    refutedBy: "an error above the bound, with the constant of small n, at larger n",
    test: {
      kind: "bound",
      of: standard(labels),
      form: FORM_OF,
      fitOn: ({ problem: { labeled } }) => labeled <= 100,
      slack: 0.2,
    },
  },
  {
    ...common,
    id: "C1.value",
    title: "the subspace error equals its exact asymptotics",
    formula: "\\|\\sin\\Theta\\|_F^2 = r\\,(1-\\cos^2),\\quad \\cos^2 = \\frac{L^2-p/T}{L^2+Lp/T}",
    source: "docs/theory.md 5.1",
    varied: "n = 40, 160 with p = T = 120, r = 3",
    refutedBy: "a mean of ‖sin Θ‖² further than 5 % from the prediction at some n",
    test: { kind: "value", of: [standard(sizes)], equals: "prediction", margin: 0.05 },
  },
  {
    ...common,
    id: "C1.tight-labels",
    title: "tightness: measured over bound does not drift in n",
    formula: "\\frac{\\|\\sin\\Theta\\|_F}{\\text{bound}} \\propto n^{0}",
    source: "the paper, claim C1; its tightness is measured here",
    varied: "n = 50 to 800",
    refutedBy: "a drift exponent of the ratio in n beyond ±0.1: the bound would be loose in n",
    test: {
      kind: "rate",
      of: standard(labels),
      x: ({ problem: { labeled } }) => labeled,
      over: FORM_OF,
      exponent: 0,
      margin: 0.1,
    },
  },
  {
    ...common,
    id: "C1.tight-rank",
    title: "tightness: measured over bound does not drift in r",
    formula: "\\frac{\\|\\sin\\Theta\\|_F}{\\text{bound}} \\propto r^{0}",
    source: "the paper, claim C1; its tightness is measured here",
    varied: "r = 1 to 6",
    refutedBy: "a drift exponent of the ratio in r beyond ±0.12: the bound's factor r would be wrong",
    test: {
      kind: "rate",
      of: standard(ranks),
      x: ({ problem: { rank } }) => rank,
      over: FORM_OF,
      exponent: 0,
      margin: 0.12,
      curvature: 0.4,
    },
  },
  {
    ...common,
    id: "C1.loose-tasks",
    title: "looseness: measured over bound falls with T, so the √(1/n) term is not seen",
    formula: "\\frac{\\|\\sin\\Theta\\|_F}{\\text{bound}} \\propto T^{-\\delta},\\quad \\delta \\ge 0.15",
    source: "docs/theory.md section 4: with isotropic noise the √(1/n) term of the bound is loose",
    varied: "T = 40 to 320",
    refutedBy: "a ratio that does not fall with T: the √(1/n) term would be real",
    test: {
      kind: "rate",
      of: standard(tasks),
      x: ({ problem: { tasks } }) => tasks,
      over: FORM_OF,
      exponent: -0.2,
      margin: 0.05,
      side: "atMost",
      curvature: null,
    },
  },
  {
    ...common,
    id: "C1.loose-dimension",
    title: "looseness: measured over bound rises with p while √(1/n) hides the dimension",
    formula: "\\frac{\\|\\sin\\Theta\\|_F}{\\text{bound}} \\propto p^{\\delta},\\quad \\delta \\ge 0.1",
    source: "docs/theory.md section 4: the √(1/n) term is loose, so the bound grows slower than √p",
    varied: "p = 20 to 160",
    refutedBy: "a ratio that does not rise with p",
    test: {
      kind: "rate",
      of: standard(dimensions),
      x: ({ problem: { dimension } }) => dimension,
      over: FORM_OF,
      exponent: 0.15,
      margin: 0.05,
      side: "atLeast",
      curvature: null,
    },
  },
];
