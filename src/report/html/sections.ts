import type { FigureSpec } from "../figureSpec.js";
import { escapeHtml } from "./escape.js";
import type { Headline, ReportPage, ReportSection, Statement } from "./reportPage.js";
import { tableHtml } from "./table.js";

export function headerHtml(page: ReportPage): string {
  const intro = typeof page.intro === "string" ? [page.intro] : (page.intro ?? []);
  const { version, commit, seed, command } = page.provenance;
  const facts: (readonly [string, string])[] = [
    ["advtransfer", version],
    ...(commit === undefined ? [] : [["commit", commit] as const]),
    ["seed", String(seed)],
    ["command", command],
  ];
  const list = facts.map(
    ([name, value]) => `<div><dt>${name}</dt><dd><code>${escapeHtml(value)}</code></dd></div>`,
  );
  return `<header>
<h1>${escapeHtml(page.title)}</h1>
${intro.map((text) => `<p class="lead">${escapeHtml(text)}</p>`).join("\n")}
<dl class="provenance">${list.join("")}</dl>
</header>`;
}

/** Links to the sections; left out when there is only one. */
export function contentsHtml(page: ReportPage): string {
  if (page.sections.length < 2) return "";
  const links = page.sections.map((s) => `<li><a href="#${s.id}">${escapeHtml(s.title)}</a></li>`);
  return `<nav aria-labelledby="contents-title">
<h2 id="contents-title">Contents</h2>
<ol>${links.join("")}</ol>
</nav>`;
}

/** What theory says and what is seen, a row a section, with links; then everything that failed. */
export function summaryHtml(page: ReportPage): string {
  const sections = page.sections.filter((s) => s.headline !== undefined);
  const failures = page.sections.flatMap((s) => (s.failures ?? []).map((line) => `${s.title}: ${line}`));
  const failed = failures.length === 0 ? "" : failuresHtml(failures);
  if (sections.length === 0 && failed === "") return "";
  return `<section class="summary" aria-labelledby="summary-title">
<h2 id="summary-title">Summary</h2>
${sections.length === 0 ? "" : overviewHtml(sections, page.rowName ?? "Study")}
${failed}
</section>`;
}

function overviewHtml(sections: readonly ReportSection[], rowName: string): string {
  const hasTheory = sections.some((s) => s.headline!.theory !== undefined);
  const hasVerdict = sections.some((s) => s.headline!.verdict !== undefined);
  // The verdict stands beside the name: on a phone it is seen without scrolling the table.
  const columns = [
    rowName,
    ...(hasVerdict ? ["Verdict"] : []),
    hasTheory ? "What theory says" : "Question",
    "What is seen",
  ];
  const rows = sections.map((section) => {
    const headline = section.headline!;
    const second = hasTheory ? (headline.theory ?? "") : (section.question ?? "");
    const verdict = hasVerdict ? `<td class="tight">${verdictHtml(headline)}</td>` : "";
    return `<tr><th scope="row"><a href="#${section.id}">${escapeHtml(section.title)}</a></th>${verdict}<td>${escapeHtml(
      second,
    )}</td><td>${escapeHtml(headline.seen)}</td></tr>`;
  });
  return `<div class="scroll" role="region" aria-label="Summary of all studies" tabindex="0"><table class="overview">
<caption class="hidden">Each study: what theory says and what is seen</caption>
<thead><tr>${columns.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>`;
}

function verdictHtml(headline: Headline): string {
  if (headline.verdict === undefined) return "";
  return `<span class="verdict ${headline.verdict.tone}">${escapeHtml(headline.verdict.text)}</span>`;
}

function failuresHtml(lines: readonly string[]): string {
  const shown = lines.slice(0, 50);
  const more = lines.length > shown.length ? [`and ${lines.length - shown.length} more`] : [];
  const items = [...shown, ...more].map((line) => `<li>${escapeHtml(line)}</li>`).join("");
  return `<div class="failures"><h3>${lines.length} failed</h3><ul>${items}</ul></div>`;
}

export function sectionHtml(section: ReportSection): string {
  const tables = (section.tables ?? []).map((table) => tableHtml(table, { className: "many" }));
  const notes = (section.notes ?? []).map((text) => `<p>${escapeHtml(text)}</p>`);
  return `<section class="study" id="${section.id}" aria-labelledby="${section.id}-title">
<h2 id="${section.id}-title">${escapeHtml(section.title)}</h2>
${section.question === null ? "" : `<p class="question">${escapeHtml(section.question)}</p>`}
${section.headline === undefined ? "" : findingHtml(section.headline)}
${section.figures.length === 0 ? "" : `<div class="figures">\n${figuresHtml(section.figures)}\n</div>`}
${(section.statements ?? []).map(statementHtml).join("\n")}
${[...tables, ...notes].join("\n")}
</section>`;
}

function statementHtml({ id, title, formula, verdict, facts, command }: Statement): string {
  const shown =
    formula === null
      ? ""
      : `<div class="formula scroll" role="region" aria-label="Formula of ${escapeHtml(title)}" tabindex="0">${formula}</div>`;
  const rows = facts.map(
    ([name, text]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd></div>`,
  );
  return `<article class="statement" id="${escapeHtml(id)}" aria-labelledby="${escapeHtml(id)}-title">
<h3 id="${escapeHtml(id)}-title">${escapeHtml(title)}</h3>
<p><span class="verdict ${verdict.tone}">${escapeHtml(verdict.text)}</span></p>
${shown}
<dl class="facts">${rows.join("")}<div><dt>Command</dt><dd><code>${escapeHtml(command)}</code></dd></div></dl>
</article>`;
}

function findingHtml(headline: Headline): string {
  const lines = [
    ...(headline.theory === undefined ? [] : [`<p><b>Theory</b>${escapeHtml(headline.theory)}</p>`]),
    `<p><b>Seen</b>${escapeHtml(headline.seen)}</p>`,
    ...(headline.verdict === undefined ? [] : [`<p>${verdictHtml(headline)}</p>`]),
  ];
  return `<div class="finding">${lines.join("")}</div>`;
}

/** Two by two when wide; a figure that has no neighbour in its row takes all of it. */
function figuresHtml(figures: readonly FigureSpec[]): string {
  let column = 0;
  return figures
    .map((figure, i) => {
      const alone = figure.wide || (column === 0 && (figures[i + 1] === undefined || figures[i + 1]!.wide));
      column = alone ? 0 : (column + 1) % 2;
      return figureHtml(figure, alone);
    })
    .join("\n");
}

function figureHtml(figure: FigureSpec, alone: boolean): string {
  const { id, title, caption, table } = figure;
  const label = escapeHtml(caption === "" ? title : `${title}. ${caption}`);
  return `<figure id="figure-${id}"${alone ? ' class="wide"' : ""} aria-labelledby="figure-${id}-title">
<h3 id="figure-${id}-title">${escapeHtml(title)}</h3>
<div class="plot" data-figure="${id}" role="img" aria-label="${label}"></div>
${caption === "" ? "" : `<figcaption>${escapeHtml(caption)}</figcaption>`}
<details><summary>The numbers</summary>
${tableHtml(table)}
</details>
</figure>`;
}

export function footerHtml(page: ReportPage): string {
  const { version, command } = page.provenance;
  return `<footer>Written by advtransfer ${escapeHtml(version)} with <code>${escapeHtml(
    command,
  )}</code>. Figures drawn by plotly.js (MIT licence), which is part of this file; nothing is loaded from the network.</footer>`;
}
