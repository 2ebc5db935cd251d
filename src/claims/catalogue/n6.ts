import type { Claim, ClaimStudy, Group } from "../claim.js";
import { l2Filter, mixed, STANDARD } from "./methods.js";

const labels: ClaimStudy = {
  name: "n6-labels",
  problem: { dimension: 100, rank: 2, tasks: 80, signal: mixed(2) },
  methods: [STANDARD, l2Filter(1.5)],
  vary: { "problem.labeled": [10, 2560] },
};
const common = {
  group: "N6",
  source: "docs/theory.md section 4, control N6",
  assumptions: ["Half the tasks have norm 2, half norm 1; the radius is the length of means of norm 1.5."],
} as const;

export const n6Group: Group = {
  id: "N6",
  title: "Control: with few labels the ℓ₂ filter throws signal away",
  question:
    "As long as τ² p is above the signal, weak tasks are noisy but not useless. Does the filter of C2 hurt there, and help when labels are many?",
  summary: {
    theory: "worse with few labels, better with many",
    seen: [
      ["standard ÷ adversarial at n = 10", "N6.hurts"],
      ["adversarial ÷ standard at n = 2560", "N6.helps"],
    ],
  },
  controls: [],
  code: ["src/theory/columnClasses.ts"],
};

export const n6Claims: readonly Claim[] = [
  {
    ...common,
    id: "N6.hurts",
    title: "with n = 10 labels the ℓ₂ filter is worse than standard training",
    formula:
      "\\tau^2p \\gg \\alpha^2 \\Rightarrow \\|\\sin\\Theta^{\\mathrm{adv}}\\|_F > \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    varied: "n = 10, p = 100 (τ² p = 10)",
    refutedBy: "a filter that does no harm with few labels",
    test: {
      kind: "ordering",
      pairs: [
        {
          smaller: { study: labels, method: "standard", where: ({ problem: { labeled } }) => labeled === 10 },
          larger: {
            study: labels,
            method: "adversarial",
            where: ({ problem: { labeled } }) => labeled === 10,
          },
        },
      ],
    },
  },
  {
    ...common,
    id: "N6.helps",
    title: "with n = 2560 labels it is better, on the same tasks",
    formula:
      "\\tau^2p \\ll 1 \\Rightarrow \\|\\sin\\Theta^{\\mathrm{adv}}\\|_F < \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    varied: "n = 2560, p = 100 (τ² p = 0.04)",
    refutedBy: "a filter that does not help with many labels",
    test: {
      kind: "ordering",
      pairs: [
        {
          smaller: {
            study: labels,
            method: "adversarial",
            where: ({ problem: { labeled } }) => labeled === 2560,
          },
          larger: {
            study: labels,
            method: "standard",
            where: ({ problem: { labeled } }) => labeled === 2560,
          },
        },
      ],
    },
  },
];
