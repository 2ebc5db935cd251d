import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { VERSION } from "../../src/study/version.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The files that a source file imports, itself included, and the packages at the end; types leave no trace. */
function importsOf(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, "utf8").replace(/^(import|export) type [^;]*;/gm, "");
  for (const [, target] of text.matchAll(/^(?:import|export)[^;]*?from "([^"]+)";|^import "([^"]+)";/gm)) {
    if (target!.startsWith(".")) importsOf(join(dirname(file), target!.replace(/\.js$/, ".ts")), seen);
    else seen.add(target!);
  }
  return seen;
}

describe("the package", () => {
  test("knows its own version", () => {
    expect(VERSION).toBe(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version);
  });

  test("the in-process runner and the replication need nothing of Node: they run in a browser", () => {
    for (const file of ["simulateInProcess.ts", "replication.ts", "resolveStudy.ts"]) {
      const imports = [...importsOf(join(ROOT, "src/study", file))];
      expect(imports.length).toBeGreaterThan(5);
      expect(imports.filter((name) => name.startsWith("node:") || name === "piscina")).toEqual([]);
    }
    expect([...importsOf(join(ROOT, "src/study/runStudy.ts"))]).toContain("piscina");
  });
});
