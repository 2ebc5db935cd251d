import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { transformSync } from "esbuild";

type Exports = Record<string, unknown>;
type Require = (name: string) => unknown;
type Wrapper = (
  exports: Exports,
  require: Require,
  module: { exports: Exports },
  url: string,
  hits: Float64Array,
) => void;

/** What a compiled file keeps of the mutants in the instrumented sources: none of them, but a count of visits to each place, or one mutant. */
export type Mutants = "count" | { readonly only: string };
/** More than there are mutants. */
const MOST = 100_000;

/**
 * The project's TypeScript files, compiled once and evaluated anew as often as asked for: a mutant must not find what another one left in
 * a module (a table that is filled once, for example), and mutated code that runs while a module loads has to run again.
 */
export class Modules {
  readonly #sources = new Map<string, string>();
  readonly #scripts = new Map<string, Script>();
  /** Files that a file imports, itself included, through others too. */
  readonly #needed = new Map<string, Set<string>>();
  readonly #packages = new Map<string, Exports>();
  /** By mutant: how often the code was run that it would change, under "count". */
  readonly hits: Float64Array = new Float64Array(MOST);

  /** Puts `exports` in place of a package. */
  replace(name: string, exports: Exports): void {
    this.#packages.set(name, { ...exports, __esModule: true });
  }

  /** Reads a file and all that it imports; packages are imported once for all. */
  async prepare(path: string): Promise<void> {
    if (this.#sources.has(path)) return;
    const source = readFileSync(path, "utf8");
    this.#sources.set(path, source);
    const code = compile(path, source);
    const needed = new Set([path]);
    this.#needed.set(path, needed);
    for (const [, name] of code.matchAll(/\brequire\("([^"]+)"\)/g)) {
      if (name!.startsWith(".")) {
        const imported = sourceOf(path, name!);
        await this.prepare(imported);
        for (const file of this.#needed.get(imported)!) needed.add(file);
      } else if (!this.#packages.has(name!)) this.replace(name!, (await import(name!)) as Exports);
    }
  }

  /** Compiles what {@link evaluate} will need: the compiler is another process, and must not be left in the middle of an answer. */
  compile(path: string, mutants: Mutants): void {
    for (const file of this.#needed.get(path)!) this.#script(file, mutants);
  }

  /** Evaluates a prepared file and all that it imports, none of it shared with other calls. */
  evaluate(path: string, mutants: Mutants): void {
    const loaded = new Map<string, { exports: Exports }>();
    const evaluate = (file: string): Exports => {
      const known = loaded.get(file);
      if (known !== undefined) return known.exports;
      const module = { exports: {} as Exports };
      loaded.set(file, module);
      const require: Require = (name) =>
        name.startsWith(".") ? evaluate(sourceOf(file, name)) : this.#packages.get(name);
      const wrapper = this.#script(file, mutants).runInThisContext() as Wrapper;
      wrapper(module.exports, require, module, pathToFileURL(file).href, this.hits);
      return module.exports;
    };
    evaluate(path);
  }

  #script(path: string, mutants: Mutants): Script {
    const source = this.#sources.get(path)!;
    const here =
      mutants === "count" ? "count" : source.includes(switchOf(mutants.only)) ? mutants.only : "none";
    const key = `${path}#${here}`;
    const known = this.#scripts.get(key);
    if (known !== undefined) return known;
    const code = compile(path, here === "count" ? counted(source) : keepOnly(source, here));
    const text = `(function (exports, require, module, __url, __hits) {${code}\n})`;
    const script = new Script(text, { filename: path });
    // One file of one mutant is soon forgotten; all the others are kept.
    for (const old of this.#scripts.keys()) if (/#\d+$/.test(old)) this.#scripts.delete(old);
    this.#scripts.set(key, script);
    return script;
  }
}

function switchOf(mutant: string): string {
  return `stryMutAct_9fa48("${mutant}")`;
}

const SWITCH = /stryMutAct_9fa48\("(\d+)"\)/g;
const COVER = /stryCov_9fa48\(((?:"\d+"(?:,\s*)?)+)\)/g;

/** Instrumented code calls a function at every mutant, which slows loops tenfold: all switches but one become constants, which the compiler folds. */
function keepOnly(source: string, mutant: string): string {
  return source.replace(SWITCH, (text, id: string) => (id === mutant ? text : "false")).replace(COVER, "0");
}

function counted(source: string): string {
  const count = (_: string, ids: string): string =>
    `(${[...ids.matchAll(/\d+/g)].map(([id]) => `__hits[${id}]++`).join(", ")})`;
  return source.replace(SWITCH, "false").replace(COVER, count);
}

function sourceOf(from: string, name: string): string {
  return resolve(dirname(from), name).replace(/\.js$/, ".ts");
}

function compile(path: string, source: string): string {
  const { code } = transformSync(source, {
    loader: path.endsWith(".json") ? "json" : "ts",
    format: "cjs",
    target: "node20",
    minifySyntax: true,
    define: { "import.meta.url": "__url" },
  });
  return code;
}
