import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a check file says of itself in its opening comment. */
export interface LemmaFile {
  readonly file: string;
  readonly name: string;
  readonly title: string;
  readonly hypotheses: string;
  readonly role: string;
  readonly followsFrom: readonly string[];
}

const FOLDER: string = fileURLToPath(new URL("../proofs-checks", import.meta.url));

/** The lemma files, in proof order. Throws on one whose opening comment is not in form. */
export function readLemmas(folder: string = FOLDER): LemmaFile[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".check.ts"));
  return files.sort().map((file) => parseLemma(file, readFileSync(join(folder, file), "utf8")));
}

export function parseLemma(file: string, text: string): LemmaFile {
  const comment = /^\/\*\*\n([\s\S]*?)\n \*\/\n/.exec(text)?.[1] ?? "";
  const prose = comment.replaceAll(/^ \* ?/gm, "");
  const head = /^LEMMA (\w+): (.+)$/m.exec(prose);
  const field = (name: string): string => {
    const found = new RegExp(`^${name}: ([\\s\\S]*?)(?=\\n[A-Z][a-z ]+: |$(?![\\s\\S]))`, "m").exec(prose);
    if (found === null) throw new Error(`${file}: its opening comment has no line "${name}: ..."`);
    return found[1]!.replaceAll(/\s+/g, " ").trim();
  };
  const name = file.replace(/^\d+-|\.check\.ts$/g, "");
  if (head === null || head[1] !== name) throw new Error(`${file}: it must open with "LEMMA ${name}: ..."`);
  const from = field("Follows from").replace(/\.$/, "");
  return {
    file,
    name,
    title: head[2]!.replace(/\.$/, ""),
    hypotheses: field("Hypotheses"),
    role: field("Role"),
    followsFrom: from === "nothing" ? [] : from.split(", "),
  };
}

/** Lemmas that are named but missing, or that come later in proof order than what follows from them. */
export function orderProblems(lemmas: readonly LemmaFile[]): string[] {
  const place = new Map(lemmas.map((lemma, i) => [lemma.name, i]));
  return lemmas.flatMap((lemma, i) =>
    lemma.followsFrom
      .filter((from) => !((place.get(from) ?? Infinity) < i))
      .map((from) => `${lemma.name} follows from ${from}, which does not come before it`),
  );
}

/** The dependency graph as a mermaid block: lemma -> what follows from it; claims in bold frames. */
export function graphText(lemmas: readonly LemmaFile[]): string {
  const claims = lemmas.filter((lemma) => lemma.name.startsWith("claim")).map((lemma) => lemma.name);
  return [
    "```mermaid",
    "flowchart LR",
    ...lemmas.flatMap(({ name, followsFrom }) => followsFrom.map((from) => `  ${from} --> ${name}`)),
    "  classDef claim stroke-width:3px",
    `  class ${claims.join(",")} claim`,
    "```",
  ].join("\n");
}

/** The lemmas in order: link, statement, role. A list, because wide tables read badly. */
export function listText(lemmas: readonly LemmaFile[]): string {
  return lemmas
    .map(
      ({ file, name, title, role }) =>
        `- ${file.slice(0, 2)} [${name}](${file}): ${plain(title)}. Used: ${plain(role)}`,
    )
    .join("\n");
}

/** Formulas in prose: no character of them is meant as Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[\\*_<>[\]`]/g, (c) => `\\${c}`);
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
export function between(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`no place for ${name}`);
  return `${text.slice(0, start + open.length)}\n\n${content}\n\n${text.slice(end)}`;
}

export const README: string = join(FOLDER, "README.md");

/** Run as a program: brings graph and list of proofs-checks/README.md up to date. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lemmas = readLemmas();
  const wrong = orderProblems(lemmas);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  const text = readFileSync(README, "utf8");
  writeFileSync(README, between(between(text, "graph", graphText(lemmas)), "lemmas", listText(lemmas)));
}
