import { describe, expect, it } from "vitest";
import { CLAIMS } from "../../../src/claims/catalogue/catalogue.js";
import { PRESETS, VIOLATED_LEVEL } from "../../../src/claims/presets.js";
import { selectClaims } from "../../../src/claims/selectClaims.js";
import { failsRun } from "../../../src/claims/verdict.js";
import { verify } from "../../../src/claims/verify.js";

/** The smoke preset as a machine without haste runs it: what it finds is then a function of the seed alone. */
const SMOKE = { ...PRESETS.smoke, seconds: Number.POSITIVE_INFINITY };

/** Runs some claims at the smoke preset and returns those that are violated, at the level that they would have to meet among all claims. */
async function violated(module: string | null, ids: readonly string[], seed = 5): Promise<string[]> {
  const replicationModule = module === null ? undefined : new URL(`./${module}.ts`, import.meta.url).href;
  const { verdicts } = await verify(selectClaims(CLAIMS, ids), {
    preset: SMOKE,
    seed,
    workers: 1,
    replicationModule,
  });
  return verdicts
    .filter((verdict) => failsRun(verdict) && verdict.pValues.violated <= VIOLATED_LEVEL / CLAIMS.length)
    .map(({ id }) => id);
}

describe("a planted defect is caught by the smoke preset", () => {
  it.each([
    ["flippedLabels", ["C4.better", "C4.few-help"], ["C4.better", "C4.few-help"]],
    ["hardThreshold", ["C3.value"], ["C3.value"]],
    ["invertedFilter", ["C2.alpha", "C2.better", "N6.helps"], ["C2.alpha", "C2.better", "N6.helps"]],
    ["noNormalization", ["C2.standard-flat", "C2.value"], ["C2.standard-flat", "C2.value"]],
    ["headWithoutW1", ["C6.between", "C6.floor"], ["C6.floor"]],
    ["wrongNoise", ["C6.no-transfer", "C1.value"], ["C6.no-transfer"]],
  ])("%s", async (module, ids, expected) => {
    expect(await violated(module, ids)).toEqual(expected);
  });

  it("the same claims hold their ground without a defect", async () => {
    expect(await violated(null, ["C2", "C6.no-transfer", "C1.value", "C4.better"])).toEqual([]);
  });
});
