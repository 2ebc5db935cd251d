import { cellText } from "../../study/grid.js";
import { type CellPrediction, predictStudy, type TheoryNotes } from "../../study/predictStudy.js";
import { plainJson } from "../../study/resultText.js";
import { METRIC_NAMES } from "../../transfer/metricNames.js";
import { readStudyFile } from "../readStudyFile.js";
import { aligned } from "../resultTable.js";
import { EXIT_OK } from "../showError.js";
import { painter, type Terminal } from "../terminal.js";

export interface PredictOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `advtransfer predict FILE`: what theory says of the study, without running it. Returns the exit code. */
export async function predict(file: string, options: PredictOptions, terminal: Terminal): Promise<number> {
  const { stdout, env } = terminal;
  const prediction = predictStudy(readStudyFile(file));
  if (options.json) stdout.write(plainJson(prediction));
  else if (!options.quiet) {
    const paint = painter(stdout, env);
    stdout.write(`${prediction.cells.map((cell) => cellTable(cell, paint)).join("\n")}\n`);
    stdout.write(
      paint("dim", "bound: the paper's bound on sinTheta2 without its constant, a form and not a number\n"),
    );
  }
  return EXIT_OK;
}

function cellTable(cell: CellPrediction, paint: ReturnType<typeof painter>): string {
  const methods = Object.entries(cell.methods);
  const metrics = METRIC_NAMES.filter((metric) => methods.some(([, m]) => m[metric].predicted !== null));
  const rows = methods.map(([name, m]) => [
    name,
    ...metrics.map((metric) => numberText(m[metric].predicted)),
    numberText(m.sinTheta2.bound),
    cell.notes[name]!.bound?.claim ?? "-",
  ]);
  const [header, ...body] = aligned([["", ...metrics, "bound", "claim"], ...rows]);
  const lines = [paint("bold", cellText(cell.cell, cell.varied)), paint("dim", header!), ...body];
  for (const [name, notes] of Object.entries(cell.notes)) {
    for (const text of noteLines(notes)) lines.push(paint("yellow", `  ${name}: ${text}`));
  }
  return `${lines.join("\n")}\n`;
}

function noteLines({ reasons, warnings, bound }: TheoryNotes): string[] {
  const broken = (bound?.violated ?? []).map(
    ({ text, found }) => `${bound!.claim} assumes ${text}; here: ${found}`,
  );
  return [...reasons.map((reason) => `not predicted: ${reason}`), ...warnings, ...broken];
}

function numberText(value: number | null): string {
  return value === null ? "-" : String(Number(value.toPrecision(4)));
}
