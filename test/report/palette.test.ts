import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { METHOD_COLORS, methodStyles, NEUTRAL } from "../../src/report/palette.js";
import { THEMES } from "../../src/report/theme.js";

const channels = (hex: string): number[] =>
  [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255);
const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((s, v, i) => s + v * b[i]!, 0);
const luminance = (hex: string): number => dot(channels(hex).map(linear), [0.2126, 0.7152, 0.0722]);
const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
};

/** CIE L*a*b* (D65) of linear RGB. */
function lab(rgb: readonly number[]): number[] {
  const xyz = [
    dot(rgb, [0.4124, 0.3576, 0.1805]) / 0.9505,
    dot(rgb, [0.2126, 0.7152, 0.0722]),
    dot(rgb, [0.0193, 0.1192, 0.9505]) / 1.089,
  ].map((t) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116));
  return [116 * xyz[1]! - 16, 500 * (xyz[0]! - xyz[1]!), 200 * (xyz[1]! - xyz[2]!)];
}

/** Dichromat simulation in linear RGB (Vienot, Brettel and Mollon 1999). */
const VISION: Readonly<Record<string, readonly (readonly number[])[]>> = {
  protanopia: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deuteranopia: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
};

describe("method styles", () => {
  it("every colour has a contrast of at least 3:1 on both pages", () => {
    for (const color of [...METHOD_COLORS, NEUTRAL]) {
      for (const theme of Object.values(THEMES)) {
        expect(contrast(color, theme.background), `${color} on ${theme.background}`).toBeGreaterThanOrEqual(
          3,
        );
      }
    }
  });

  it("text has a contrast of at least 4.5:1 in both themes", () => {
    for (const { ink, muted, accent, background, surface } of Object.values(THEMES)) {
      for (const text of [ink, muted, accent]) {
        expect(contrast(text, background)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("the four regimes stay apart for red-green-blind readers", () => {
    const names = ["standard", "adversarial", "semi-supervised", "both"];
    const colors = names.map((name) => channels(methodStyles(names).get(name)!.color).map(linear));
    for (const matrix of Object.values(VISION)) {
      const seen = colors.map((rgb) => lab(matrix.map((row) => Math.min(1, Math.max(0, dot(row, rgb))))));
      for (let i = 0; i < seen.length; i++) {
        for (let j = 0; j < i; j++) {
          const distance = Math.hypot(...seen[i]!.map((v, k) => v - seen[j]![k]!));
          expect(distance, `${names[i]} ${names[j]}`).toBeGreaterThan(20);
        }
      }
    }
  });

  it("a well-known name always looks the same, whatever comes with it", () => {
    const name = fc.oneof(fc.constantFrom("standard", "adversarial", "both", "oracle"), fc.string());
    fc.assert(
      fc.property(fc.array(name), fc.array(name), (a, b) => {
        const [first, second] = [
          methodStyles([...a, "standard", "both"]),
          methodStyles([...b, "both", "standard"]),
        ];
        expect(first.get("standard")).toEqual(second.get("standard"));
        expect(first.get("both")).toEqual(methodStyles(["combined"]).get("combined"));
      }),
    );
  });

  it("other names get distinct styles by order of first appearance, and inherited property names are only names", () => {
    const names = [
      "a",
      "standard",
      "constructor",
      "__proto__",
      "a",
      ...Array.from({ length: 12 }, (_, i) => `m${i}`),
    ];
    const styles = methodStyles(names);
    const looks = [...styles.values()].map((s) => `${s.color} ${s.symbol}`);
    expect(new Set(looks).size).toBe(new Set(names).size);
    expect(methodStyles(["b", "a"]).get("b")).toEqual(styles.get("a"));
  });
});
