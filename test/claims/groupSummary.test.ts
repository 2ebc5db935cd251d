import { describe, expect, it } from "vitest";
import { CLAIMS, GROUPS } from "../../src/claims/catalogue/catalogue.js";
import { countText, seenText } from "../../src/claims/groupSummary.js";
import type { ClaimVerdict, VerdictWord } from "../../src/claims/verdict.js";

const verdict = (changes: Partial<ClaimVerdict>): ClaimVerdict => changes as ClaimVerdict;
const words = (...list: VerdictWord[]): string => countText(list.map((word) => verdict({ verdict: word })));

describe("the summary of a group", () => {
  it("counts, and names what is violated before what is open", () => {
    expect(words("holds")).toBe("holds");
    expect(words("inconclusive")).toBe("open");
    expect(words("holds", "holds")).toBe("both hold");
    expect(words("holds", "holds", "holds")).toBe("all 3 hold");
    expect(words("holds", "inconclusive", "holds")).toBe("2 of 3 hold, 1 open");
    expect(words("holds", "violated", "inconclusive")).toBe("1 of 3 violated, 1 open");
    expect(words("violated", "violated")).toBe("both violated");
  });

  it("shows the numbers with their intervals, the text of an identity, and nothing of what was not run", () => {
    const group = {
      id: "X",
      title: "",
      question: "",
      controls: [],
      summary: {
        theory: "",
        seen: [
          ["slope in n", "X.a"],
          ["", "X.b"],
          ["p", "X.c"],
        ] as const,
      },
    };
    const measured = (text: string, value: number | null, interval: readonly [number, number] | null) => ({
      measured: { text, value, interval },
    });
    const verdicts = [
      verdict({ id: "X.a", kind: "rate", ...measured("slope", -0.5, [-0.515, -0.485]) }),
      verdict({ id: "X.b", kind: "identity", ...measured("equal in all 12", 0, null) }),
    ];
    expect(seenText(group, verdicts)).toBe("slope in n: −0.500 ± 0.015; equal in all 12");
    expect(seenText({ ...group, summary: { theory: "", seen: [] } }, verdicts)).toBe("");
  });

  it("every group of the toolkit has one, of claims of its own, which every preset tests where any does", () => {
    for (const { id, summary } of GROUPS) {
      expect(summary?.theory, id).toBeTruthy();
      const always = CLAIMS.some(({ group, presets }) => group === id && presets === undefined);
      for (const [, shown] of summary!.seen) {
        const claim = CLAIMS.find((one) => one.id === shown);
        expect(claim?.group, shown).toBe(id);
        if (always) expect(claim?.presets, shown).toBeUndefined();
      }
    }
  });
});
