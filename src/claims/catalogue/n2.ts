import type { Claim, ClaimStudy, Group } from "../claim.js";
import { STANDARD, sparsifier } from "./methods.js";

const dense: ClaimStudy = {
  name: "n2-dense",
  problem: { dimension: 100, rank: 2, tasks: 80, labeled: 100, signal: 1 },
  methods: [STANDARD, sparsifier(0.5)],
};

export const n2Group: Group = {
  id: "N2",
  title: "Control: on a dense representation the ℓ∞ attack hurts",
  question:
    "The ℓ∞ attack pays only when B is sparse. Does it hurt when all rows of B are nonzero, at the radius of C3?",
  summary: {
    theory: "worse than standard",
    seen: [["standard ÷ adversarial", "N2.dense"]],
  },
  controls: [],
  code: ["src/theory/lInfDense.ts"],
};

export const n2Claims: readonly Claim[] = [
  {
    id: "N2.dense",
    group: "N2",
    title: "on dense B the ℓ∞ attack is worse than standard training",
    formula: "s = p \\Rightarrow \\|\\sin\\Theta^{\\mathrm{adv}}\\|_F > \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    source: "docs/theory.md section 4, control N2",
    assumptions: ["All p rows of B are nonzero; the radius of C3."],
    varied: "s = p = 100",
    refutedBy: "an ℓ∞ attack that is as good as standard training on dense B",
    test: {
      kind: "ordering",
      pairs: [
        { smaller: { study: dense, method: "standard" }, larger: { study: dense, method: "adversarial" } },
      ],
    },
  },
];
