import type { StudyResult } from "../study/results.js";
import { allMethods } from "./allMethods.js";
import { figuresForStudy } from "./figuresForStudy.js";
import { figureId } from "./frame.js";
import { pageHtml } from "./html/pageHtml.js";
import type { Provenance, ReportPage, ReportSection } from "./html/reportPage.js";
import { methodStyles } from "./palette.js";
import { plotlySource } from "./plotlySource.js";
import { failureLines, studyHeadline } from "./studyHeadline.js";

/** A report as one self-contained HTML document (see `pageHtml`), plotly.js included. Node only: it reads plotly from disk. */
export function studyReportHtml(page: ReportPage): string {
  return pageHtml(page, plotlySource());
}

/**
 * The report of plain simulation results: default figures, headline numbers and failures of each study. The same method has the same
 * colour in all of them.
 */
export function studyReport(
  results: readonly StudyResult[],
  options: { readonly title?: string; readonly provenance?: Partial<Provenance> } = {},
): string {
  return studyReportHtml(studyReportPage(results, options));
}

/** The page of `studyReport` as data, before it becomes HTML. */
export function studyReportPage(
  results: readonly StudyResult[],
  options: { readonly title?: string; readonly provenance?: Partial<Provenance> } = {},
): ReportPage {
  const styles = methodStyles(results.flatMap(allMethods));
  const ids = new Set<string>();
  const sections = results.map((result): ReportSection => {
    const id = freshId(figureId(result.study), ids);
    const figures = figuresForStudy(result, { styles });
    return {
      id,
      title: result.study,
      question: result.question,
      headline: { seen: studyHeadline(result) },
      // Two studies of one name must not share figure ids.
      figures: figures.map((figure) => ({ ...figure, id: freshId(figure.id, ids) })),
      failures: failureLines(result),
    };
  });
  const seeds = [...new Set(results.map((result) => result.seed))];
  const versions = [...new Set(results.map((result) => result.version))];
  return {
    title: options.title ?? (results.length === 1 ? results[0]!.study : "Simulation report"),
    sections,
    provenance: {
      version: versions.join(", "),
      seed: seeds.join(", "),
      command: "npx advtransfer simulate",
      ...options.provenance,
    },
  };
}

function freshId(id: string, taken: Set<string>): string {
  let fresh = id;
  for (let k = 2; taken.has(fresh); k++) fresh = `${id}-${k}`;
  taken.add(fresh);
  return fresh;
}
