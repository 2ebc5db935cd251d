import { badInput } from "../../core/guards.js";
import { findImageSets } from "../data/imageFolder.js";
import { ARM_CONTRASTS, ARMS, CONTROL_CONTRASTS, CONTROLS } from "./builtInArms.js";

/** A deep study in file form, as `resolveDeepStudy` takes it. */
export type BuiltIn = Readonly<Record<string, unknown>> & { readonly name: string };

export type DeepPreset = "smoke" | "quick" | "full";

/** How many replications a preset has: those of the teacher cost little, and differ more from one another. */
const REPLICATIONS: Readonly<Record<"teacher" | "images", Readonly<Record<DeepPreset, number>>>> = {
  teacher: { smoke: 2, quick: 8, full: 20 },
  images: { smoke: 2, quick: 5, full: 10 },
};

/** The digits 0-4 and 5-9: source and target of the studies on digits. */
const [LOW, HIGH] = [
  [0, 1, 2, 3, 4],
  [5, 6, 7, 8, 9],
];
/** One hidden layer of 128, Adam, 300 steps: in pilots a deeper network had worse frozen features. */
const IMAGE_TRAINING = {
  network: { kind: "mlp", hidden: [128] },
  optimizer: "adam",
  learningRate: 1e-3,
  batch: 128,
  steps: 300,
  fewSteps: 200,
};
const LINF = { norm: "inf", radius: 0.1, steps: 1 };
const L2 = { norm: 2, radius: 1, steps: 3 };

const images = (question: string, data: object) => ({
  question,
  data: { from: "folder", labeled: 10, test: 500, targetTest: 2000, ...data },
  training: IMAGE_TRAINING,
  target: { labels: [10, 50], fineTune: true },
  methods: [...ARMS(L2), ...CONTROLS],
  contrasts: [...ARM_CONTRASTS, ...CONTROL_CONTRASTS],
});

/**
 * The studies by name. A set "mnist*" is the set "mnist" of the data folder or, without one, the only set whose name begins so.
 */
const STUDIES: Readonly<Record<string, object>> = {
  teacher: {
    question:
      "Does the theory's order of the four ways of training hold for a network that learns nonlinear tasks on a shared sparse subspace?",
    data: {
      from: "teacher",
      dimension: 100,
      rank: 2,
      support: 6,
      tasks: 30,
      clusters: 4,
      labeling: "parity",
      signal: 4,
      labeled: 30,
      unlabeled: 200,
      validation: 0,
      target: { norm: 4, test: 4000 },
    },
    // Weight decay and large steps: with Adam, or without decay, the first layer keeps what its random start was.
    training: {
      network: { kind: "mlp", hidden: [64] },
      optimizer: "sgd",
      learningRate: 0.1,
      weightDecay: 0.05,
      batch: 30,
      steps: 200,
      fewSteps: 200,
    },
    target: { labels: [20, 50] },
    methods: [
      { name: "standard" },
      { name: "adversarial", attack: LINF },
      { name: "semi-supervised", pseudoLabels: true },
      { name: "both", pseudoLabels: true, attack: LINF },
      { name: "all labels", labels: "all" },
      { name: "standard with equal work", stepsFactor: 2 },
    ],
    contrasts: [
      ["adversarial", "standard"],
      ["semi-supervised", "standard"],
      ["both", "adversarial"],
      ["both", "semi-supervised"],
      ["adversarial", "standard with equal work"],
    ],
  },
  strokes: {
    question:
      "Do features learnt on some glyphs help with other glyphs, rendered with noise, when they were learnt adversarially or with pseudo-labels?",
    data: { from: "strokes", perClass: 500, source: { noise: 0.2 }, target: { noise: 0.2 }, labeled: 20 },
    training: IMAGE_TRAINING,
    target: { labels: [10, 50] },
    methods: ARMS(L2),
    contrasts: ARM_CONTRASTS,
  },
  "noisy-digits": images(
    "Noisy digits 0-4 to noisy digits 5-9: what are adversarial training, pseudo-labels and both worth for a linear probe?",
    {
      source: { set: "mnist*", classes: LOW, noise: 0.5 },
      target: { set: "mnist*", classes: HIGH, noise: 0.5 },
    },
  ),
  "clean-to-noisy-digits": images(
    "Clean digits 0-4 to noisy digits 5-9: is adversarial training worth more where the target has noise that the source has not?",
    {
      source: { set: "mnist*", classes: LOW, noise: 0 },
      target: { set: "mnist*", classes: HIGH, noise: 0.5 },
    },
  ),
  "digits-to-fashion": images("Digits to clothes: is anything gained where source and target share little?", {
    source: { set: "mnist*", classes: [...LOW, ...HIGH], noise: 0 },
    target: { set: "fashion*", classes: [...LOW, ...HIGH], noise: 0 },
    targetTest: 400,
  }),
};

/** Names of the built-in studies. */
export const BUILT_IN: readonly string[] = Object.keys(STUDIES);
/** Those that `advtransfer deep` runs without a name: they need no data. */
export const DEFAULT_STUDIES: readonly string[] = ["teacher", "strokes"];

/** A built-in study, or null for a name that is none. Throws `bad-input` when the data folder has no set that it asks for. */
export function builtInStudy(name: string, preset: DeepPreset, folder: string | null): BuiltIn | null {
  if (!Object.hasOwn(STUDIES, name)) return null;
  const replications = REPLICATIONS[name === "teacher" ? "teacher" : "images"][preset];
  const study = { kind: "deep", name, replications, ...STUDIES[name] };
  return withSets(study, folder);
}

function withSets(study: BuiltIn, folder: string | null): BuiltIn {
  const { data } = study as unknown as {
    data: { from: string; source: { set: string }; target: { set: string } };
  };
  if (data.from !== "folder") return study;
  if (folder === null) {
    throw badInput(
      "--data",
      `a folder with image sets for the study ${study.name}`,
      undefined,
      "Get one with: advtransfer deep data fetch mnist",
    );
  }
  const names = findImageSets(folder).map((found) => found.name);
  const side = <Side extends { set: string }>(one: Side): Side => ({
    ...one,
    set: chosenSet(one.set, names),
  });
  return { ...study, data: { ...data, source: side(data.source), target: side(data.target) } };
}

/** "mnist*" becomes "mnist", or the only name that begins so; when there is none, or are several, it is left for the loader to refuse. */
function chosenSet(pattern: string, names: readonly string[]): string {
  const start = pattern.slice(0, -1);
  const found = names.includes(start) ? [start] : names.filter((name) => name.startsWith(start));
  return found.length === 1 ? found[0]! : start;
}
