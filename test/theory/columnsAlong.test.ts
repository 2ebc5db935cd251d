import { describe, expect, it } from "vitest";
import { columnsAlong } from "../../src/theory/columnsAlong.js";

const IDENTITY = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) };

describe("columnsAlong", () => {
  it("has kappa 1 where there is nothing else that a direction could go with", () => {
    expect([...columnsAlong([], IDENTITY, Float64Array.of(2, 1), 2).kappa]).toEqual([1, 1]);
    expect([...columnsAlong([], IDENTITY, Float64Array.of(2, 0), 1).kappa]).toEqual([1]);
    expect([...columnsAlong([], IDENTITY, Float64Array.of(0, 0), 1).kappa]).toEqual([1]);
  });
});
