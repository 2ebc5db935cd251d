/** A source file: its path from the project root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The layers of src/, lowest first: a folder imports only folders before it. */
export const LAYERS = [
  "core",
  "numerics",
  "random",
  "model",
  "training",
  "transfer",
  "theory",
  "study",
  "claims",
  "deep",
  "report",
  "explorer",
  "cli",
] as const;

const FIRST_NODE_LAYER = LAYERS.indexOf("study");
const MOST_LINES = 250;

/** Comments go, strings stay. */
export function withoutComments(text: string): string {
  return text.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, literal: string | undefined) => literal ?? " ",
  );
}

/** Every module a file names: static, type-only, re-exporting, side-effect, dynamic, `import("x")` types, `new URL("./x", import.meta.url)`. */
export function importsOf(text: string): string[] {
  const code = withoutComments(text);
  const found: string[] = [];
  const patterns = [
    /\b(?:import|export)\s+(?:type\s+)?(?:[\w*$\s{},]+?\s+from\s+|from\s+)["']([^"']+)["']/g,
    /\bimport\s*["']([^"']+)["']/g,
    /\bimport\s*\(\s*["'`]([^"'`]+)["'`]/g,
    /\brequire\s*\(\s*["'`]([^"'`]+)["'`]/g,
    /\bnew\s+URL\s*\(\s*["'`](\.[^"'`]+)["'`]\s*,\s*import\.meta\.url/g,
  ];
  for (const pattern of patterns) for (const match of code.matchAll(pattern)) found.push(match[1]!);
  return [...new Set(found)];
}

/** The project path that a relative import of a file means (`.js` and `.ts` alike). */
export function resolveImport(from: string, specifier: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/").replace(/\.js$/, ".ts");
}

/** The layer of a file of src/: its index, LAYERS.length for a file directly in src/, null outside src/, -1 in an unknown folder. */
function layerOf(path: string): number | null {
  const [top, folder, rest] = path.split("/");
  if (top !== "src") return null;
  return rest === undefined ? LAYERS.length : LAYERS.indexOf(folder as (typeof LAYERS)[number]);
}

/** Everything that is wrong with the imports, one line each; empty when all is well. */
export function architectureProblems(files: readonly SourceFile[]): string[] {
  return [
    ...files.flatMap(problemsOfFile),
    ...importCycles(files.filter((file) => layerOf(file.path) !== null)),
  ];
}

function problemsOfFile({ path, text }: SourceFile): string[] {
  const problems: string[] = [];
  const code = withoutComments(text);
  if (/\bMath\s*(?:\?\.|\.)\s*random\b|\bMath\s*\[\s*["'`]random/.test(code)) {
    problems.push(`${path}: Math.random (use a keyed stream)`);
  }
  const layer = layerOf(path);
  if (layer === null) return problems;
  if (layer === -1) problems.push(`${path}: its folder is not a layer`);
  const lines = text.trimEnd().split("\n").length;
  if (lines > MOST_LINES) problems.push(`${path}: ${lines} lines (at most ${MOST_LINES})`);
  const below = layer >= 0 && layer < FIRST_NODE_LAYER;
  if (below && /\b(?:Buffer|process|__dirname|__filename)\b(?!\s*:)/.test(withoutStrings(code))) {
    problems.push(`${path}: a Node global in a layer that must run in a browser`);
  }
  for (const specifier of importsOf(text)) {
    const wrong = wrongImport(path, layer, specifier);
    if (wrong !== null) problems.push(`${path}: imports ${specifier}: ${wrong}`);
  }
  return problems;
}

function withoutStrings(code: string): string {
  return code.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
}

function wrongImport(path: string, layer: number, specifier: string): string | null {
  const below = layer >= 0 && layer < FIRST_NODE_LAYER;
  if (specifier.startsWith("node:") || NODE_MODULES.has(specifier.split("/")[0]!)) {
    return below ? "Node is not available in a browser" : null;
  }
  if (specifier.startsWith("ml-matrix")) {
    return path === "src/numerics/small.ts" ? null : "ml-matrix has one door, src/numerics/small.ts";
  }
  if (specifier.startsWith("@stdlib/")) {
    const allowed = path.startsWith("src/random/") || path.startsWith("src/numerics/special/");
    return allowed ? null : "@stdlib belongs in src/random and src/numerics/special";
  }
  if (specifier.startsWith("@tensorflow/")) {
    return path.startsWith("src/deep/tensors/") ? null : "tensorflow.js has one door, src/deep/tensors";
  }
  if (!specifier.startsWith(".")) return null;
  const target = layerOf(resolveImport(path, specifier));
  if (target === null) return "src never imports what is outside it";
  return target > layer ? `${LAYERS[target] ?? "the public list"} is above ${LAYERS[layer]}` : null;
}

const NODE_MODULES = new Set(
  "fs path os url crypto worker_threads child_process util stream process buffer".split(" "),
);

/** Every cycle of imports between files of src/ (type imports included), as one line. */
function importCycles(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map((file) => file.path));
  const edges = new Map(
    files.map(({ path, text }) => [
      path,
      importsOf(text)
        .filter((specifier) => specifier.startsWith("."))
        .map((specifier) => resolveImport(path, specifier))
        .filter((target) => known.has(target)),
    ]),
  );
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push(`cycle: ${[...trail.slice(start), path].join(" -> ")}`);
    if (start >= 0 || done.has(path)) return;
    for (const target of edges.get(path)!) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return cycles;
}
