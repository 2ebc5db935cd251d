import { format } from "node:util";

export interface RegisteredTest {
  readonly name: string;
  readonly run: () => unknown;
}

type Body = (...row: never[]) => unknown;
/** (name, body) or (name, options, body). */
type Declare = (name: string, ...rest: unknown[]) => void;

/** The part of Vitest's interface that the tests use, which keeps what is declared instead of running it. */
export class Registry {
  #tests: RegisteredTest[] = [];
  readonly #path: string[] = [];
  readonly #finished: (() => void)[] = [];

  /** The tests that `load` declares. */
  declaredBy(load: () => void): readonly RegisteredTest[] {
    this.#tests = [];
    this.#path.length = 0;
    load();
    return this.#tests;
  }

  /** What `import ... from "vitest"` gives, without what comes from Vitest itself (expect, vi). */
  exports(): Record<string, unknown> {
    const test = withEach((name, ...given) => this.#declare(name, bodyOf(given)));
    const describe = withEach((name, ...given) => {
      this.#path.push(name);
      bodyOf(given)();
      this.#path.pop();
    });
    return { describe, test, it: test, onTestFinished: (done: () => void) => this.#finished.push(done) };
  }

  #declare(name: string, body: Body): void {
    const context = { annotate: () => undefined } as never;
    const full = [...this.#path, name].join(" > ");
    const same = this.#tests.filter((other) => other.name.replace(/ \(\d+\)$/, "") === full).length;
    this.#tests.push({
      name: same === 0 ? full : `${full} (${same + 1})`,
      run: () => {
        try {
          return body(context);
        } finally {
          for (const done of this.#finished.splice(0)) done();
        }
      },
    });
  }
}

function bodyOf(given: readonly unknown[]): Body {
  return given.find((x) => typeof x === "function") as Body;
}

function withEach(declare: Declare): Declare {
  const each = (rows: readonly unknown[]): Declare => {
    return (name, ...given) => {
      const body = bodyOf(given);
      for (const row of rows) {
        const values = (Array.isArray(row) ? row : [row]) as never[];
        const placeholders = name.match(/%[dsifjoO]/g)?.length ?? 0;
        declare(format(name, ...values.slice(0, placeholders)), () => body(...values));
      }
    };
  };
  return Object.assign(declare, { each });
}
