import type { ReportTable } from "../figureSpec.js";
import { escapeHtml } from "./escape.js";

/** A table with header scopes in a box of its own that scrolls sideways: the page itself never does. */
export function tableHtml(
  table: ReportTable,
  options: { className?: string; hideCaption?: boolean } = {},
): string {
  const head = table.columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = table.rows.map((row, i) => rowHtml(row, table.links?.[i])).join("\n");
  const caption = `<caption${options.hideCaption ? ' class="hidden"' : ""}>${escapeHtml(table.caption)}</caption>`;
  return `<div class="scroll" role="region" aria-label="${escapeHtml(table.caption)}" tabindex="0"><table${
    options.className === undefined ? "" : ` class="${escapeHtml(options.className)}"`
  }>${caption}
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div>`;
}

function rowHtml(row: readonly string[], link: string | undefined): string {
  const [first = "", ...rest] = row;
  const name = escapeHtml(first);
  const header = link === undefined ? name : `<a href="#${escapeHtml(link)}">${name}</a>`;
  const cells = rest.map((cell) => `<td${isNumeric(cell) ? ' class="number"' : ""}>${escapeHtml(cell)}</td>`);
  return `<tr><th scope="row">${header}</th>${cells.join("")}</tr>`;
}

/** Numbers are set in tabular figures and on the right; a dash stands for a number that is not there. */
function isNumeric(text: string): boolean {
  return /^[\u2212+-]?[\d\u221e\u2014]/.test(text) && !/[a-z]{3}/i.test(text);
}
