import type { Cell } from "../../study/study.js";
import { predict } from "../../theory/predict.js";
import type { Claim, ClaimStudy, Group, Series } from "../claim.js";
import { labelError } from "./c4.js";
import { SEMI_SUPERVISED, STANDARD } from "./methods.js";

const problem = { dimension: 100, rank: 2, tasks: 60, labeled: 10, signal: 1 };
const methods = [STANDARD, SEMI_SUPERVISED];
/** Two studies: the costly one of many pseudo-labels needs fewer replications. */
const fewer: ClaimStudy = {
  name: "n3-few",
  problem,
  methods,
  vary: { "problem.unlabeled": [5, 10] },
  effort: 2,
};
const more: ClaimStudy = {
  name: "n3-many",
  problem,
  methods: [SEMI_SUPERVISED],
  vary: { "problem.unlabeled": [2000, 8000] },
};
const ERROR = labelError(1, 100, 10).toFixed(2);
const few = (method: string): Series => ({ study: fewer, method });
const many: Series = { study: more, method: "semi-supervised" };

/** The floor of docs/theory.md 5.2: the prediction for u -> infinity. */
function floorOf({ problem, methods }: Cell): number {
  const method = methods.find(({ name }) => name === "semi-supervised")!;
  return predict({ ...problem, unlabeled: 1e9 }, method).metrics.sinTheta2!;
}

const common = {
  group: "N3",
  assumptions: [
    `A weak signal: norm 1, σ = 1, p = 100, n = 10, so that pseudo-labels are wrong in ${ERROR} of the cases.`,
  ],
} as const;

export const n3Group: Group = {
  id: "N3",
  title: "Control: with a weak signal a few pseudo-labels hurt and many reach a floor",
  question:
    "When the labelling classifiers are wrong in more than a quarter of the cases, do pooled pseudo-labels hurt at first, and does the error stop above zero?",
  summary: {
    theory: "worse for u ≤ n if e > 1/4, then a floor",
    seen: [
      ["standard ÷ semi-supervised", "N3.few-hurt"],
      ["u = 8000 ÷ u = 2000", "N3.floor"],
    ],
  },
  controls: [],
  code: ["src/training/pseudoLabelLaw.ts"],
};

export const n3Claims: readonly Claim[] = [
  {
    ...common,
    id: "N3.few-hurt",
    title: "the 25 % rule: pooled pseudo-labels with an error above 1/4 hurt at first",
    formula:
      "e > \\tfrac14,\\ u \\le n \\Rightarrow \\|\\sin\\Theta^{\\mathrm{ssl}}_u\\|_F > \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    source: "docs/theory.md 5.2 and section 4, control N3",
    varied: `u = 5, 10 with e = ${ERROR}`,
    refutedBy: "pooled pseudo-labels that help or do no harm at u = n/2 or n",
    test: { kind: "ordering", pairs: [{ smaller: few("standard"), larger: few("semi-supervised") }] },
  },
  {
    ...common,
    id: "N3.floor",
    title: "many pseudo-labels reach a floor above zero",
    formula:
      "\\lim_{u\\to\\infty}\\|\\sin\\Theta^{\\mathrm{ssl}}_u\\|_F^2 = r\\left(1-\\cos^2(S_\\infty^2\\lambda, V_\\infty)\\right) > 0",
    source: "docs/theory.md 5.2 and section 4, control N3",
    varied: "u = 2000, 8000",
    refutedBy:
      "an error that still falls by more than 20 % when u grows four times, or that is below 90 % of the predicted floor",
    test: { kind: "flatness", of: [many], margin: 0.2, floor: (cell) => 0.9 * floorOf(cell) },
  },
];
