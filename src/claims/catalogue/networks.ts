import { EXTENSION } from "../../study/loadReplication.js";
import type { Claim, ClaimStudy, Group, Series } from "../claim.js";
import { mixed, STANDARD } from "./methods.js";

/** The module that trains the networks which methods of these studies name. */
export const NETWORK_REPLICATION: string = new URL(`../networkReplication.${EXTENSION}`, import.meta.url)
  .href;

const problem = { dimension: 30, rank: 2, tasks: 20, labeled: 20, signal: mixed(2) };
const own = { problem, replicationModule: NETWORK_REPLICATION };
const named = (...names: readonly string[]): readonly object[] => names.map((name) => ({ name }));

const JOINT = { name: "joint", aggregation: "joint" };

/** A dozen replications at first: a network costs a thousand times a closed form, and what is claimed is large. */
const networks: ClaimStudy = {
  ...own,
  name: "g5-networks",
  methods: [
    { name: "raw", aggregation: "raw" },
    ...named("while small", "early stopping", "after 1000 steps", "weight decay"),
  ],
  vary: { "problem.labeled": [20, 80] },
  effort: 0.25,
};
const linear: ClaimStudy = {
  ...own,
  name: "g5-linear",
  methods: [STANDARD, JOINT, ...named("linear network")],
  vary: { "problem.labeled": [20, 80] },
};
const distances: ClaimStudy = {
  ...own,
  name: "g5-distances",
  methods: named("linear network to raw", "linear network to joint"),
  vary: { "problem.labeled": [20, 80] },
};
const decay: ClaimStudy = {
  ...own,
  name: "g5-decay",
  methods: named("weight decay"),
  vary: { "problem.labeled": [20, 40, 80, 160] },
};

const of = (method: string, study: ClaimStudy = networks): Series => ({ study, method });

export const networkGroup: Group = {
  id: "G5",
  title: "The network of practitioners: what unconstrained gradient descent learns",
  question:
    "Nobody constrains layers to be orthonormal or heads to the unit ball: two linear layers, a small random start, gradient descent. Which of the constrained representations does it find, and how does " +
    "that depend on the loss and on when one stops?",
  summary: {
    theory: "raw PCA while the network is small, which the linear loss never leaves",
    seen: [
      ["logistic while small ÷ raw", "G5.small"],
      ["raw ÷ early stopping", "G5.early"],
    ],
  },
  controls: [],
  code: [
    "src/training/joint/trainNetwork.ts",
    "src/training/joint/networkState.ts",
    "src/claims/networkReplication.ts",
  ],
};

const common = {
  group: "G5",
  presets: ["full"],
  source: "docs/theory.md section 2, joint training as it is run",
  varied: "n = 20, 80",
} as const;
const setting = "Half the tasks have norm 2, half norm 1; p = 30, T = 20, r = 2; two neurons.";
const logistic = [setting, "Logistic loss, no attack."];

export const networkClaims: readonly Claim[] = [
  {
    ...common,
    id: "G5.linear",
    title:
      "with the linear loss it is the PCA of the raw means: its squared distance to it is less than a tenth of that to the joint optimum",
    formula:
      "\\|\\sin\\Theta(\\hat W_1, \\hat W^{\\mathrm{raw}})\\|_F^2 < \\tfrac1{10}\\|\\sin\\Theta(\\hat W_1, \\hat W^{\\mathrm{joint}})\\|_F^2",
    assumptions: [setting, "Linear loss; a start of norm 10⁻⁶, trained until it is a million large."],
    refutedBy: "a network that is not ten times nearer to the raw PCA",
    test: {
      kind: "ordering",
      pairs: [
        { smaller: of("linear network to raw", distances), larger: of("linear network to joint", distances) },
      ],
      factor: 0.1,
    },
  },
  {
    ...common,
    id: "G5.better",
    title: "on mixed signals it beats the constrained representations, joint and task by task",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{linear}}\\|_F < \\min(\\|\\sin\\Theta^{\\mathrm{joint}}\\|_F, \\|\\sin\\Theta^{\\mathrm{std}}\\|_F)",
    assumptions: [setting, "Linear loss."],
    refutedBy: "an n at which joint or standard training is as good",
    test: {
      kind: "ordering",
      pairs: [
        { smaller: of("linear network", linear), larger: of("joint", linear) },
        { smaller: of("linear network", linear), larger: of("standard", linear) },
      ],
    },
  },
  {
    ...common,
    id: "G5.small",
    title: "stopped while it is small, the logistic network has the error of the raw PCA within 2 %",
    formula:
      "\\mathbb E\\|\\sin\\Theta^{\\mathrm{small}}\\|_F^2 = \\mathbb E\\|\\sin\\Theta^{\\mathrm{raw}}\\|_F^2\\,(1 \\pm 0.02)",
    assumptions: [...logistic, "45 steps from a start of norm 10⁻²⁰: its scores are still all but 0."],
    refutedBy: "a mean further than 2 % from that of the raw PCA",
    test: { kind: "value", of: [of("while small")], equals: [of("raw")], margin: 0.02 },
  },
  {
    ...common,
    id: "G5.early",
    title: "a validation loss stops it too late: the raw PCA has less than 0.7 of its squared error",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{raw}}\\|_F^2 < 0.7\\,\\|\\sin\\Theta^{\\mathrm{early\\,stopping}}\\|_F^2",
    assumptions: [...logistic, "A fifth of the samples is kept for validation; 50 steps of patience."],
    refutedBy: "an n at which early stopping comes closer",
    test: {
      kind: "ordering",
      pairs: [{ smaller: of("raw"), larger: of("early stopping") }],
      factor: 0.7,
    },
  },
  {
    ...common,
    id: "G5.late",
    title:
      "trained on, its first layer follows the noise: after 1000 steps the squared error is larger by a quarter and more",
    formula: "\\|\\sin\\Theta^{\\mathrm{early\\,stopping}}\\|_F^2 < 0.8\\,\\|\\sin\\Theta^{1000}\\|_F^2",
    assumptions: logistic,
    refutedBy: "an n at which early stopping gains less",
    test: {
      kind: "ordering",
      pairs: [{ smaller: of("early stopping"), larger: of("after 1000 steps") }],
      factor: 0.8,
    },
  },
  {
    ...common,
    id: "G5.decay",
    title: "weight decay keeps it between the raw PCA and early stopping",
    formula:
      "\\|\\sin\\Theta^{\\mathrm{raw}}\\|_F < \\|\\sin\\Theta^{\\mathrm{decay}}\\|_F < \\|\\sin\\Theta^{\\mathrm{early\\,stopping}}\\|_F",
    assumptions: [...logistic, "λ = 1, a nuclear norm on the classifiers."],
    refutedBy: "weight decay as good as the raw PCA, or as bad as early stopping",
    test: {
      kind: "ordering",
      pairs: [
        { smaller: of("raw"), larger: of("weight decay") },
        { smaller: of("weight decay"), larger: of("early stopping") },
      ],
    },
  },
  {
    ...common,
    id: "G5.labels",
    title: "with weight decay the error falls like 1/√n",
    formula: "\\|\\sin\\Theta^{\\mathrm{decay}}\\|_F \\propto n^{-1/2}",
    assumptions: [...logistic, "λ = 1."],
    varied: "n = 20 to 160",
    refutedBy:
      "a slope in n that is further than 0.1 from −1/2, or that changes by more than 0.3 over the range",
    test: {
      kind: "rate",
      of: of("weight decay", decay),
      x: (cell) => cell.problem.labeled,
      exponent: -0.5,
      margin: 0.1,
    },
  },
];
