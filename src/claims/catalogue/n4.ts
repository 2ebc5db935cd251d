import type { Claim, ClaimStudy, Group, Series } from "../claim.js";
import { l2Filter, STANDARD } from "./methods.js";

const filtered: ClaimStudy = {
  name: "n4-all-filtered",
  problem: { dimension: 60, rank: 2, tasks: 40, labeled: 50, signal: 1 },
  methods: [STANDARD, l2Filter(3)],
};
const of = (metric: Series["metric"]): Series => ({
  study: filtered,
  method: "adversarial",
  ...(metric === undefined ? {} : { metric }),
});
const common = {
  group: "N4",
  source: "docs/theory.md section 4, control N4",
  varied: "radius at the length of means of norm 3, tasks of norm 1",
  assumptions: ["No task's mean reaches the radius: 3.2 against 1.5 ± 0.1."],
} as const;

export const n4Group: Group = {
  id: "N4",
  title: "Control: an ℓ₂ attack above all norms filters everything",
  question:
    "With every task filtered there is no representation. Does every direction count as fully wrong, and is the target risk that of predicting nothing?",
  summary: {
    theory: "‖sin Θ‖² = r, excess risk ‖a‖",
    seen: [
      ["‖sin Θ‖²", "N4.subspace"],
      ["risk", "N4.risk"],
    ],
  },
  controls: [],
  code: ["src/training/trainRepresentation.ts", "src/transfer/evaluate.ts"],
};

export const n4Claims: readonly Claim[] = [
  {
    ...common,
    id: "N4.subspace",
    title: "nothing is learnt: ‖sin Θ‖² = r",
    formula: "\\|\\sin\\Theta\\|_F^2 = r",
    refutedBy: "one replication in which ‖sin Θ‖² is not 2",
    test: { kind: "identity", a: of("sinTheta2"), b: ({ problem: { rank } }) => rank },
  },
  {
    ...common,
    id: "N4.risk",
    title: "the target predicts nothing: excess risk ‖a‖",
    formula: "\\mathcal E = \\|a_{T+1}\\|",
    refutedBy: "one replication in which the excess risk is not 1",
    test: {
      kind: "identity",
      a: of("excessRisk"),
      b: ({ problem: { target } }) => target.norm,
      tolerance: 1e-12,
    },
  },
];
