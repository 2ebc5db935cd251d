import type { Claim, ClaimStudy, Group } from "../claim.js";
import { l2Filter, mixed, SEMI_SUPERVISED, STANDARD } from "./methods.js";

const missing: ClaimStudy = {
  name: "n5-missing",
  problem: {
    dimension: 80,
    rank: 3,
    tasks: 80,
    unlabeled: 100,
    signal: mixed(4, 2),
    diversity: "missing",
  },
  methods: [STANDARD, l2Filter(3), SEMI_SUPERVISED],
  vary: { "problem.labeled": [80, 1280] },
};
const METHODS = ["standard", "adversarial", "semi-supervised"];

export const n5Group: Group = {
  id: "N5",
  title: "Control: a direction that no task uses is recovered by no method",
  question:
    "Task diversity is what makes the representation identifiable. When no source task has a component along one of the three directions, is the error stuck near 1 " +
    "whatever the method and however many labels there are?",
  summary: {
    theory: "‖sin Θ‖² stays near 1",
    seen: [["lowest ‖sin Θ‖²", "N5.stuck"]],
  },
  controls: [],
  code: ["src/model/taskVectors.ts", "src/theory/directionShares.ts"],
};

export const n5Claims: readonly Claim[] = [
  {
    id: "N5.stuck",
    group: "N5",
    title: "with a missing direction ‖sin Θ‖² stays above 0.9 for every method",
    formula: "\\sigma_r(AA^\\top/T) = 0 \\Rightarrow \\|\\sin\\Theta\\|_F^2 \\ge 1 - o(1)",
    source: "docs/theory.md section 4, control N5",
    assumptions: ["One of the r = 3 directions carries no task; norms 4 and 2."],
    varied: "n = 80, 1280; three methods",
    refutedBy: "a method whose mean ‖sin Θ‖² falls below 0.9",
    test: {
      kind: "flatness",
      of: METHODS.map((method) => ({ study: missing, method })),
      margin: null,
      floor: () => 0.9,
    },
  },
];
