import { existsSync } from "node:fs";
import type { Claim, ClaimStudy, Group, Series } from "../../claims/claim.js";
import { EXTENSION } from "../../study/loadReplication.js";
import { findImageSets } from "../data/imageFolder.js";
import { builtInStudy } from "../study/builtIn.js";

/** URL of the module that computes the replications of a built-in deep study for `verify`. */
export function deepClaimModule(study: string, folder: string | null): string {
  const url = new URL(`./deepClaimReplication.${EXTENSION}`, import.meta.url);
  url.searchParams.set("study", study);
  if (folder !== null) url.searchParams.set("data", folder);
  return url.href;
}

/** The claims on networks, and their groups. `folder` has the image sets; without it the claims that need them are skipped with that reason. */
export function deepClaims(folder: string | null): { claims: readonly Claim[]; groups: readonly Group[] } {
  const teacher = claimStudy("teacher", folder, ["standard", "adversarial", "semi-supervised", "both"]);
  const noisy = claimStudy("noisy-digits", folder, [
    "standard",
    "adversarial",
    "few",
    "semi-supervised",
    "both",
  ]);
  const clean = claimStudy("clean-to-noisy-digits", folder, ["standard", "adversarial"]);
  const fashion = claimStudy("digits-to-fashion", folder, ["standard", "adversarial"]);
  const claims = [
    ...teacherClaims(teacher),
    ...digitClaims(noisy),
    claim(clean, {
      id: "D3.adversarial",
      title: "from clean to noisy digits, adversarial features are worth more for the probe",
      formula: "\\mathrm{err}^{\\mathrm{adv}} < \\mathrm{err}^{\\mathrm{std}}",
      refutedBy: "an error of adversarial features that is not smaller",
      pairs: [["adversarial", "standard"]],
    }),
    {
      ...claim(fashion, {
        id: "D4.null",
        title:
          "from digits to clothes nothing is gained: the errors of adversarial and standard features agree within 10 %",
        formula: "\\mathrm{err}^{\\mathrm{adv}} = \\mathrm{err}^{\\mathrm{std}}\\,(1 \\pm 0.1)",
        refutedBy: "errors that differ by more than 10 %",
        pairs: [],
      }),
      test: {
        kind: "value",
        of: [error(fashion, "adversarial")],
        equals: [error(fashion, "standard")],
        margin: 0.1,
      },
    } satisfies Claim,
  ];
  return { claims, groups: GROUPS };
}

function teacherClaims(study: ClaimStudy): Claim[] {
  return [
    claim(study, {
      id: "D1.adversarial",
      title: "a network that is trained adversarially recovers the shared subspace better",
      formula: "\\|\\sin\\Theta^{\\mathrm{adv}}\\|_F < \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
      refutedBy: "a subspace error of the adversarial network that is not smaller",
      pairs: [["adversarial", "standard"]],
      metric: "sinTheta2",
    }),
    claim(study, {
      id: "D1.semi-supervised",
      title: "pseudo-labels let a network recover the shared subspace better",
      formula: "\\|\\sin\\Theta^{\\mathrm{semi}}\\|_F < \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
      refutedBy: "a subspace error with pseudo-labels that is not smaller",
      pairs: [["semi-supervised", "standard"]],
      metric: "sinTheta2",
    }),
    claim(study, {
      id: "D1.both",
      title: "both together recover it better than each alone",
      formula:
        "\\|\\sin\\Theta^{\\mathrm{both}}\\|_F < \\min(\\|\\sin\\Theta^{\\mathrm{adv}}\\|_F, \\|\\sin\\Theta^{\\mathrm{semi}}\\|_F)",
      refutedBy: "one of the two that is as good alone",
      pairs: [
        ["both", "adversarial"],
        ["both", "semi-supervised"],
      ],
      metric: "sinTheta2",
    }),
    claim(study, {
      id: "D1.target",
      title: "a probe on the target gains from each, and from an attack on top of pseudo-labels",
      formula:
        "\\mathrm{err}^{\\mathrm{adv}}, \\mathrm{err}^{\\mathrm{semi}} < \\mathrm{err}^{\\mathrm{std}},\\quad \\mathrm{err}^{\\mathrm{both}} < \\mathrm{err}^{\\mathrm{semi}}",
      refutedBy: "a pair of arms in the other order",
      pairs: [
        ["adversarial", "standard"],
        ["semi-supervised", "standard"],
        ["both", "semi-supervised"],
      ],
    }),
  ];
}

function digitClaims(study: ClaimStudy): Claim[] {
  return [
    claim(study, {
      id: "D2.adversarial",
      title: "noisy digits: adversarial features are worth more for the probe",
      formula: "\\mathrm{err}^{\\mathrm{adv}} < \\mathrm{err}^{\\mathrm{std}}",
      refutedBy: "an error of adversarial features that is not smaller",
      pairs: [["adversarial", "standard"]],
    }),
    claim(study, {
      id: "D2.semi-supervised",
      title: "noisy digits: pseudo-labels are worth more than few labels alone",
      formula: "\\mathrm{err}^{\\mathrm{semi}} < \\mathrm{err}^{\\mathrm{few}}",
      refutedBy: "an error with pseudo-labels that is not smaller",
      pairs: [["semi-supervised", "few"]],
    }),
    claim(study, {
      id: "D2.both",
      title: "noisy digits: with an attack on top pseudo-labels are worth still more",
      formula: "\\mathrm{err}^{\\mathrm{both}} < \\mathrm{err}^{\\mathrm{semi}}",
      refutedBy: "an error of both that is not smaller",
      pairs: [["both", "semi-supervised"]],
    }),
  ];
}

interface Ordering {
  readonly id: string;
  readonly title: string;
  readonly formula: string;
  readonly refutedBy: string;
  /** Smaller, larger. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly metric?: "errorRate" | "sinTheta2";
}

function claim(study: ClaimStudy, { pairs, metric = "errorRate", ...text }: Ordering): Claim {
  const series = (method: string): Series => ({ study, method, metric });
  return {
    ...text,
    group: text.id.split(".")[0]!,
    source: "docs/deep.md; the theory is for linear models",
    assumptions: [`The study ${study.name} of docs/deep.md, the main label budget.`],
    varied: "nothing: one setting, new data and networks in each replication",
    presets: ["full"],
    test: { kind: "ordering", pairs: pairs.map(([a, b]) => ({ smaller: series(a), larger: series(b) })) },
  };
}

const error = (study: ClaimStudy, method: string): Series => ({ study, method, metric: "errorRate" });

/** The study as `verify` knows studies; of the problem only its own module makes sense, which reads the built-in study instead. */
function claimStudy(name: string, folder: string | null, arms: readonly string[]): ClaimStudy {
  return {
    name: `deep-${name}`,
    problem: { dimension: 2, rank: 1, tasks: 1, labeled: 1 },
    methods: arms.map((arm) => ({ name: arm })),
    effort: 0.125,
    replicationModule: deepClaimModule(name, folder),
    missing: () => missingFor(name, folder),
  };
}

function missingFor(name: string, folder: string | null): string | null {
  if (folder === null && name !== "teacher") {
    return "no image sets were given: verify --data DIR, and advtransfer deep data fetch mnist to get them";
  }
  if (folder === null) return null;
  if (!existsSync(folder)) return `there is no folder ${folder}`;
  const { data } = builtInStudy(name, "full", folder) as unknown as {
    data: { source?: { set?: string }; target?: { set?: string } };
  };
  const found = findImageSets(folder).filter(({ missing }) => missing === null);
  const absent = [data.source?.set, data.target?.set].filter(
    (set) => set !== undefined && !found.some((one) => one.name === set),
  );
  return absent.length === 0
    ? null
    : `${folder} has no whole image set ${[...new Set(absent)].join(" and no ")}`;
}

const QUESTION = "The theory is for linear models. Does its order of the ways of training hold for";

const GROUPS: readonly Group[] = [
  {
    id: "D1",
    title: "A network on the teacher: the four ways of training in the theory's order",
    question: `${QUESTION} a network that learns nonlinear tasks on a shared subspace?`,
    controls: [],
    code: ["src/deep/data/teacher.ts", "src/deep/training/trainArm.ts", "src/deep/target/evaluateArm.ts"],
  },
  {
    id: "D2",
    title: "Noisy digits 0-4 to noisy digits 5-9",
    question: `${QUESTION} a network on images?`,
    controls: [],
    code: ["src/deep/study/builtIn.ts"],
  },
  {
    id: "D3",
    title: "Clean digits 0-4 to noisy digits 5-9",
    question: "Is adversarial training worth more where the target has noise that the source has not?",
    controls: [],
    code: ["src/deep/study/builtIn.ts"],
  },
  {
    id: "D4",
    title: "Digits to clothes: the negative example",
    question: "Is nothing gained where source and target share little?",
    controls: [],
    code: ["src/deep/study/builtIn.ts"],
  },
];
