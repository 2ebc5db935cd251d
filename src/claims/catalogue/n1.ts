import type { Claim, ClaimStudy, Group } from "../claim.js";
import { STANDARD } from "./methods.js";

const radii: ClaimStudy = {
  name: "n1-radius",
  problem: { dimension: 60, rank: 2, tasks: 60, labeled: 50, signal: 1 },
  methods: [STANDARD, { name: "adversarial", attack: { norm: 2, radius: 0 } }],
  vary: { "methods.adversarial.attack.radius": [0, 0.5, 1, 1.5, 1.6] },
};
const radiusOf = (varied: Readonly<Record<string, unknown>>): number => Number(Object.values(varied)[0]);
const common = {
  group: "N1",
  source: "docs/theory.md section 4, control N1",
  assumptions: ["Equal norms; every ‖μ̂ₜ‖ lies above the radius (n = 50, p = 60: about 1.48 ± 0.1)."],
} as const;

export const n1Group: Group = {
  id: "N1",
  title: "Control: equal norms, an ℓ₂ attack below every task mean changes nothing",
  question:
    "As long as the radius is below every ‖μ̂ₜ‖ the ℓ₂ attack filters no task. Is the representation identical to standard training's, bit for bit?",
  summary: {
    theory: "the same bits; beyond: worse",
    seen: [
      ["", "N1.identical"],
      ["beyond, standard ÷ adversarial", "N1.beyond"],
    ],
  },
  controls: [],
  code: ["src/training/closedForm.ts"],
};

export const n1Claims: readonly Claim[] = [
  {
    ...common,
    id: "N1.identical",
    title: "below every task mean the ℓ₂ attack gives standard training's representation, bit for bit",
    formula: "\\varepsilon < \\min_t\\|\\hat\\mu_t\\|_2 \\Rightarrow \\hat W_1^{\\mathrm{adv}} = \\hat W_1",
    varied: "ε = 0, 0.5, 1",
    refutedBy: "one replication in which the two subspace errors differ in a bit",
    test: {
      kind: "identity",
      a: { study: radii, method: "adversarial", where: ({ varied }) => radiusOf(varied) <= 1 },
      b: { study: radii, method: "standard", where: ({ varied }) => radiusOf(varied) <= 1 },
    },
  },
  {
    ...common,
    id: "N1.beyond",
    title: "beyond, it only throws tasks away: it hurts",
    formula:
      "\\varepsilon > \\operatorname{median}_t\\|\\hat\\mu_t\\|_2 \\Rightarrow \\|\\sin\\Theta^{\\mathrm{adv}}\\|_F > \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    varied: "ε = 1.5, 1.6",
    refutedBy: "a filter of equally strong tasks that does not hurt",
    test: {
      kind: "ordering",
      pairs: [
        {
          smaller: { study: radii, method: "standard", where: ({ varied }) => radiusOf(varied) > 1 },
          larger: { study: radii, method: "adversarial", where: ({ varied }) => radiusOf(varied) > 1 },
        },
      ],
    },
  },
];
