import { describe, expect, it } from "vitest";
import { gaussHermite } from "../../../src/numerics/special/gaussHermite.js";
import { gaussLegendre, integrate } from "../../../src/numerics/special/gaussLegendre.js";

describe("gaussLegendre", () => {
  it.each([1, 2, 5, 16, 64, 200])("integrates every polynomial of degree 2n - 1 exactly, n = %i", (n) => {
    const { nodes, weights } = gaussLegendre(n);
    for (const degree of [0, 1, 2, 3, 2 * n - 2, 2 * n - 1]) {
      if (degree > 2 * n - 1) continue;
      const sum = nodes.reduce((total, x, i) => total + weights[i]! * x ** degree, 0);
      expect(sum).toBeCloseTo(degree % 2 === 1 ? 0 : 2 / (degree + 1), 13);
    }
  });

  it("fails on degree 2n, so it is no better than its order", () => {
    const { nodes, weights } = gaussLegendre(3);
    const sum = nodes.reduce((total, x, i) => total + weights[i]! * x ** 6, 0);
    expect(Math.abs(sum - 2 / 7)).toBeGreaterThan(0.01);
  });

  it("has nodes in increasing order, and makes them once", () => {
    for (const n of [2, 3, 10, 33]) {
      const { nodes } = gaussLegendre(n);
      for (let i = 1; i < n; i++) expect(nodes[i]!).toBeGreaterThan(nodes[i - 1]!);
      expect(gaussLegendre(n)).toBe(gaussLegendre(n));
    }
  });

  it("integrates over any interval, in either direction", () => {
    expect(integrate(Math.exp, 0, 2)).toBeCloseTo(Math.E ** 2 - 1, 12);
    expect(integrate(Math.exp, 2, 0)).toBeCloseTo(1 - Math.E ** 2, 12);
  });
});

describe("gaussHermite", () => {
  it.each([1, 3, 12, 40, 64])(
    "has the moments 1, 0, 1, 0, 3, ... of the standard normal law, n = %i",
    (n) => {
      const { nodes, weights } = gaussHermite(n);
      expect(nodes.length).toBe(n);
      let moment = 1;
      for (let k = 0; 2 * k <= Math.min(2 * n - 1, 20); k++) {
        const even = nodes.reduce((total, x, i) => total + weights[i]! * x ** (2 * k), 0);
        const odd = nodes.reduce((total, x, i) => total + weights[i]! * x ** (2 * k + 1), 0);
        expect(Math.abs(even / moment - 1)).toBeLessThan(1e-10);
        expect(Math.abs(odd)).toBeLessThan(1e-8 * moment);
        moment *= 2 * k + 1;
      }
    },
  );

  it("has nodes in increasing order, and makes them once", () => {
    for (const n of [2, 7, 20]) {
      const { nodes } = gaussHermite(n);
      for (let i = 1; i < n; i++) expect(nodes[i]!).toBeGreaterThan(nodes[i - 1]!);
      expect(gaussHermite(n)).toBe(gaussHermite(n));
    }
  });

  it("is known in closed form for 2, 3 and 4 points", () => {
    const expectRule = (n: number, nodes: number[], weights: number[]): void => {
      const rule = gaussHermite(n);
      nodes.forEach((node, i) => {
        expect(Math.abs(rule.nodes[i]! - node)).toBeLessThan(1e-15 * 4);
        expect(Math.abs(rule.weights[i]! - weights[i]!)).toBeLessThan(1e-15 * 4);
      });
    };
    expectRule(2, [-1, 1], [1 / 2, 1 / 2]);
    expectRule(3, [-Math.sqrt(3), 0, Math.sqrt(3)], [1 / 6, 2 / 3, 1 / 6]);
    const [outer, inner] = [Math.sqrt(3 + Math.sqrt(6)), Math.sqrt(3 - Math.sqrt(6))];
    const [light, heavy] = [1 / (4 * (3 + Math.sqrt(6))), 1 / (4 * (3 - Math.sqrt(6)))];
    expectRule(4, [-outer, -inner, inner, outer], [light, heavy, heavy, light]);
  });
});
