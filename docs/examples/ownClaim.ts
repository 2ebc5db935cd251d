import type { ClaimStudy } from "../../src/claims/claim.js";
import type { UserClaim } from "../../src/claims/extension.js";

const signal = [
  { share: 0.3, norm: 4 },
  { share: 0.7, norm: 1 },
];
const study: ClaimStudy = {
  name: "raw-or-normalised",
  problem: { dimension: 60, rank: 2, tasks: 80, labeled: 60, signal },
  methods: [{ name: "standard" }, { name: "raw", aggregation: "raw" }],
  vary: { "problem.labeled": [30, 60, 120] },
};
const raw = { study, method: "raw" };
const standard = { study, method: "standard" };

export const claims: readonly UserClaim[] = [
  {
    id: "mine.raw",
    title: "on mixed signals raw means beat normalised ones",
    formula: "\\|\\sin\\Theta^{\\mathrm{raw}}\\|_F < \\|\\sin\\Theta^{\\mathrm{std}}\\|_F",
    varied: "n = 30 to 120",
    test: { kind: "ordering", pairs: [{ smaller: raw, larger: standard }] },
  },
];
