import { describe, expect, it } from "vitest";
import { CLAIMS, GROUPS } from "../../src/claims/catalogue/catalogue.js";
import type { Claim, ClaimStudy, ClaimTest } from "../../src/claims/claim.js";
import { PRESETS, type Preset } from "../../src/claims/presets.js";
import { selectClaims, withControls } from "../../src/claims/selectClaims.js";
import { controlText, withTrust } from "../../src/claims/trust.js";
import { type ClaimVerdict, failsRun } from "../../src/claims/verdict.js";
import { verify } from "../../src/claims/verify.js";

const study: ClaimStudy = {
  name: "tiny",
  problem: { dimension: 20, rank: 1, tasks: 12, labeled: 20 },
  methods: [{ name: "standard" }, { name: "again" }, { name: "raw", aggregation: "raw" }],
  vary: { "problem.labeled": [10, 40, 160] },
};
const of = (method: string, labeled?: number) => ({
  study,
  method,
  ...(labeled === undefined
    ? {}
    : { where: (cell: { problem: { labeled: number } }) => cell.problem.labeled === labeled }),
});

function claim(id: string, test: ClaimTest, changes: Partial<Claim> = {}): Claim {
  return {
    id,
    group: id.split(".")[0]!,
    title: id,
    formula: "x",
    source: "this test",
    assumptions: [],
    refutedBy: "",
    varied: "n",
    test,
    ...changes,
  };
}

const TINY: Preset = { name: "smoke", replications: 8, looks: 2, seconds: Number.POSITIVE_INFINITY };
const labels = claim("X.labels", {
  kind: "ordering",
  pairs: [{ smaller: of("standard", 160), larger: of("standard", 10) }],
});
const reversed = claim("Y.reversed", {
  kind: "ordering",
  pairs: [{ smaller: of("standard", 10), larger: of("standard", 160) }],
});
const tie = claim("Z.tie", {
  kind: "value",
  of: [of("raw", 40)],
  equals: [of("standard", 40)],
  margin: 1e-9,
});
const same = claim("X.same", { kind: "identity", a: of("again"), b: of("standard") });

describe("verify", () => {
  it("finds what is true, what is false and what the data cannot say", async () => {
    const { verdicts, ended } = await verify([labels, reversed, tie, same], {
      preset: TINY,
      seed: 1,
      workers: 1,
    });
    expect(Object.fromEntries(verdicts.map(({ id, verdict }) => [id, verdict]))).toEqual({
      "X.labels": "holds",
      "Y.reversed": "violated",
      "Z.tie": "inconclusive",
      "X.same": "holds",
    });
    expect(ended).toBe("looks");
  });

  it("gives the same verdicts for any number of workers", async () => {
    const run = (workers: number) => verify([labels, tie, same], { preset: TINY, seed: 3, workers });
    const [one, two] = [await run(1), await run(2)];
    expect(two.verdicts).toEqual(one.verdicts);
    expect(two.replications).toBe(one.replications);
  });

  it("looks again only at what is open, and draws the same replications whatever else is asked", async () => {
    const alone = await verify([tie], { preset: TINY, seed: 1, workers: 1 });
    const together = await verify([labels, tie], { preset: TINY, seed: 1, workers: 1 });
    expect(together.verdicts[1]!.measured).toEqual(alone.verdicts[0]!.measured);
    expect(together.verdicts[0]!.looks).toBe(1);
    expect(together.verdicts[1]!.looks).toBe(2);
    const longer = await verify([tie], {
      preset: { ...TINY, replications: 16, looks: 1 },
      seed: 1,
      workers: 1,
    });
    expect(longer.verdicts[0]!.measured).toEqual(alone.verdicts[0]!.measured);
    expect(longer.studies[0]!.rows).toEqual(alone.studies[0]!.rows);
  });

  it("announces every verdict once, decided ones before the open ones", async () => {
    const seen: string[] = [];
    await verify([tie, labels, same], {
      preset: TINY,
      seed: 1,
      workers: 1,
      onVerdict: ({ id }) => seen.push(id),
    });
    expect(seen.at(-1)).toBe("Z.tie");
    expect([...seen].sort()).toEqual(["X.labels", "X.same", "Z.tie"]);
  });

  it("makes the first look whatever the time, and no second one when the time is up", async () => {
    const { verdicts, ended } = await verify([labels, tie], {
      preset: { ...TINY, seconds: 0 },
      seed: 1,
      workers: 1,
    });
    expect(ended).toBe("time");
    expect(verdicts.map(({ looks }) => looks)).toEqual([1, 1]);
  });

  it("keeps what was decided when it is interrupted", async () => {
    const controller = new AbortController();
    const { verdicts, ended } = await verify([labels, tie], {
      preset: { ...TINY, looks: 10 },
      seed: 1,
      workers: 1,
      signal: controller.signal,
      onVerdict: () => controller.abort(),
    });
    expect(ended).toBe("interrupted");
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(["holds", "inconclusive"]);
  });

  it("a study whose replications all fail decides nothing and says why", async () => {
    const module = new URL("../helpers/standInReplication.ts", import.meta.url).href;
    const failing = { ...study, name: "failing", problem: { ...study.problem, target: { norm: 17 } } };
    const test: ClaimTest = {
      kind: "ordering",
      pairs: [{ smaller: { study: failing, method: "standard" }, larger: { study: failing, method: "raw" } }],
    };
    const { verdicts } = await verify([claim("F.fails", test)], {
      preset: TINY,
      seed: 1,
      workers: 1,
      replicationModule: module,
    });
    expect(verdicts[0]!.verdict).toBe("inconclusive");
    expect(verdicts[0]!.failures).toBe(3 * 16);
    expect(verdicts[0]!.notes.join()).toContain("NaN");
    expect(failsRun(verdicts[0]!)).toBe(true);
  });

  it("says how many more replications an open claim needs, and does decide with them", async () => {
    const close = claim("X.close", {
      kind: "ordering",
      pairs: [{ smaller: of("standard", 40), larger: of("standard", 10) }],
      factor: 0.42,
    });
    const first = await verify([close], { preset: { ...TINY, looks: 1 }, seed: 1, workers: 1 });
    const { verdict, moreReplications } = first.verdicts[0]!;
    expect(verdict).toBe("inconclusive");
    expect(moreReplications).toBeGreaterThan(0);
    const replications = 2 * (8 + moreReplications!);
    const second = await verify([close], {
      preset: { ...TINY, replications, looks: 2 },
      seed: 1,
      workers: 1,
    });
    expect(second.verdicts[0]!.verdict).not.toBe("inconclusive");
  });
});

describe("a bound", () => {
  it("has its constant from the first look of the fitted half alone", async () => {
    const bound = claim("X.bound", {
      kind: "bound",
      of: of("standard"),
      form: ({ problem }) => problem.labeled ** -0.5,
      fitOn: ({ problem }) => problem.labeled === 10,
      slack: 0.2,
    });
    const one = await verify([bound, tie], { preset: { ...TINY, looks: 1 }, seed: 1, workers: 1 });
    const two = await verify([{ ...bound, test: { ...bound.test } as ClaimTest }, tie], {
      preset: TINY,
      seed: 1,
      workers: 1,
    });
    expect(two.verdicts[0]!.predicted).toBe(one.verdicts[0]!.predicted);
  });
});

describe("controls", () => {
  const verdict = (id: string, word: ClaimVerdict["verdict"], informative = false): ClaimVerdict =>
    ({ id, group: id.split(".")[0]!, verdict: word, informative, trustworthy: true }) as ClaimVerdict;
  const groups = [
    { id: "C", title: "", question: "", controls: ["N"] },
    { id: "N", title: "", question: "", controls: [] },
  ];

  it("that are violated make the verdicts of their claims untrustworthy, and no others", () => {
    const marked = withTrust(
      [verdict("C.a", "holds"), verdict("N.a", "violated"), verdict("D.a", "holds")],
      groups,
    );
    expect(marked.map(({ trustworthy }) => trustworthy)).toEqual([false, true, true]);
    expect(withTrust([verdict("C.a", "holds"), verdict("N.a", "inconclusive")], groups)[0]!.trustworthy).toBe(
      true,
    );
  });

  it("are put in words", () => {
    expect(controlText(groups[0]!, [verdict("N.a", "holds"), verdict("N.b", "violated")])).toBe("N violated");
    expect(controlText(groups[0]!, [verdict("N.a", "holds"), verdict("N.b", "inconclusive")])).toBe("N open");
    expect(controlText(groups[0]!, [])).toBe("N not run");
  });
});

describe("the catalogue", () => {
  it("has unique ids that begin with their group, and every group and control exists", () => {
    const ids = CLAIMS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const groups = GROUPS.map(({ id }) => id);
    for (const { id, group } of CLAIMS)
      expect(id.startsWith(`${group}.`) && groups.includes(group)).toBe(true);
    for (const { controls } of GROUPS) for (const id of controls) expect(groups).toContain(id);
    expect(groups.filter((id) => /^[CN]/.test(id))).toHaveLength(12);
  });

  it("names different studies differently", () => {
    const studies = new Set(CLAIMS.flatMap(({ test }) => seriesStudies(test)));
    expect(new Set([...studies].map(({ name }) => name)).size).toBe(studies.size);
  });

  it("is selected by claim, by group, in any case; an unknown id names its neighbours", () => {
    expect(selectClaims(CLAIMS, ["c1.LABELS"]).map(({ id }) => id)).toEqual(["C1.labels"]);
    expect(selectClaims(CLAIMS, ["N4"]).map(({ id }) => id)).toEqual(["N4.subspace", "N4.risk"]);
    expect(selectClaims(CLAIMS, [])).toEqual(CLAIMS);
    expect(() => selectClaims(CLAIMS, ["C1.label"])).toThrow(/C1\.label/);
  });

  it("leaves a claim of the full preset out of the others, unless its own id is named", () => {
    const costly = claim("X.costly", labels.test, { presets: ["full"] });
    const all = [labels, costly, tie];
    const ids = (named: readonly string[], preset: "smoke" | "quick" | "full") =>
      selectClaims(all, named, preset).map(({ id }) => id);
    expect(ids([], "quick")).toEqual(["X.labels", "Z.tie"]);
    expect(ids(["x"], "smoke")).toEqual(["X.labels"]);
    expect(ids([], "full")).toEqual(["X.labels", "X.costly", "Z.tie"]);
    expect(ids(["x"], "full")).toEqual(["X.labels", "X.costly"]);
    expect(ids(["x.COSTLY"], "smoke")).toEqual(["X.costly"]);
    expect(() => selectClaims([costly], ["X"], "quick")).toThrow(/preset quick/);
  });

  it("a claim brings the controls of its group, each once, and a control brings nothing", () => {
    const run = (ids: readonly string[]) => withControls(selectClaims(CLAIMS, ids), CLAIMS, GROUPS);
    const { claims: found, added } = run(["C2.alpha"]);
    expect(added).toEqual(["N1", "N4", "N6"]);
    expect(found.map(({ id }) => id)).toEqual([
      "C2.alpha",
      "N1.identical",
      "N1.beyond",
      "N4.subspace",
      "N4.risk",
      "N6.hurts",
      "N6.helps",
    ]);
    expect(run(["C2", "N1", "N4", "N6"]).added).toEqual([]);
    expect(run(["N1"])).toEqual({ claims: selectClaims(CLAIMS, ["N1"]), added: [] });
    expect(run([])).toEqual({ claims: CLAIMS, added: [] });
    // A claim that the preset does not test is kept when it was named.
    const costly = claim("C2.costly", labels.test, { group: "C2", presets: ["full"] });
    expect(withControls([costly], CLAIMS, GROUPS).claims[0]).toBe(costly);
  });

  it("presets grow", () => {
    expect(PRESETS.smoke.seconds).toBeLessThan(PRESETS.quick.seconds);
    expect(PRESETS.quick.seconds).toBeLessThan(60);
    expect(PRESETS.full.seconds).toBeLessThanOrEqual(900);
  });
});

function seriesStudies(test: ClaimTest): ClaimStudy[] {
  const found: ClaimStudy[] = [];
  JSON.stringify(test, (key, item) => {
    if (key === "study") found.push(item as ClaimStudy);
    return item;
  });
  return found;
}
