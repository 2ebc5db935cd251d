import type { Matrix } from "../numerics/matrix.js";

const GOLDEN = (1 + Math.sqrt(5)) / 2;

/**
 * The 60 lines through the vertices of the regular 600-cell, `60 x 4`, unit rows: averages of even polynomials up to degree 10 over them are
 * averages over the unit sphere of R^4 exactly (the 120 vertices are a spherical 11-design; Coxeter, Regular Polytopes, 8.7).
 */
export function cell600Lines(): Matrix {
  const lines = icosians();
  return { rows: lines.length, cols: 4, data: Float64Array.from(lines.flat()) };
}

/** One of each pair of opposite unit icosians: (1, 0, 0, 0), (1, 1, 1, 1)/2 and (golden, 1, 1/golden, 0)/2 with signs, all or even permutations. */
function icosians(): number[][] {
  const axes = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((k) => (k === i ? 1 : 0)));
  const signs = [1, -1];
  const halves = signs.flatMap((a) => signs.flatMap((b) => signs.map((c) => [0.5, a / 2, b / 2, c / 2])));
  const golden = evenPermutations().flatMap((order) =>
    signs.flatMap((a) =>
      signs.map((b) => {
        const values = [GOLDEN / 2, a / 2, b / (2 * GOLDEN), 0];
        return order.map((from) => values[from]!);
      }),
    ),
  );
  return [...axes, ...halves, ...golden];
}

function evenPermutations(): number[][] {
  const digits = [0, 1, 2, 3];
  return digits
    .flatMap((a) => digits.flatMap((b) => digits.flatMap((c) => digits.map((d) => [a, b, c, d]))))
    .filter((p) => new Set(p).size === 4)
    .filter((p) => {
      let inversions = 0;
      for (let i = 0; i < 4; i++) for (let j = 0; j < i; j++) if (p[j]! > p[i]!) inversions++;
      return inversions % 2 === 0;
    });
}
