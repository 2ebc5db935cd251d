import { expect, test } from "vitest";
import { featureAngles } from "../../../src/deep/representation/featureAngles.js";
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

test("angles between features: zero for a rotation, symmetric, right angles for what one set does not have", () => {
  const x = random("angles", 5);
  for (const scale of [1e-3, 20]) {
    expect(Math.max(...featureAngles(x, moved(x, "angles", scale), 5))).toBeLessThan(1e-7);
  }
  const y = random("other", 4);
  const angles = featureAngles(x, y, 3);
  expect(angles).toHaveLength(3);
  expect(Math.min(...angles)).toBeGreaterThan(0.01);
  featureAngles(y, x, 3).forEach((angle, i) => {
    expect(angle).toBeCloseTo(angles[i]!, 9);
  });
  // One common function of the samples and one of its own each; the set with three loses none of the others'.
  const [a, b, c] = [0, 1, 2].map((j) => centredColumn(random(["column", j], 1).features));
  const pair = (...columns: Float64Array[]): Features => ({
    features: Float64Array.from({ length: COUNT * columns.length }, (_, at) => {
      return columns[at % columns.length]![Math.floor(at / columns.length)]!;
    }),
    count: COUNT,
    width: columns.length,
  });
  const single = featureAngles(pair(a!), pair(a!, b!), 2);
  expect(single[0]).toBeLessThan(1e-7);
  expect(single[1]).toBe(Math.PI / 2);
  // With one feature each the angle is the arc cosine of the absolute correlation.
  const inner = (u: Float64Array, v: Float64Array): number =>
    u.reduce((sum, value, i) => sum + value * v[i]!, 0);
  const correlation = inner(b!, c!) / Math.sqrt(inner(b!, b!) * inner(c!, c!));
  expect(featureAngles(pair(b!), pair(c!), 1)[0]).toBeCloseTo(Math.acos(Math.abs(correlation)), 9);
  const flat = { features: new Float64Array(COUNT), count: COUNT, width: 1 };
  expect([...featureAngles(flat, flat, 2)]).toEqual([Math.PI / 2, Math.PI / 2]);
  expect(() => featureAngles(x, { ...flat, count: 1 }, 1)).toThrow(/of the same samples/);
});

function centredColumn(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
