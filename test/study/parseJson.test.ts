import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AdvTransferError } from "../../src/core/errors.js";
import { parseJson } from "../../src/study/parseJson.js";

function refusal(text: string): string {
  try {
    parseJson(text, "s.json");
  } catch (error) {
    expect(error).toBeInstanceOf(AdvTransferError);
    return (error as AdvTransferError).describe();
  }
  throw new Error(`accepted: ${text}`);
}

describe("parseJson", () => {
  test("always: reads what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseJson(text, "x")).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test("never accepts a text that JSON.parse refuses", () => {
    const broken = fc.tuple(
      fc.jsonValue(),
      fc.nat(),
      fc.constantFrom("", ",", "]", "}", '"', "x", "0", "-", "\\"),
    );
    fc.assert(
      fc.property(broken, ([value, at, piece]) => {
        const text = JSON.stringify(value);
        const cut = text.length === 0 ? 0 : at % (text.length + 1);
        const mutated = text.slice(0, cut) + piece + text.slice(cut + 1);
        let legal = true;
        try {
          JSON.parse(mutated);
        } catch {
          legal = false;
        }
        if (!legal) refusal(mutated);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["", "s.json:1:1", "end of the file"],
    ["{", "s.json:1:2", "a key in double quotes"],
    ['{"a":1,}', "s.json:1:8", "Remove the comma"],
    ["[1,]", "s.json:1:4", "Remove the comma"],
    ["[1 2]", "s.json:1:4", "a comma or ]"],
    ['{"a" 1}', "s.json:1:6", 'a colon after the key "a"'],
    ["{a: 1}", "s.json:1:2", "double quotes"],
    ["{'a': 1}", "s.json:1:2", "double quotes"],
    ["{\"a\": 'b'}", "s.json:1:7", "straight double quotes"],
    ["[NaN]", "s.json:1:2", '"norm": "inf"'],
    ["[Infinity]", "s.json:1:2", '"norm": "inf"'],
    ["[01]", "s.json:1:2", '"01"'],
    ["[1.]", "s.json:1:2", '"1."'],
    ["[.5]", "s.json:1:2", '".5"'],
    ["[+1]", "s.json:1:2", '"+1"'],
    ["[tru]", "s.json:1:2", '"tru"'],
    ["// study\n{}", "s.json:1:1", "no comments"],
    ['{\n  "a": 1, // first\n}', "s.json:2:11", "no comments"],
    ['["a\nb"]', "s.json:1:2", "closed on the same line"],
    ['["\\x"]', "s.json:1:2", "valid escapes"],
    ["{} {}", "s.json:1:4", "end of the file"],
    ['{"a": 1,\n "b": 2,\n "a": 3}', "s.json:3:2", '"a" is here twice'],
    ['{"a": {"b": 1, "b": 1}}', "s.json:1:16", '"b" is here twice'],
  ])("%j is refused with its place", (text, place, words) => {
    expect(refusal(text)).toContain(`${place}: `);
    expect(refusal(text)).toContain(words);
  });

  test("a byte order mark is no error, a deep nest is one and no overflow", () => {
    expect(parseJson('\uFEFF{"a":1}', "x")).toEqual({ a: 1 });
    expect(refusal("[".repeat(100_000))).toContain("levels");
  });
});
