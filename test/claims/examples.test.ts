import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { completeClaim, loadExtension } from "../../src/claims/extension.js";
import { PRESETS } from "../../src/claims/presets.js";
import { verify } from "../../src/claims/verify.js";
import { scratchFolder } from "../helpers/scratch.js";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const SMOKE = { ...PRESETS.smoke, seconds: Number.POSITIVE_INFINITY };
const EXAMPLES = ["ownClaim", "ownMethod", "ownNoise"];

describe("the examples of docs/claims.md", () => {
  it.each(EXAMPLES)("%s.ts has its claim decided by the smoke preset", async (name) => {
    const { claims, replicationModule } = await loadExtension(join(DOCS, "examples", `${name}.ts`));
    const { verdicts } = await verify(claims, { preset: SMOKE, seed: 1, workers: 1, replicationModule });
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(["holds"]);
    expect(replicationModule === undefined).toBe(name === "ownClaim");
  });

  it.each(EXAMPLES)("%s.ts has fewer than 30 lines, and the page shows it as it is", (name) => {
    const text = readFileSync(join(DOCS, "examples", `${name}.ts`), "utf8");
    expect(text.trimEnd().split("\n").length).toBeLessThan(30);
    expect(readFileSync(join(DOCS, "claims.md"), "utf8")).toContain(`\`\`\`ts\n${text}\`\`\``);
  });
});

describe("a user's claim", () => {
  const test = { kind: "ordering", pairs: [] } as const;

  it("needs an id, a title and a test; the rest is empty", () => {
    expect(completeClaim("f.ts", { id: "a.b", title: "t", test })).toMatchObject({
      group: "a",
      assumptions: [],
      formula: "",
    });
  });

  it.each([
    [{ title: "t", test }, /f\.ts: claim without an id: id/],
    [{ id: 'a"><b', title: "t", test }, /id must be letters/],
    [{ id: "a", test }, /claim a: title/],
    [{ id: "a", title: "t", test: { kind: "guess" } }, /test\.kind must be one of rate.*guess/],
    [{ id: "a", title: "t", test, source: 3 }, /source must be a text/],
    [{ id: "a", title: "t", test, assumptions: "none" }, /assumptions must be a list/],
    [{ id: "a", title: "t", test, presets: ["huge"] }, /presets must be a list of smoke, quick, full/],
    [{ id: "a", title: "t", test, presets: "full" }, /presets must be a list/],
  ])("%# with a wrong field is one clear error", (claim, message) => {
    expect(() => completeClaim("f.ts", claim as never)).toThrow(message);
  });

  it("a file that does not exist or has no claims is named", async () => {
    await expect(loadExtension(join(scratchFolder(), "none.mjs"))).rejects.toThrow(/--with .*none\.mjs/);
    await expect(loadExtension(join(DOCS, "..", "src/core/errors.ts"))).rejects.toThrow(/a list `claims`/);
  });
});
