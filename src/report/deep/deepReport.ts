import type { Gallery } from "../../deep/gallery/gallery.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import type { FigureSpec } from "../figureSpec.js";
import { figureId } from "../frame.js";
import { pageHtml } from "../html/pageHtml.js";
import type { Provenance, ReportPage, ReportSection } from "../html/reportPage.js";
import type { MethodStyle } from "../palette.js";
import { plotlySource } from "../plotlySource.js";
import { armFigure } from "./armFigure.js";
import { armTable, metricTables } from "./armTables.js";
import { armNames, budgetMetrics } from "./armValues.js";
import { deepFailures } from "./deepFailures.js";
import { deepHeadline, verdictCounts } from "./deepHeadline.js";
import { deepStyles } from "./deepStyles.js";
import { findings } from "./findings.js";
import { gainFigure } from "./gainFigure.js";
import { gainTable } from "./gainTable.js";
import { galleryFigures } from "./galleryFigures.js";
import { budgetCurves, pathCurves } from "./learningCurves.js";
import { settingsText } from "./settingsText.js";
import { similarityFigures } from "./similarityFigures.js";
import { subspaceFigure } from "./subspaceFigure.js";

/** A deep study and, where its networks are there to be looked at, what is to be seen in them. */
export interface DeepReportInput {
  readonly result: DeepResult;
  readonly gallery: Gallery | null;
}

export interface DeepReportOptions {
  /** @defaultValue the name of the only study, or `Deep studies` */
  readonly title?: string;
  readonly provenance?: Partial<Provenance>;
}

/**
 * The report of deep studies as one self-contained HTML document, plotly.js included: for each study what its arms are worth on the target task, their paired comparisons
 * with intervals, the link to the theory's subspace error where that is known, and pictures of the networks. Node only: it reads plotly from disk.
 */
export function deepReport(results: readonly DeepReportInput[], options: DeepReportOptions = {}): string {
  return pageHtml(deepReportPage(results, options), plotlySource());
}

/** The page of {@link deepReport} as data. The same arm has the same colour in all of its figures. */
export function deepReportPage(
  results: readonly DeepReportInput[],
  options: DeepReportOptions = {},
): ReportPage {
  const styles = deepStyles(results.flatMap(({ result }) => armNames(result)));
  const ids = new Set<string>();
  const sections = results.flatMap((input) => studySections(input, styles));
  const texts = (of: (result: DeepResult) => string | number): string =>
    [...new Set(results.map(({ result }) => String(of(result))))].join(", ");
  return {
    title: options.title ?? (results.length === 1 ? results[0]!.result.study : "Deep studies"),
    intro:
      "Networks are trained on source tasks in each way, and their frozen features are probed on a target task with few labels. The verdict of a study counts its paired comparisons " +
      "of arms; all of its replications are on common data, initial weights and batches.",
    // Two studies of one name must not share ids.
    sections: sections.map((section) => ({
      ...section,
      id: freshId(section.id, ids),
      figures: section.figures.map((figure) => ({ ...figure, id: freshId(figure.id, ids) })),
    })),
    provenance: {
      version: texts(({ version }) => version),
      seed: texts(({ seed }) => seed),
      command: "npx advtransfer deep",
      ...options.provenance,
    },
  };
}

function studySections(
  { result, gallery }: DeepReportInput,
  styles: ReadonlyMap<string, MethodStyle>,
): ReportSection[] {
  const errors = budgetMetrics(result, "errorRate");
  const { study, probe, secondary } = result;
  const id = figureId(study);
  const main: ReportSection = {
    id,
    title: study,
    question: result.question,
    headline: deepHeadline(result, errors),
    figures: present([
      armFigure(result, errors, styles),
      gainFigure(result, probe, "probe", "Paired comparisons on the target task"),
      budgetCurves(result, errors, styles),
      ...result.varied.map((path) => pathCurves(result, path, errors, styles)),
    ]),
    notes: [...findings(result, errors), settingsText(result)],
    failures: deepFailures(result),
  };
  const representation: ReportSection = {
    id: `${id}-representation`,
    title: `${study}: what was learnt`,
    question: null,
    figures: present([
      subspaceFigure(result, errors, styles),
      gainFigure(result, result.representation, "representation", "Paired comparisons of the subspace error"),
      ...(gallery === null ? [] : similarityFigures(study, gallery)),
    ]),
    notes:
      result.representation.length === 0 ? [] : [`Subspace error: ${verdictCounts(result.representation)}.`],
  };
  const pictures: ReportSection = {
    id: `${id}-pictures`,
    title: `${study}: pictures`,
    question: "Inputs and networks of the first replication, to be looked at; nothing is tested on them.",
    figures: gallery === null ? [] : galleryFigures(study, gallery),
  };
  const numbers: ReportSection = {
    id: `${id}-numbers`,
    title: `${study}: all numbers`,
    question: null,
    figures: [],
    tables: [
      ...metricTables(result),
      ...(secondary.length === 0
        ? []
        : [
            gainTable(
              result,
              secondary,
              `Fine-tuning, errors under attack and source tasks, a family of its own (${verdictCounts(secondary)})`,
            ),
          ]),
      armTable(result),
    ],
  };
  return [main, ...[representation, pictures].filter(({ figures }) => figures.length > 0), numbers];
}

function present(figures: readonly (FigureSpec | null)[]): FigureSpec[] {
  return figures.filter((figure) => figure !== null);
}

function freshId(id: string, taken: Set<string>): string {
  let fresh = figureId(id);
  for (let k = 2; taken.has(fresh); k++) fresh = `${figureId(id)}-${k}`;
  taken.add(fresh);
  return fresh;
}
