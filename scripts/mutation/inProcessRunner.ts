import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { InstrumenterContext } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
} from "@stryker-mutator/api/test-runner";
import { Modules, type Mutants } from "./modules.js";
import { quickProperties } from "./quickProperties.js";
import { Registry } from "./registry.js";
import { type Outcome, runGuarded } from "./runGuarded.js";

/** What sees the mutated folders: their unit tests, and the lemmas. */
const FOLDERS = [
  "test/numerics",
  "test/training",
  "test/transfer",
  "test/theory",
  "test/random",
  "proofs-checks",
];
/** Not these: one watches the garbage collector of a whole process, the other predicts a whole grid as it loads, as published.test.ts does in parts. */
const LEFT_OUT = ["test/training/memory.test.ts", "test/theory/simulatedGrid.test.ts"];
/** Only test files of such names. */
const ONLY = new RegExp(process.env.MUTATION_TESTS ?? "");
/** When to stop (a date); mutants that are left are reported as errors, which have no part in a score. */
const UNTIL: number = Date.parse(process.env.MUTATION_UNTIL ?? "9999-01-01");
/** A test that takes more processor time than this without mutants, in ms, is run for the file that it mirrors only. */
const SLOWEST: number = Number(process.env.MUTATION_SLOWEST ?? 150);
/** Tests quicker than this, in ms of processor time, come first. */
const QUICK = 15;
/** Where the process that made the dry run leaves the time of each test for the others. */
const TIMES = "mutation-times.json";

/** The tests of one file, by name. */
type Names = Map<string, Set<string>>;
type Visit = (id: string, outcome: Outcome, time: number) => boolean;

/**
 * A test runner for Stryker that runs Vitest test files inside its own process, from fresh modules for every mutant. To start Vitest for each of
 * some thousand mutants takes seconds each; this takes milliseconds.
 */
class InProcessRunner implements TestRunner {
  readonly #modules = new Modules();
  readonly #registry = new Registry();
  readonly #files: string[] = [];
  #times: Record<string, number> = {};
  /** Times of tests that seemed to hang, alone and in fresh modules: what an earlier test left in a cache must be made again then. */
  readonly #alone = new Map<string, number>();

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    const { expect, vi } = await import("vitest");
    this.#modules.replace("vitest", { ...this.#registry.exports(), expect, vi });
    this.#modules.replace("fast-check", await quickProperties());
    for (const folder of FOLDERS) {
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
        const path = `${folder}/${name}`;
        if (!/\.(test|check)\.ts$/.test(name) || LEFT_OUT.includes(path) || !ONLY.test(path)) continue;
        this.#files.push(path);
        await this.#modules.prepare(resolve(path));
      }
    }
  }

  async dryRun(): Promise<DryRunResult> {
    const mutantCoverage: Coverage = { static: {}, perTest: {} };
    const tests: TestResult[] = [];
    const { hits } = this.#modules;
    for (const file of this.#files) {
      let loading = hits;
      hits.fill(0);
      let failure: string | null = null;
      const loaded = (): void => {
        loading = hits.slice();
        hits.fill(0);
      };
      const visit: Visit = (id, outcome, time) => {
        if (outcome.kind !== "passed") failure ??= `${id}: ${outcome.message}`;
        this.#times[id] = time;
        tests.push({
          id,
          name: id,
          fileName: resolve(file),
          timeSpentMs: time,
          status: TestStatus.Success,
        });
        const covered: Record<string, number> = {};
        // Code that ran while the file was loaded belongs to each of its tests.
        hits.forEach((count, mutant) => {
          if (count + loading[mutant]! > 0) covered[mutant] = count + loading[mutant]!;
        });
        mutantCoverage.perTest[id] = covered;
        hits.fill(0);
        return true;
      };
      await this.#runFile(file, null, "count", Infinity, visit, loaded);
      if (failure !== null) return { status: DryRunStatus.Error, errorMessage: failure };
    }
    writeFileSync(TIMES, JSON.stringify(this.#times));
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    if (Object.keys(this.#times).length === 0 && existsSync(TIMES)) {
      this.#times = JSON.parse(readFileSync(TIMES, "utf8"));
    }
    if (Date.now() > UNTIL) return { status: MutantRunStatus.Error, errorMessage: "out of time" };
    const own = testOf(options.activeMutant.fileName);
    const ids = (options.testFilter ?? Object.keys(this.#times)).filter(
      (id) => this.#times[id]! <= SLOWEST || id.startsWith(`${own}#`),
    );
    const context = instrumenterContext();
    context.activeMutant = options.activeMutant.id;
    context.hitCount = 0;
    context.hitLimit = options.hitLimit ?? Infinity;
    const found: { result: MutantRunResult } = {
      result: { status: MutantRunStatus.Survived, nrOfTests: ids.length },
    };
    let count = 0;
    let doubtful: string | null = null;
    const visit: Visit = (id, outcome) => {
      count++;
      const overLimit = context.hitCount! > context.hitLimit!;
      if (outcome.kind === "hung" && !overLimit && !id.endsWith("#load") && !this.#alone.has(id)) {
        doubtful = id;
        return false;
      }
      if (outcome.kind === "passed" && !overLimit) return true;
      found.result =
        outcome.kind === "hung" || overLimit
          ? { status: MutantRunStatus.Timeout, reason: overLimit ? "hit limit" : `${id} hangs` }
          : {
              status: MutantRunStatus.Killed,
              killedBy: [id],
              failureMessage: outcome.kind === "failed" ? outcome.message : "",
              nrOfTests: count,
            };
      return false;
    };
    const quick = (id: string): boolean => this.#times[id]! <= QUICK;
    const mutants: Mutants = { only: options.activeMutant.id };
    for (const part of [ids.filter(quick), ids.filter((id) => !quick(id))]) {
      for (const [file, names] of byFile(part, this.#times, own)) {
        do {
          if (doubtful !== null) await this.#timeAlone(doubtful);
          doubtful = null;
          if (found.result.status === MutantRunStatus.Survived)
            await this.#runFile(file, names, mutants, 1, visit);
        } while (doubtful !== null);
      }
    }
    const { result } = found;
    if (result.status === MutantRunStatus.Killed) await this.#confirm(result.killedBy[0]!);
    return result;
  }

  /** What killed a mutant must pass without it, in the same process: else something was left behind there, and Stryker starts another process. */
  async #confirm(id: string, patience: number = 10): Promise<number> {
    const file = id.slice(0, id.indexOf("#"));
    const name = id.slice(file.length + 1);
    let taken = 0;
    const visit: Visit = (_, outcome, time) => {
      if (outcome.kind !== "passed") throw new Error(`${id} fails without a mutant: ${outcome.message}`);
      taken = time;
      return true;
    };
    await this.#runFile(file, new Set([name]), { only: "none" }, patience, visit);
    return taken;
  }

  async #timeAlone(id: string): Promise<void> {
    this.#alone.set(id, await this.#confirm(id, 1000));
  }

  /** Runs some tests of one file (null: all), quickest first; false when `visit` wanted no more. */
  async #runFile(
    file: string,
    names: ReadonlySet<string> | null,
    mutants: Mutants,
    patience: number,
    visit: Visit,
    loaded?: () => void,
  ): Promise<boolean> {
    let tests: ReturnType<Registry["declaredBy"]> = [];
    this.#modules.compile(resolve(file), mutants);
    const load = await runGuarded(() => {
      tests = this.#registry.declaredBy(() => this.#modules.evaluate(resolve(file), mutants));
    }, patience * 5000);
    if (load.kind !== "passed") return visit(`${file}#load`, load, 0);
    loaded?.();
    const time = (name: string): number => this.#times[`${file}#${name}`] ?? 0;
    const longest = (name: string): number => Math.max(time(name), this.#alone.get(`${file}#${name}`) ?? 0);
    const wanted = tests.filter(({ name }) => names?.has(name) ?? true);
    wanted.sort((a, b) => time(a.name) - time(b.name));
    for (const test of wanted) {
      const id = `${file}#${test.name}`;
      const before = process.cpuUsage();
      const outcome = await runGuarded(test.run, patience * (500 + 5 * longest(test.name)));
      const { user, system } = process.cpuUsage(before);
      if (!visit(id, outcome, (user + system) / 1000)) return false;
    }
    return true;
  }
}

type Coverage = NonNullable<InstrumenterContext["mutantCoverage"]>;

function instrumenterContext(): InstrumenterContext {
  const holder = globalThis as { __stryker__?: InstrumenterContext };
  holder.__stryker__ ??= {};
  return holder.__stryker__;
}

/** The test file that mirrors a source file. */
function testOf(source: string): string {
  return source.replace(/^.*\/src\//, "test/").replace(/\.ts$/, ".test.ts");
}

/** The file `own` first, then those with the least work. */
function byFile(
  ids: readonly string[],
  times: Readonly<Record<string, number>>,
  own: string,
): [string, Set<string>][] {
  const files: Names = new Map();
  const work = new Map<string, number>();
  for (const id of ids) {
    const file = id.slice(0, id.indexOf("#"));
    if (!files.has(file)) files.set(file, new Set());
    files.get(file)!.add(id.slice(file.length + 1));
    work.set(file, (work.get(file) ?? 0) + times[id]!);
  }
  work.set(own, 0);
  return [...files].sort((a, b) => work.get(a[0])! - work.get(b[0])!);
}

export const strykerPlugins: unknown[] = [
  declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessRunner),
];
