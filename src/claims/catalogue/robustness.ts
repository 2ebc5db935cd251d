import { resolveProblem } from "../../study/resolveProblem.js";
import { predict } from "../../theory/predict.js";
import type { Claim, ClaimStudy, Group } from "../claim.js";
import { STANDARD } from "./methods.js";

const problem = { dimension: 60, rank: 2, tasks: 60, labeled: 20, signal: 1 };
const study = (name: string, noise: object): ClaimStudy => ({
  name,
  problem: { ...problem, noise: { sd: 1, ...noise } },
  methods: [STANDARD],
  effort: 3,
});
const rademacher = study("r1-rademacher", { family: "rademacher" });
const uniform = study("r1-uniform", { family: "uniform" });
const heavy = study("r2-heavy-tails", { family: "student-t", degreesOfFreedom: 2.2 });
const anisotropic = study("r2-anisotropic", { family: "anisotropic", condition: 300 });

/** What Gaussian noise of the same level gives on this problem. */
const gaussian = (): number =>
  predict(resolveProblem(problem), {
    name: "standard",
    attack: null,
    pseudoLabels: null,
    aggregation: "normalized",
  }).metrics.sinTheta2!;

const MARGIN = 0.1;
const sameAsGaussian = (id: string, of: ClaimStudy, what: string): Omit<Claim, "group"> => ({
  id,
  title: `${what}: the subspace error is that of Gaussian noise of the same level`,
  formula: "\\mathbb E\\|\\sin\\Theta\\|_F^2 = r(1-\\cos^2)\\,(1 \\pm 0.1)",
  source: "the paper asks for sub-Gaussian noise; the value is docs/theory.md 5.1",
  assumptions: ["n = 20, p = T = 60; raw samples are drawn, no sufficient statistics."],
  varied: what,
  refutedBy: "a mean of ‖sin Θ‖² further than 10 % from the Gaussian prediction",
  test: { kind: "value", of: [{ study: of, method: "standard" }], equals: gaussian, margin: MARGIN },
});

export const robustnessGroups: readonly Group[] = [
  {
    id: "R1",
    title: "Robustness: sub-Gaussian noise that is not Gaussian",
    question:
      "The paper's claims are for sub-Gaussian noise. Is standard training's error on Rademacher and uniform noise that of Gaussian noise of the same level?",
    summary: {
      theory: "the value of Gaussian noise",
      seen: [
        ["Rademacher ÷ Gaussian", "R1.rademacher"],
        ["uniform ÷ Gaussian", "R1.uniform"],
      ],
    },
    controls: [],
    code: ["src/model/noiseLaw.ts"],
  },
  {
    id: "R2",
    title: "Beyond the assumptions: heavy tails and anisotropic noise",
    question:
      "Here the paper promises nothing: tails without a fourth moment, and noise that is stronger in some directions. Whether standard training keeps the Gaussian " +
      "prediction is reported, and neither answer fails the run.",
    summary: {
      theory: "nothing is promised",
      seen: [
        ["heavy tails ÷ Gaussian", "R2.heavy-tails"],
        ["anisotropic ÷ Gaussian", "R2.anisotropic"],
      ],
    },
    controls: [],
    code: ["src/model/noiseLaw.ts"],
  },
];

export const robustnessClaims: readonly Claim[] = [
  { ...sameAsGaussian("R1.rademacher", rademacher, "Rademacher noise"), group: "R1" },
  { ...sameAsGaussian("R1.uniform", uniform, "uniform noise"), group: "R1" },
  {
    ...sameAsGaussian("R2.heavy-tails", heavy, "Student-t noise, 2.2 degrees of freedom"),
    group: "R2",
    informative: true,
  },
  {
    ...sameAsGaussian("R2.anisotropic", anisotropic, "anisotropic noise, condition 300"),
    group: "R2",
    informative: true,
  },
];
