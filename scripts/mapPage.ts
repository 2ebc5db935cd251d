import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CLAIMS as LINEAR, GROUPS as LINEAR_GROUPS } from "../src/claims/catalogue/catalogue.js";
import { deepClaims } from "../src/deep/claims/deepClaims.js";

/** A lemma file of proofs-checks, from its header. */
interface Lemma {
  readonly name: string;
  readonly file: string;
  readonly title: string;
  /** Ids of claims and controls that its role names. */
  readonly roles: readonly string[];
  readonly follows: readonly string[];
}

const DEEP = deepClaims(null);
const CLAIMS = [...LINEAR, ...DEEP.claims];
const GROUPS = [...LINEAR_GROUPS, ...DEEP.groups];
const LEMMAS = "proofs-checks";
const SIMULATIONS = "simulations";

/** docs/map.md: each statement of the paper with its code, lemmas, claims and figure, made from the sources (`root` is the repository). */
export function mapPage(root: string): string {
  const lemmas = readLemmas(root);
  const sections = GROUPS.map((group) => {
    const claims = CLAIMS.filter((claim) => claim.group === group.id);
    const simulation = readdirSync(join(root, SIMULATIONS)).find((file) =>
      file.startsWith(`${group.id.toLowerCase()}-`),
    );
    const code = (group.code ?? []).map((file) => link(root, file, file.replace(/^src\//, "")));
    const used = lemmasOf(group.id, lemmas);
    return [
      `## ${group.id}. ${group.title}`,
      "",
      group.question,
      "",
      ...(code.length === 0 ? [] : [`- Code: ${code.join(", ")}`]),
      ...(used.length === 0
        ? []
        : [`- Lemmas: ${used.map(({ file, name }) => link(root, `${LEMMAS}/${file}`, name)).join(", ")}`]),
      ...(simulation === undefined
        ? []
        : [
            `- Figure: ${link(root, `${SIMULATIONS}/${simulation}`, simulation)}, and the report of \`verify\``,
          ]),
      ...(group.controls.length === 0 ? [] : [`- Controls: ${group.controls.join(", ")}`]),
      "",
      // A list, not a table: the formatter keeps it as it is made.
      ...claims.map(
        ({ id, title, test, source }) => `- \`${id}\` (${test.kind}): ${title}. Source: ${source}.`,
      ),
      "",
    ].join("\n");
  });
  const unused = lemmas.filter((lemma) => !GROUPS.some(({ id }) => lemmasOf(id, lemmas).includes(lemma)));
  return [
    "# From statements to code",
    "",
    "Each statement of the paper and each control: what computes it, the lemmas that prove it (and those that they follow from), the claims that `verify` tests, its figure. " +
      "Made from the sources by `npx tsx scripts/writeMap.ts`; a test keeps it current.",
    "",
    ...sections,
    ...(unused.length === 0
      ? []
      : [
          "## Lemmas about the toolkit itself",
          "",
          unused
            .map(({ file, name, title }) => `- ${link(root, `${LEMMAS}/${file}`, name)}: ${title}`)
            .join("\n"),
          "",
        ]),
  ].join("\n");
}

/** The lemmas whose role names a group, and all that they follow from. */
function lemmasOf(group: string, lemmas: readonly Lemma[]): readonly Lemma[] {
  const wanted = new Set(lemmas.filter(({ roles }) => roles.includes(group)).map(({ name }) => name));
  for (let before = -1; before < wanted.size; ) {
    before = wanted.size;
    for (const lemma of lemmas)
      if (wanted.has(lemma.name)) for (const name of lemma.follows) wanted.add(name);
  }
  return lemmas.filter(({ name }) => wanted.has(name));
}

function readLemmas(root: string): Lemma[] {
  const files = readdirSync(join(root, LEMMAS)).filter((file) => file.endsWith(".check.ts"));
  return files.sort().map((file) => {
    const text = readFileSync(join(root, LEMMAS, file), "utf8");
    const header = text.slice(0, text.indexOf("*/")).replaceAll(/^\s*\* ?/gm, "");
    const [, name, title] = /LEMMA (\w+): ([^\n]*)/.exec(header) ?? [];
    if (name === undefined || title === undefined)
      throw new Error(`${file} has no header "LEMMA name: title"`);
    return {
      name,
      file,
      title,
      roles: rolesOf(paragraph(header, "Role")),
      follows: [...paragraph(header, "Follows from").matchAll(/\w+/g)].map(([word]) => word),
    };
  });
}

/** C4, N3, and ranges such as C1-C3. */
function rolesOf(text: string): string[] {
  return [...text.matchAll(/\b([CN])(\d)(?:\s*(?:-|to)\s*\1(\d))?/g)].flatMap(([, letter, from, to]) =>
    Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, i) => `${letter}${Number(from) + i}`),
  );
}

function paragraph(header: string, name: string): string {
  const start = header.indexOf(`${name}:`);
  if (start < 0) return "";
  const rest = header.slice(start + name.length + 1);
  const end = rest.search(/\n(?:[A-Z][\w ]*:|\s*\n)/);
  return end < 0 ? rest : rest.slice(0, end);
}

function link(root: string, file: string, text: string): string {
  if (!existsSync(join(root, file)))
    throw new Error(`${file} does not exist: docs/map.md would have a dead link`);
  return `[${text}](../${file})`;
}
