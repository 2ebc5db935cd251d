import { expect, it } from "vitest";
import { intervalText, numberText, percentText, tickText } from "../../src/core/numberText.js";

it("numbers read as a person writes them", () => {
  expect(numberText(0.07231)).toBe("0.0723");
  expect(numberText(-2.5)).toBe("\u22122.50");
  expect(numberText(1234567)).toBe("1.23\u00d710\u2076");
  expect(numberText(null)).toBe("\u2014");
  expect(intervalText(0.07231, 0.00123)).toBe("0.0723 \u00b1 0.0012");
  expect(intervalText(-12.34, 1.2)).toBe("\u221212.3 \u00b1 1.2");
  expect(intervalText(0, 0)).toBe("0");
  expect([0.001, 0.2, 5e-7, 1e6].map(tickText)).toEqual([
    "0.001",
    "0.2",
    "5\u00d710\u207b\u2077",
    "10\u2076",
  ]);
  expect(percentText(-0.012)).toBe("\u22121.2 %");
});
