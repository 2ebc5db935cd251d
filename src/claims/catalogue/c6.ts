import { targetForm } from "../boundForms.js";
import type { Claim, ClaimStudy, Group, Series } from "../claim.js";
import { baseline, oracles, plenty, ranks, samples, sourceLabels } from "./c6Studies.js";

const common = {
  group: "C6",
  source: "the paper, claim C6",
  assumptions: [
    "The assumptions of C1 for the representation; the target task's direction is uniform, with norm 1 and m labels.",
  ],
} as const;
const risk = (study: ClaimStudy, method: string): Series => ({ study, method, metric: "excessRisk" });
const atMost = (series: Series, m: number): Series => ({
  ...series,
  where: ({ problem: { target } }) => target.samples <= m,
});

export const c6Group: Group = {
  id: "C6",
  title: "Target risk: an estimation part that falls with m, and a representation part that stays",
  question:
    "A target task with m labels learns a head of r numbers on the representation of the source tasks. Is its excess risk the sum of a part " +
    "that the head causes and a part that the representation causes, between the oracle's and that of learning in ℝᵖ?",
  summary: {
    theory: "the sum of a part that falls with m and one that stays",
    seen: [
      ["risk ÷ sum of the parts", "C6.decomposition"],
      ["slope in m", "C6.samples"],
      ["in r − 1", "C6.rank"],
      ["in n", "C6.source-labels"],
    ],
  },
  controls: ["N5"],
  code: [
    "src/theory/bounds/c6.ts",
    "src/transfer/targetHead.ts",
    "src/transfer/targetRisk.ts",
    "src/theory/expectedCosine.ts",
  ],
};

export const c6Claims: readonly Claim[] = [
  {
    ...common,
    id: "C6.between",
    title: "with few target labels, transfer lies between the oracle and no transfer",
    formula: "\\mathcal E(W_1 = B) < \\mathcal E(\\hat W_1) < \\mathcal E(\\text{no transfer})",
    varied: "m = 10 to 40",
    refutedBy: "an m ≤ 40 at which learning in ℝᵖ is as good as on the learnt representation",
    test: {
      kind: "ordering",
      pairs: [
        { smaller: atMost(risk(samples, "oracle"), 40), larger: atMost(risk(samples, "standard"), 40) },
        { smaller: atMost(risk(samples, "standard"), 40), larger: atMost(risk(samples, "no-transfer"), 40) },
      ],
    },
  },
  {
    ...common,
    id: "C6.decomposition",
    title: "the excess risk is the sum of a representation and an estimation part",
    formula: "\\mathcal E_m(\\hat W_1) = \\mathcal E_\\infty(\\hat W_1) + \\mathcal E_m(B)\\,(1\\pm 0.15)",
    varied: "m = 10 to 160; the representation part is measured at m = 20000",
    refutedBy: "a mean excess risk more than 15 % away from the sum of the two parts at some m",
    test: {
      kind: "value",
      of: [risk(samples, "standard")],
      equals: [
        { ...risk(plenty, "standard"), where: ({ problem: { target } }) => target.samples === 20_000 },
        risk(samples, "oracle"),
      ],
      margin: 0.15,
    },
  },
  {
    ...common,
    id: "C6.samples",
    title: "the estimation part falls like 1/m: faster than the bound's 1/√m",
    formula: "\\mathcal E_m(B) \\propto m^{-1}",
    source: "docs/theory.md 5.4; the paper's C6 bounds it by √((r + log n)/m)",
    varied: "m = 40 to 320",
    refutedBy: "a slope in m further than 0.15 from −1",
    test: {
      kind: "rate",
      of: risk(oracles, "oracle"),
      x: ({ problem: { target } }) => target.samples,
      power: 1,
      exponent: -1,
      margin: 0.15,
      curvature: 0.5,
    },
  },
  {
    ...common,
    id: "C6.rank",
    title: "the estimation part grows like r − 1: one number of r is the length",
    formula: "\\mathcal E_m(B) \\propto r-1",
    source: "docs/theory.md 5.4",
    varied: "r = 3, 5, 9, 17 at m = 400",
    refutedBy: "a slope in r − 1 further than 0.15 from 1",
    test: {
      kind: "rate",
      of: risk(ranks, "oracle"),
      x: ({ problem: { rank } }) => rank - 1,
      xLabel: "r − 1",
      power: 1,
      exponent: 1,
      margin: 0.15,
      curvature: 0.5,
    },
  },
  {
    ...common,
    id: "C6.source-labels",
    title: "the representation part falls like 1/n: it is of the order of the squared subspace error",
    formula: "\\mathcal E_\\infty(\\hat W_1) \\propto n^{-1}",
    source: "docs/theory.md 5.4; the paper's C6 bounds it by C1's bound, of order 1/√n",
    varied: "n = 50 to 800 at m = 20000",
    refutedBy: "a slope in n further than 0.15 from −1",
    test: {
      kind: "rate",
      of: risk(sourceLabels, "standard"),
      x: ({ problem: { labeled } }) => labeled,
      power: 1,
      exponent: -1,
      margin: 0.15,
      curvature: 0.5,
    },
  },
  {
    ...common,
    id: "C6.floor",
    title: "with plenty of target labels the risk levels off at the representation part",
    formula: "\\mathcal E_{80000}(\\hat W_1) = \\mathcal E_{20000}(\\hat W_1)\\,(1\\pm 0.15) > 0",
    varied: "m = 20000, 80000",
    refutedBy: "an excess risk that still falls by more than 15 % when m grows four times",
    test: { kind: "flatness", of: [risk(plenty, "standard")], margin: 0.15, floor: () => 0.003 },
  },
  {
    ...common,
    id: "C6.value",
    title: "the excess risk equals its exact asymptotics",
    formula: "\\mathcal E = \\|a\\|\\left(1 - c\\,K(r, c\\|a\\|\\sqrt m/\\sigma)\\right)",
    source: "docs/theory.md 5.4",
    varied: "m = 10 to 160",
    refutedBy: "a mean excess risk further than 15 % from its prediction at some m",
    test: { kind: "value", of: [risk(samples, "standard")], equals: "prediction", margin: 0.15 },
  },
  {
    ...common,
    id: "C6.no-transfer",
    title: "without transfer the excess risk is the exact one of a direction in ℝᵖ",
    formula: "\\mathcal E(\\text{no transfer}) = \\|a\\|\\left(1-K(p, \\|a\\|\\sqrt m/\\sigma)\\right)",
    source: "docs/theory.md 5.4, exact at any size",
    varied: "p = 1000, m = 2000",
    refutedBy:
      "a mean excess risk further than 3 % from the formula: the noise level of the draws would be wrong",
    test: {
      kind: "value",
      of: [risk(baseline, "no-transfer")],
      equals: "prediction",
      margin: 0.03,
    },
  },
  {
    ...common,
    id: "C6.bound",
    title: "one constant makes the bound cover target samples that it was not fitted on",
    formula: "\\mathcal E \\lesssim \\text{bound}_{C1} + \\sqrt{\\tfrac{r+\\log n}{m}}",
    varied: "m = 10 to 160; the constant is fitted on m = 10 and 20, with 20 % to spare",
    refutedBy: "an excess risk above the bound at m = 40 or 160",
    test: {
      kind: "bound",
      of: risk(samples, "standard"),
      power: 1,
      form: targetForm("standard"),
      fitOn: ({ problem: { target } }) => target.samples <= 20,
      slack: 0.2,
    },
  },
  {
    ...common,
    id: "C6.loose-samples",
    title: "looseness: the estimation term's 1/√m is pessimistic",
    formula: "\\frac{\\mathcal E_m(B)}{\\sqrt{(r+\\log n)/m}} \\propto m^{-\\delta},\\quad \\delta \\ge 0.3",
    source: "the paper, claim C6; its tightness is measured here",
    varied: "m = 40 to 320",
    refutedBy: "a ratio that does not fall with m",
    test: {
      kind: "rate",
      of: risk(oracles, "oracle"),
      x: ({ problem: { target } }) => target.samples,
      power: 1,
      over: ({ problem: { rank, labeled, target } }) =>
        Math.sqrt((rank + Math.log(labeled)) / target.samples),
      exponent: -0.4,
      margin: 0.1,
      side: "atMost",
      curvature: null,
    },
  },
  {
    ...common,
    id: "C6.loose-rank",
    title:
      "looseness: the estimation part is of the order of the bound's term squared, so the ratio rises with r",
    formula: "\\frac{\\mathcal E_m(B)}{\\sqrt{(r+\\log n)/m}} \\propto r^{\\delta},\\quad \\delta \\ge 0.5",
    source: "the paper, claim C6; its tightness is measured here",
    varied: "r = 3, 5, 9, 17 at m = 400",
    refutedBy: "a ratio that rises with r by an exponent below 0.5",
    test: {
      kind: "rate",
      of: risk(ranks, "oracle"),
      x: ({ problem: { rank } }) => rank,
      power: 1,
      over: ({ problem: { rank, labeled, target } }) =>
        Math.sqrt((rank + Math.log(labeled)) / target.samples),
      exponent: 0.6,
      margin: 0.1,
      side: "atLeast",
      curvature: null,
    },
  },
];
