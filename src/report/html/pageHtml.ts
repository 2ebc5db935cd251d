import { badInput } from "../../core/guards.js";
import type { FigureSpec } from "../figureSpec.js";
import { plotlyText } from "../labels.js";
import { plotlyTemplate } from "../theme.js";
import { wrapText } from "../wrapText.js";
import { CLIENT_SCRIPT } from "./client.js";
import { escapeHtml, scriptJson, scriptSource } from "./escape.js";
import type { ReportPage } from "./reportPage.js";
import { contentsHtml, footerHtml, headerHtml, sectionHtml, summaryHtml } from "./sections.js";
import { STYLES } from "./styles.js";

/**
 * The policy that a page puts on itself: nothing may be fetched from anywhere. plotly carries addresses of map tiles and fonts; with this
 * no mistake of ours or of a figure can reach one.
 */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'";

/**
 * A report as one self-contained HTML document: text, tables, figures and plotly itself. A pure function of its arguments: the same page
 * gives the same bytes.
 *
 * @param plotly the source of plotly.min.js, inlined once
 *
 * Throws badInput when two figures or two sections have the same id.
 */
export function pageHtml(page: ReportPage, plotly: string): string {
  const figures = page.sections.flatMap((section) => section.figures);
  requireUnique(
    "figure id",
    figures.map((f) => f.id),
  );
  requireUnique(
    "section id",
    page.sections.map((s) => s.id),
  );
  const data = {
    templates: { light: plotlyTemplate("light"), dark: plotlyTemplate("dark") },
    figures: figures.map(figureData),
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(page.title)}</title>
<link rel="icon" href="data:,">
<style>
${STYLES}
</style>
</head>
<body>
<div class="page">
${headerHtml(page)}
${contentsHtml(page)}
<main>
${summaryHtml(page)}
${page.sections.map(sectionHtml).join("\n")}
</main>
${footerHtml(page)}
</div>
<script type="application/json" id="report-data">${scriptJson(data)}</script>
<script>${scriptSource(plotly)}</script>
<script>
${scriptSource(CLIENT_SCRIPT)}
</script>
</body>
</html>
`;
}

function figureData(figure: FigureSpec): unknown {
  const { id, data, layout, narrow, wide } = figure;
  return {
    id,
    data,
    layout,
    narrow,
    wide,
    titleLines: wrapText(figure.title, wide ? 110 : 80).map(plotlyText),
  };
}

function requireUnique(name: string, ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (!/^[a-z][a-z0-9-]*$/i.test(id))
      throw badInput(name, "letters, digits and hyphens, a letter first", id);
    if (seen.has(id)) throw badInput(name, "unique on a page", id);
    seen.add(id);
  }
}
