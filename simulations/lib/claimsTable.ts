import { AdvTransferError } from "../../src/core/errors.js";
import type { Answered } from "./simulation.js";

/** The claims and controls with what was measured, as a table in Markdown. */
export function claimsTable(answered: readonly Answered[]): string {
  const rows = answered.map(({ simulation, results }) => {
    const cells = [`**${simulation.id}** ${simulation.title}`, simulation.theory, simulation.seen(results)];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return [
    "| claim or control | theory says | measured (mean ± standard error; slopes and differences ± 95 %) |",
    "|---|---|---|",
    ...rows,
  ].join("\n");
}

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`. Throws `bad-input` when the marks are missing. */
export function replaceBetween(text: string, name: string, content: string): string {
  const open = `<!-- ${name} -->`;
  const close = `<!-- /${name} -->`;
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start)
    throw new AdvTransferError("bad-input", `the text has no marks ${open} and ${close}`);
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`;
}
