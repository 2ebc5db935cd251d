import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { between } from "../checksGraph.js";

/**
 * Writes what the last runs of `npm run mutation` found into docs/mutation.md: the score of every file, and every mutant that no test saw, with the
 * reason given for it in docs/data/mutation-reasons.json.
 *
 *   npx tsx scripts/mutation/page.ts
 */
const REPORT = "reports/mutation-incremental.json";
const PAGE = "docs/mutation.md";
const REASONS = "docs/data/mutation-reasons.json";

interface Place {
  readonly line: number;
  readonly column: number;
}

interface MutantResult {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

interface FileResult {
  readonly source: string;
  readonly mutants: readonly MutantResult[];
}

interface Counts {
  killed: number;
  hung: number;
  survived: number;
  unseen: number;
}

function countsOf(mutants: readonly MutantResult[]): Counts {
  const count = (status: string): number => mutants.filter((m) => m.status === status).length;
  return {
    killed: count("Killed"),
    hung: count("Timeout"),
    survived: count("Survived"),
    unseen: count("NoCoverage"),
  };
}

function row(name: string, { killed, hung, survived, unseen }: Counts): string {
  const all = killed + hung + survived + unseen;
  const score = all === 0 ? "" : `${((100 * (killed + hung)) / all).toFixed(1)} %`;
  return `| ${name} | ${all} | ${killed} | ${hung} | ${survived} | ${unseen} | ${score} |`;
}

function textAt(source: string, { start, end }: MutantResult["location"]): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1]!.slice(0, end.column - 1);
  lines[0] = lines[0]!.slice(start.column - 1);
  return lines.join(" ").replace(/\s+/g, " ");
}

const short = (text: string): string => (text.length > 70 ? `${text.slice(0, 67)}...` : text);

/** One mutant, as it is named in the file of reasons: it stays the same when lines above it come or go. */
function nameOf(source: string, mutant: MutantResult): string {
  return `${short(textAt(source, mutant.location))} => ${short((mutant.replacement ?? "").replace(/\s+/g, " "))}`;
}

const { files } = JSON.parse(readFileSync(REPORT, "utf8")) as { files: Record<string, FileResult> };
const reasons = (existsSync(REASONS) ? JSON.parse(readFileSync(REASONS, "utf8")) : {}) as Record<
  string,
  Record<string, string>
>;
const names = Object.keys(files)
  .filter((name) => existsSync(name))
  .sort();
const all = names.flatMap((name) => files[name]!.mutants);
const head = [
  "| file | mutants | killed | hung | survived | not run | score |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
];
const folders = [...new Set(names.map((name) => name.split("/").slice(0, 2).join("/")))];
const table = [
  ...head,
  row("**all**", countsOf(all)),
  ...folders.flatMap((folder) => {
    const inside = names.filter((name) => name.startsWith(`${folder}/`));
    return [
      row(`**${folder}**`, countsOf(inside.flatMap((name) => files[name]!.mutants))),
      ...inside.map((name) => row(name.slice(folder.length + 1), countsOf(files[name]!.mutants))),
    ];
  }),
];
const survivors = names.flatMap((name) => {
  const { source, mutants } = files[name]!;
  const lost = mutants.filter((m) => m.status === "Survived" || m.status === "NoCoverage");
  if (lost.length === 0) return [];
  const lines = lost.map((m) => {
    const key = nameOf(source, m);
    const reason = reasons[name]?.[key] ?? reasons[name]?.["*"] ?? "not explained yet";
    return `- line ${m.location.start.line}: \`${key.replaceAll("`", "'")}\`${m.status === "NoCoverage" ? " (no test runs it)" : ""}: ${reason}`;
  });
  return [`### ${name}`, "", ...lines, ""];
});
const page = readFileSync(PAGE, "utf8");
writeFileSync(PAGE, between(between(page, "scores", table.join("\n")), "survivors", survivors.join("\n")));
console.log(row("all", countsOf(all)));
