import { expect, test } from "vitest";
import { type Features, linearCka } from "../../../src/deep/representation/linearCka.js";
import { matrix } from "../../../src/numerics/matrix.js";
import { multiply } from "../../../src/numerics/products.js";
import { haarFrame } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";

const COUNT = 30;
const random = (key: unknown, width: number): Features & { features: Float64Array } => {
  const rng = keyedStream(["test similarity", key]);
  return { features: Float64Array.from({ length: COUNT * width }, () => rng.normal()), count: COUNT, width };
};
/** The features rotated, shifted coordinate by coordinate, and rescaled. */
const moved = (x: Features & { features: Float64Array }, key: unknown, scale: number): typeof x => {
  const rotation = haarFrame(keyedStream(["test similarity", key]), x.width, x.width);
  const { data } = multiply(matrix(x.count, x.width, x.features), rotation);
  return { ...x, features: data.map((value, at) => scale * (value + 7 * (at % x.width))) };
};

/** By the definition with the Gram matrices of the samples: <K, L> / (||K|| ||L||), K = H X X^T H. */
function ckaByGram(x: Features, y: Features): number {
  const gram = ({ features, count, width }: Features): number[] => {
    const mean = Array.from({ length: width }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += features[i * width + j]!;
      return sum / count;
    });
    return Array.from({ length: count * count }, (_, at) => {
      let sum = 0;
      for (let j = 0; j < width; j++) {
        const a = features[Math.floor(at / count) * width + j]! - mean[j]!;
        sum += a * (features[(at % count) * width + j]! - mean[j]!);
      }
      return sum;
    });
  };
  const [k, l] = [gram(x), gram(y)];
  const inner = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return inner(k, l) / Math.sqrt(inner(k, k) * inner(l, l));
}

test("CKA is the normalised inner product of centred Gram matrices, for few and for many features", () => {
  for (const [d, e] of [
    [4, 7],
    [3, 50],
    [40, 45],
  ] as const) {
    const [x, y] = [random(["a", d], d), random(["b", e], e)];
    const value = linearCka(x, y)!;
    expect(value).toBeCloseTo(ckaByGram(x, y), 12);
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1);
    expect(linearCka(y, x)).toBeCloseTo(value, 14);
  }
});

test("CKA does not change when features are rotated, shifted or rescaled, and is 1 for the same ones", () => {
  const [x, y] = [random("x", 6), random("y", 4)];
  for (const scale of [1e-8, -3, 1e8]) {
    expect(linearCka(moved(x, "r", scale), y)).toBeCloseTo(linearCka(x, y)!, 9);
    expect(linearCka(x, moved(x, "s", scale))).toBeCloseTo(1, 9);
  }
  // It does change when directions are stretched unequally.
  const stretched = { ...x, features: x.features.map((value, at) => value * (1 + 5 * (at % 6))) };
  expect(linearCka(x, stretched)!).toBeLessThan(0.95);
});

test("of features that do not vary nothing can be said", () => {
  const flat = { features: new Float64Array(COUNT * 3).fill(2.5), count: COUNT, width: 3 };
  expect(linearCka(flat, random("z", 3))).toBeNull();
  expect(linearCka(random("z", 3), flat)).toBeNull();
  expect(() => linearCka(random("z", 3), { features: [1, 2], count: 2, width: 1 })).toThrow(
    /of the same samples/,
  );
  expect(() => linearCka(random("z", 3), { ...flat, width: 2 })).toThrow(/30 x 2 numbers/);
});
