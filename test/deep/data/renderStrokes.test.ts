import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GLYPHS } from "../../../src/deep/data/glyphs.js";
import { renderStrokes, type StrayLine } from "../../../src/deep/data/renderStrokes.js";
import type { StrokeFactors } from "../../../src/deep/data/strokeFactors.js";
import { law } from "../../helpers/law.js";

const PLAIN: StrokeFactors = {
  dx: 0,
  dy: 0,
  scale: 8,
  rotation: 0,
  slant: 0,
  bend: 0,
  thickness: 2,
  intensity: 1,
  clutter: 0,
};
const NAMES = GLYPHS.map(({ name }) => name);

function drawn(
  name: string,
  changes: Partial<StrokeFactors> = {},
  size: number = 28,
  stray: readonly StrayLine[] = [],
): Float32Array {
  const pixels = new Float32Array(size * size);
  renderStrokes(GLYPHS[NAMES.indexOf(name)]!, { ...PLAIN, ...changes }, stray, size, pixels, 0);
  return pixels;
}

const inkOf = (pixels: Float32Array): number => pixels.reduce((sum, value) => sum + value, 0);

/** The centre of mass, in pixels from the middle of the image. */
function centreOf(pixels: Float32Array): [number, number] {
  const size = Math.sqrt(pixels.length);
  let [x, y] = [0, 0];
  for (const [i, value] of pixels.entries()) {
    x += value * ((i % size) - (size - 1) / 2);
    y += value * (Math.floor(i / size) - (size - 1) / 2);
  }
  return [x / inkOf(pixels), y / inkOf(pixels)];
}

/** The mean column of the ink of one row of a 28 x 28 image, from the middle. */
function rowCentre(pixels: Float32Array, row: number): number {
  const ink = pixels.subarray(28 * row, 28 * row + 28);
  return ink.reduce((sum, value, x) => sum + value * (x - 13.5), 0) / inkOf(ink);
}

const anySign = fc.record({
  name: fc.constantFrom(...NAMES),
  rotation: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
  slant: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  bend: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  thickness: fc.double({ min: 1, max: 3, noNaN: true }),
});

describe("a rendered sign", () => {
  test("moves with its position: by whole pixels every pixel, by parts of a pixel the centre of mass", () => {
    const moved = fc.record({
      sign: anySign,
      x: fc.integer({ min: -2, max: 2 }),
      y: fc.integer({ min: -2, max: 2 }),
    });
    law(
      moved,
      ({ sign: { name, ...factors }, x, y }) => {
        const still = drawn(name, { ...factors, scale: 6 });
        const gone = drawn(name, { ...factors, scale: 6, dx: x, dy: y });
        let most = 0;
        for (let i = 0; i < 784; i++) {
          const [column, row] = [(i % 28) + x, Math.floor(i / 28) + y];
          if (column < 0 || column > 27 || row < 0 || row > 27) continue;
          most = Math.max(most, Math.abs(gone[row * 28 + column]! - still[i]!));
        }
        expect(most).toBeLessThan(1e-5);
        const [cx, cy] = centreOf(still);
        const [gx, gy] = centreOf(gone);
        expect(gx - cx).toBeCloseTo(x, 4);
        expect(gy - cy).toBeCloseTo(y, 4);
        // Between pixels the soft edge is sampled elsewhere: the centre is right within a tenth of a pixel.
        const [px, py] = centreOf(drawn(name, { ...factors, scale: 6, dx: 0.37, dy: -1.61 }));
        expect(Math.abs(px - cx - 0.37)).toBeLessThan(0.1);
        expect(Math.abs(py - cy + 1.61)).toBeLessThan(0.1);
      },
      30,
    );
  });

  test("has more ink everywhere the thicker it is, and twice the ink at twice the intensity", () => {
    law(
      anySign,
      ({ name, ...factors }) => {
        const thin = drawn(name, factors);
        const thick = drawn(name, { ...factors, thickness: factors.thickness + 0.5 });
        expect(thick.every((value, i) => value >= thin[i]!)).toBe(true);
        expect(inkOf(thick)).toBeGreaterThan(inkOf(thin) + 5);
        const faint = drawn(name, { ...factors, intensity: 0.5 });
        expect([...faint]).toEqual(Array.from(thin, (value) => value / 2));
        expect(Math.max(...thin)).toBeLessThanOrEqual(1);
        expect(Math.min(...thin)).toBe(0);
      },
      50,
    );
  });

  test("has the area of its strokes: length times thickness and round ends", () => {
    // The plus: two lines of length 2 scale that cross in a square; a round end is half of pi (t^2 / 4 + 1 / 12), soft edge included.
    for (const [scale, thickness] of [
      [8, 2],
      [9.3, 1.4],
      [7.1, 3],
    ] as const) {
      const ends = 2 * Math.PI * (thickness ** 2 / 4 + 1 / 12);
      const area = 4 * scale * thickness - thickness ** 2 + ends;
      expect(Math.abs(inkOf(drawn("plus", { scale, thickness })) / area - 1)).toBeLessThan(0.025);
    }
    // The ring: 2 pi r t, r = 0.9 scale.
    const ring = inkOf(drawn("ring", { scale: 9, thickness: 2 }));
    expect(Math.abs(ring / (2 * Math.PI * 8.1 * 2) - 1)).toBeLessThan(0.01);
  });

  test("grows with its scale: the spread of a ring is its radius", () => {
    for (const scale of [6, 8, 10]) {
      const ring = drawn("ring", { scale, thickness: 1.5 });
      let square = 0;
      for (const [i, value] of ring.entries())
        square += value * (((i % 28) - 13.5) ** 2 + (Math.floor(i / 28) - 13.5) ** 2);
      // E d^2 = r^2 + t^2 / 4 + 1 / 12 for a ring of thickness t with a soft edge (within the pixels' own 1/6).
      expect(Math.abs(Math.sqrt(square / inkOf(ring)) / (0.9 * scale) - 1)).toBeLessThan(0.02);
    }
  });

  test("turns clockwise: by a quarter every pixel, whatever the sign", () => {
    for (const name of NAMES) {
      const still = drawn(name, { rotation: 0.2 });
      const turned = drawn(name, { rotation: 0.2 + Math.PI / 2 });
      let most = 0;
      for (let y = 0; y < 28; y++) {
        for (let x = 0; x < 28; x++) {
          most = Math.max(most, Math.abs(turned[x * 28 + 27 - y]! - still[y * 28 + x]!));
        }
      }
      expect(most).toBeLessThan(1e-5);
    }
  });

  test("leans with its slant and bows with its bend: the stem of a plus, row by row", () => {
    for (const row of [7, 9, 18, 20]) {
      const v = (row - 13.5) / 8;
      expect(Math.abs(rowCentre(drawn("plus", { slant: 0.3 }), row) + 0.3 * 8 * v)).toBeLessThan(0.05);
      expect(Math.abs(rowCentre(drawn("plus", { bend: 0.3 }), row) - 0.3 * 8 * (1 - v * v))).toBeLessThan(
        0.15,
      );
    }
  });

  test("keeps its shape in a larger image", () => {
    for (const name of NAMES) {
      const small = drawn(name, { dx: 1, dy: -2 });
      const large = drawn(name, { dx: 1, dy: -2 }, 84);
      expect(Math.abs(inkOf(large) / inkOf(small) / 9 - 1)).toBeLessThan(0.03);
      const [[x, y], [bigX, bigY]] = [centreOf(small), centreOf(large)];
      expect(Math.abs(bigX / 3 - x)).toBeLessThan(0.05);
      expect(Math.abs(bigY / 3 - y)).toBeLessThan(0.05);
    }
  });

  test("and a stray line: the darker one shows", () => {
    const stray: StrayLine = { x0: -12, y0: 3, x1: 12, y1: 5, thickness: 2, intensity: 0.4 };
    for (const name of NAMES) {
      const sign = drawn(name);
      const line = drawn(name, { intensity: 0 }, 28, [stray]);
      expect(Math.max(...line)).toBeCloseTo(0.4, 6);
      expect([...drawn(name, {}, 28, [stray])]).toEqual(
        Array.from(sign, (value, i) => Math.max(value, line[i]!)),
      );
    }
    const [x, y] = centreOf(drawn("ring", { intensity: 0 }, 28, [stray]));
    expect(Math.hypot(x, y - 4)).toBeLessThan(0.05);
  });

  test("off the image leaves nothing and breaks nothing; a point is a dot", () => {
    expect(inkOf(drawn("ring", { dx: 28, dy: 28, scale: 6 }))).toBe(0);
    const dot: StrayLine = { x0: 0.5, y0: 0.5, x1: 0.5, y1: 0.5, thickness: 1, intensity: 1 };
    expect(drawn("ring", { intensity: 0 }, 28, [dot])[14 * 28 + 14]).toBe(1);
  });
});

test("the signs are twelve, different, within their square and of several points a line", () => {
  expect(new Set(NAMES).size).toBe(12);
  const pictures = NAMES.map((name) => drawn(name));
  for (const [i, { strokes }] of GLYPHS.entries()) {
    for (const [u, v] of strokes.flat()) expect(Math.max(Math.abs(u), Math.abs(v))).toBeLessThanOrEqual(1);
    for (const stroke of strokes) {
      for (const [k, [u, v]] of stroke.entries()) {
        const [before, above] = stroke[Math.max(0, k - 1)]!;
        expect(Math.hypot(u - before, v - above)).toBeLessThan(0.31);
      }
    }
    for (let j = 0; j < i; j++) {
      const difference = pictures[i]!.map((value, k) => Math.abs(value - pictures[j]![k]!));
      expect(inkOf(difference)).toBeGreaterThan(20);
    }
  }
});
