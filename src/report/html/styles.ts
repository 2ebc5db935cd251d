import { FONT_FAMILY, THEMES, type Theme } from "../theme.js";

const variables = (theme: Theme): string =>
  Object.entries(theme)
    .map(([name, value]) => `--${name}:${value};`)
    .join("");

/** The style sheet of a report: one column on a phone, two figures side by side when wide, light colours on paper. */
export const STYLES: string = `
:root{color-scheme:light dark;${variables(THEMES.light)}--good:#17703c;--bad:#b3261e;--open:#7a5a00;}
@media (prefers-color-scheme:dark){:root{${variables(THEMES.dark)}--good:#63c48a;--bad:#ff8f85;--open:#e0b84f;}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--background);color:var(--ink);font:16px/1.55 ${FONT_FAMILY};}
.page{max-width:1100px;margin:0 auto;padding:40px 24px 64px}
h1,h2,h3{line-height:1.25;margin:0;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:1.85rem;letter-spacing:-.012em;font-weight:650}
h2{font-size:1.3rem;font-weight:630;letter-spacing:-.006em}
h3{font-size:1rem;font-weight:600}
p{margin:.6em 0;max-width:46em;overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px}
code{font:.88em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
.lead{color:var(--muted)}
.provenance{margin:1.1em 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.2em 1.6em;font-size:.86rem;color:var(--muted)}
.provenance div{display:flex;gap:.5em;min-width:0}.provenance dt{flex:none}.provenance dd{margin:0;color:var(--ink);min-width:0}
nav{margin-top:28px;padding:14px 18px;background:var(--surface);border-radius:8px;font-size:.92rem}
nav h2{font-size:.78rem;text-transform:uppercase;letter-spacing:.07em;color:var(--muted);font-weight:600}
nav ol{columns:2 19em;column-gap:2.4em;margin:.5em 0 0;padding:0;list-style:none}
nav li{break-inside:avoid;padding:.16em 0;overflow-wrap:anywhere}
nav a{text-decoration:none}nav a:hover{text-decoration:underline}
.summary,.study{margin-top:44px}
.study{padding-top:26px;border-top:1px solid var(--line)}
.question{font-size:1.02rem;color:var(--ink)}
.finding{margin:.9em 0 0;padding:.1em 0 .1em 14px;border-left:3px solid var(--line);font-size:.95rem}
.finding p{margin:.25em 0}.finding b{font-weight:600;color:var(--muted);margin-right:.35em}
.verdict{font-weight:600;white-space:nowrap}
.verdict::before{content:"";display:inline-block;width:.6em;height:.6em;border-radius:50%;background:currentColor;margin-right:.45em}
.good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}
.open.verdict::before{background:none;box-shadow:inset 0 0 0 2px currentColor}
.bad.verdict::before{border-radius:1px}
.statement{margin-top:26px;padding:14px 18px;background:var(--surface);border-radius:8px;break-inside:avoid}
.statement p{margin:.3em 0}.formula{padding:.2em 0;max-width:100%}.formula math{font-size:1.12em;margin:0}
.facts{margin:.4em 0 0;font-size:.88rem;line-height:1.45}.facts div{display:grid;grid-template-columns:13em minmax(0,1fr);gap:0 1em;padding:.14em 0}
.facts dt{color:var(--muted)}.facts dd{margin:0;overflow-wrap:anywhere}
.figures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));column-gap:36px;margin-top:26px}
figure{margin:0 0 34px;min-width:0;display:grid;grid-template-rows:subgrid;grid-row:span 4;align-content:start}
figure>*{min-width:0}figure>h3{grid-row:1;align-self:end}figure>.plot{grid-row:2}figure>figcaption{grid-row:3}figure>details{grid-row:4}
figure.wide{grid-column:1/-1}
.plot{width:100%;margin-top:8px;overflow:hidden}
figcaption{margin-top:8px;font-size:.88rem;line-height:1.5;color:var(--muted);max-width:54em;overflow-wrap:anywhere}
details{margin-top:8px;font-size:.86rem}
summary{cursor:pointer;color:var(--muted);width:max-content;max-width:100%}
summary:hover{color:var(--ink)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
.scroll{overflow-x:auto;max-width:100%;margin-top:8px}
details .scroll{max-height:26em;overflow-y:auto}
table{border-collapse:collapse;font-size:.9em;line-height:1.4}
caption{text-align:left;color:var(--muted);padding:0 0 6px;font-size:.95em}
th,td{padding:5px 16px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{border-bottom:1px solid var(--axis);font-weight:600;color:var(--muted);vertical-align:bottom}
tbody th{font-weight:500}
.many{font-size:.85em}.many th,.many td{padding-right:12px}
td.number{white-space:nowrap;font-variant-numeric:tabular-nums}
details th,details td{white-space:nowrap}
.overview{width:100%;font-size:.92rem}.overview th,.overview td{padding:9px 18px 9px 0}
.overview tbody th{min-width:9.5em}.overview td{min-width:13em}.overview td.tight{min-width:0}
.failures{margin-top:18px;padding:12px 16px;border:1px solid var(--bad);border-radius:8px;font-size:.9rem}
.failures ul{margin:.4em 0 0;padding-left:1.2em}.failures li{overflow-wrap:anywhere}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer{margin-top:56px;padding-top:16px;border-top:1px solid var(--line);font-size:.84rem;color:var(--muted)}
@media (max-width:820px){.facts div{grid-template-columns:minmax(0,1fr)}.figures{grid-template-columns:minmax(0,1fr)}.page{padding:26px 16px 48px}h1{font-size:1.5rem}h2{font-size:1.18rem}}
@page{margin:14mm}
@media print{
:root{color-scheme:light;${variables(THEMES.light)}--good:#17703c;--bad:#b3261e;--open:#7a5a00;}
body{font-size:10.5pt}
.page{max-width:none;padding:0}
.figures{display:block}figure{display:block;break-inside:avoid;margin-bottom:22px}
.figures,.study{margin-top:18px}h2,h3,.question,.finding{break-after:avoid}.finding,.failures{break-inside:avoid}
.verdict::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav{background:none;padding:0}details{display:none}
.scroll{overflow:visible;max-height:none}tr{break-inside:avoid}
.overview{font-size:8.5pt}.overview td,.overview tbody th{min-width:0}.overview th,.overview td{padding:4px 10px 4px 0}
table{font-size:8pt;line-height:1.3}th,td{padding:2px 8px 2px 0}
.statement{margin-top:9px;padding:0;font-size:9pt;background:none}.statement h3{font-size:10pt}.statement p{margin:.1em 0}
.facts{font-size:8.5pt;line-height:1.35}.facts div{grid-template-columns:8em minmax(0,1fr);padding:0}
a{color:inherit;text-decoration:none}
.modebar-container{display:none}
}
`.trim();
