import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CLAIMS, GROUPS } from "../../../src/claims/catalogue/catalogue.js";
import { seriesOf, studiesOf } from "../../../src/claims/claim.js";
import { PRESETS } from "../../../src/claims/presets.js";
import { selectClaims } from "../../../src/claims/selectClaims.js";
import { verify } from "../../../src/claims/verify.js";
import { deepClaimModule, deepClaims } from "../../../src/deep/claims/deepClaims.js";
import { builtInStudy } from "../../../src/deep/study/builtIn.js";
import { scratchFolder } from "../../helpers/scratch.js";

const { claims, groups } = deepClaims(null);

describe("the claims on networks", () => {
  test("have ids of their own, a group each, and run at the full preset alone", () => {
    const ids = [...CLAIMS, ...claims].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { group, presets } of claims) {
      expect(groups.map(({ id }) => id)).toContain(group);
      expect(presets).toEqual(["full"]);
    }
    expect(GROUPS.map(({ id }) => id).filter((id) => groups.some((one) => one.id === id))).toEqual([]);
    expect(selectClaims([...CLAIMS, ...claims], [], "quick")).toEqual(selectClaims(CLAIMS, [], "quick"));
  });

  test("speak of arms that their built-in study has", () => {
    const folder = scratchFolder();
    for (const { test: one } of claims) {
      for (const { study, method } of seriesOf(one)) {
        const name = study.name!.replace(/^deep-/, "");
        const { methods } = builtInStudy(name, "full", folder) as unknown as { methods: { name: string }[] };
        expect(methods.map((arm) => arm.name)).toContain(method);
        expect(study.methods!.map((arm) => (arm as { name: string }).name)).toContain(method);
      }
    }
  });

  test("on digits are skipped with the reason where no folder, a folder that is not there, or one without the sets is given; the teacher needs none", async () => {
    const reasonOf = async (group: string, folder: string | null): Promise<string | null> => {
      const claim = deepClaims(folder).claims.find((one) => one.group === group)!;
      return (await studiesOf(claim)[0]!.missing!()) ?? null;
    };
    const empty = join(scratchFolder(), "empty");
    mkdirSync(empty);
    for (const group of ["D2", "D3", "D4"]) {
      expect(await reasonOf(group, null)).toContain("--data DIR");
      expect(await reasonOf(group, "/nowhere")).toContain("/nowhere");
      expect(await reasonOf(group, empty)).toContain("mnist");
    }
    expect(await reasonOf("D1", null)).toBeNull();
    const skipped = claims.filter(({ group }) => group !== "D1");
    const { verdicts } = await verify(skipped, { preset: PRESETS.smoke, seed: 1, workers: 1 });
    expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(["skipped"]));
    for (const { notes } of verdicts) expect(notes.join()).toContain("advtransfer deep data fetch mnist");
  });

  test("the module of a claim has its study and its folder in the URL", () => {
    const { searchParams, pathname } = new URL(deepClaimModule("noisy-digits", "a folder & more"));
    expect(pathname).toMatch(/deepClaimReplication\.(ts|js)$/);
    expect([searchParams.get("study"), searchParams.get("data")]).toEqual([
      "noisy-digits",
      "a folder & more",
    ]);
    expect(new URL(deepClaimModule("teacher", null)).searchParams.has("data")).toBe(false);
  });
});
