import { allMethods } from "../../src/report/allMethods.js";
import type { ReportPage, ReportSection } from "../../src/report/html/reportPage.js";
import { methodStyles } from "../../src/report/palette.js";
import { failureLines } from "../../src/report/studyHeadline.js";
import { studyReportHtml } from "../../src/report/studyReport.js";
import { VERSION } from "../../src/study/version.js";
import type { Answered, Invocation } from "./simulation.js";

const INTRO = [
  "Each section asks one question of the theory of adversarial and semi-supervised transfer learning in linear representation models " +
    "(Deng, Zhang, Vodrahalli, Kawaguchi and Zou, NeurIPS 2021): C1 to C6 are the paper's claims, N1 to N6 are negative controls, where the " +
    "theory says that the effect must be absent or reversed.",
  "Subspace error is ‖sin Θ‖ between the learnt and the true representation, from 0 (recovered) to √r.",
];

/** The report of answered simulations as one HTML page: the same results give the same bytes. */
export function simulationReport(answered: readonly Answered[], invocation: Invocation): string {
  const results = answered.flatMap((one) => one.results);
  const styles = methodStyles(results.flatMap(allMethods));
  const sections = answered.map(
    ({ simulation, results: own }): ReportSection => ({
      id: simulation.id.toLowerCase(),
      title: `${simulation.id}. ${simulation.title}`,
      question: simulation.question,
      headline: { theory: simulation.theory, seen: simulation.seen(own) },
      figures: simulation.figures(own, styles),
      notes: simulation.notes ?? [],
      failures: own.flatMap(failureLines),
    }),
  );
  const page: ReportPage = {
    title: invocation.title,
    intro: invocation.intro ?? INTRO,
    sections,
    provenance: {
      version: VERSION,
      seed: [...new Set(results.map((result) => result.seed))].join(", "),
      command: invocation.command,
    },
  };
  return studyReportHtml(page);
}
