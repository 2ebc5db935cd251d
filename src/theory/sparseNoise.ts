import { gaussLegendre } from "../numerics/special/gaussLegendre.js";

/**
 * E|X| / sd(X) for X a sum of a Poisson number (mean `count`) of products y s: s = |z| - k given |z| > k the excess of a normal number over a
 * threshold of k >= 0 standard deviations, with a random sign, y a coordinate of a unit vector of R^r (docs/theory.md 5.4). It is what the l_1 norm of
 * an l_inf-trained representation is made of off the support: few tasks contribute to a row. Tends to sqrt(2/pi) for large counts, and to 0 like sqrt(count) for small ones.
 *
 *     E|X| = (2/pi) int_0^inf (1 - Re cf(t)) / t^2 dt,   cf(t) = exp(count (E cos(t y s) - 1)).
 */
export function sparseMeanAbsolute(count: number, k: number, r: number): number {
  if (!(count > 1e-12)) return 0;
  if (count > 400) return Math.sqrt(2 / Math.PI);
  const rule = gaussLegendre(10);
  const around = gaussLegendre(4);
  const excess = Array.from(rule.nodes, (x, i) => {
    const s = (7 / (1 + k)) * 0.5 * (1 + x);
    return { s, weight: rule.weights[i]! * Math.exp(-s * (k + s / 2)) };
  });
  const angles =
    r === 1
      ? [{ y: 1, weight: 1 }]
      : Array.from(around.nodes, (x, i) => {
          const theta = (Math.PI / 4) * (1 + x);
          return { y: Math.cos(theta), weight: around.weights[i]! * Math.sin(theta) ** (r - 2) };
        });
  const jumps = excess.flatMap((e) => angles.map((a) => ({ size: e.s * a.y, weight: e.weight * a.weight })));
  const total = jumps.reduce((sum, j) => sum + j.weight, 0);
  const sd = Math.sqrt((count * jumps.reduce((sum, j) => sum + j.weight * j.size ** 2, 0)) / total);
  const shares = Float64Array.from(jumps, (j) => j.weight / total);
  // Panels that double in length: the integrand is smooth on the scale 1/sd and decays like t^-2.
  let sum = 0;
  let low = 0;
  let high = 1 / sd;
  const fine = gaussLegendre(10);
  // cos(t y s) - 1 for the nodes t of a panel and the jumps y s.
  const drops = new Float64Array(10 * jumps.length);
  for (let panel = 0; panel < 9; panel++) {
    for (let i = 0; i < 10; i++) {
      const t = (low + high) / 2 + ((high - low) / 2) * fine.nodes[i]!;
      let cosine = 0;
      for (let j = 0, at = i * jumps.length; j < jumps.length; j++, at++) {
        // From the second panel to each later one t doubles: cos 2x - 1 = 2 (cos x - 1)(cos x + 1).
        const drop = panel < 2 ? Math.cos(t * jumps[j]!.size) - 1 : 2 * drops[at]! * (drops[at]! + 2);
        drops[at] = drop;
        cosine += shares[j]! * drop;
      }
      sum += (((high - low) / 2) * fine.weights[i]! * -Math.expm1(count * cosine)) / (t * t);
    }
    [low, high] = [high, 2 * high];
  }
  const tail = -Math.expm1(-count) / low;
  return ((2 / Math.PI) * (sum + tail)) / sd;
}
