import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Modules } from "../scripts/mutation/modules.js";
import { Registry } from "../scripts/mutation/registry.js";
import { runGuarded } from "../scripts/mutation/runGuarded.js";

describe("the registry", () => {
  test("keeps declarations in order, with groups, rows and names that differ", () => {
    const registry = new Registry();
    const { describe: group, it } = registry.exports() as {
      describe: (name: string, body: () => void) => void;
      it: ((name: string, body: () => void) => void) & {
        each: (rows: unknown[]) => (name: string, body: (...row: number[]) => void) => void;
      };
    };
    const seen: number[][] = [];
    const tests = registry.declaredBy(() => {
      group("a", () => {
        it("same", () => {});
        it("same", () => {});
        it.each([
          [1, 2],
          [3, 4],
        ])("%d", (...row) => seen.push(row));
      });
      it.each([5])("row", (...row) => seen.push(row));
    });
    expect(tests.map((t) => t.name)).toEqual(["a > same", "a > same (2)", "a > 1", "a > 3", "row"]);
    expect(seen).toEqual([]);
    for (const t of tests) t.run();
    expect(seen).toEqual([[1, 2], [3, 4], [5]]);
  });
});

describe("a guarded run", () => {
  test("tells what passes, fails and hangs apart", async () => {
    expect(await runGuarded(() => 1, 1000)).toEqual({ kind: "passed" });
    const failing = async (): Promise<never> => Promise.reject(new Error("no"));
    expect(await runGuarded(failing, 1000)).toEqual({ kind: "failed", message: "no" });
    const endless = (): void => {
      for (;;);
    };
    expect((await runGuarded(endless, 20)).kind).toBe("hung");
  });
});

describe("modules", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "modules-"));
    const call = (name: string, ...ids: string[]) =>
      `${name}_9fa48(${ids.map((id) => `"${id}"`).join(", ")})`;
    writeFileSync(
      join(folder, "counter.ts"),
      `let n: number = 0; export const next = (): number => ${call("stryMutAct", "4")} ? n-- : (${call("stryCov", "4")}, ++n);`,
    );
    writeFileSync(
      join(folder, "main.ts"),
      `import { next } from "./counter.js"; import { report } from "sink"; report(next(), next());`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("are evaluated anew each time, count visits, and keep one mutant", async () => {
    const modules = new Modules();
    const seen: number[][] = [];
    modules.replace("sink", { report: (...values: number[]) => seen.push(values) });
    const main = join(folder, "main.ts");
    await modules.prepare(main);
    modules.evaluate(main, "count");
    modules.evaluate(main, "count");
    expect(modules.hits[4]).toBe(4);
    modules.evaluate(main, { only: "3" });
    const holder = globalThis as { stryMutAct_9fa48?: (id: string) => boolean };
    holder.stryMutAct_9fa48 = (id) => id === "4";
    modules.evaluate(main, { only: "4" });
    delete holder.stryMutAct_9fa48;
    expect(seen).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [0, -1],
    ]);
    expect(modules.hits[4]).toBe(4);
  });
});
