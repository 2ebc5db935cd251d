import { describe, expect, it } from "vitest";
import { rowLengthNodes } from "../../src/theory/rowLengthNodes.js";

describe("rowLengthNodes", () => {
  it("has weights that sum to 1 and E beta^2 = r, also where beta^(r - 1) overflows", () => {
    for (const [rank, support] of [
      [1, 65],
      [3, 100],
      [5, 5.5],
      [400, 1000],
    ] as const) {
      const { nodes, weights } = rowLengthNodes(rank, support);
      expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      expect(nodes.reduce((sum, beta, i) => sum + weights[i]! * beta * beta, 0) / rank).toBeCloseTo(1, 12);
    }
  });

  it("spreads beta^2 as a Beta(r/2, (s - r)/2) variable times s: variance 2 r (s - r) / (s + 2)", () => {
    for (const [rank, support] of [
      [2, 70],
      [4, 200],
    ] as const) {
      const { nodes, weights } = rowLengthNodes(rank, support);
      const fourth = nodes.reduce((sum, beta, i) => sum + weights[i]! * beta ** 4, 0);
      const variance = (2 * rank * (support - rank)) / (support + 2);
      expect(Math.abs((fourth - rank * rank) / variance - 1)).toBeLessThan(0.02);
    }
  });
});
