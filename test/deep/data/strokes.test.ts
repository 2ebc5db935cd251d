import { describe, expect, test } from "vitest";
import { imageSetOf } from "../../../src/deep/data/imageSet.js";
import { imageTransferData } from "../../../src/deep/data/imageTransferData.js";
import type { LabeledData } from "../../../src/deep/data/labeledData.js";
import {
  STROKE_RANGES,
  type StrokeFactors,
  type StrokeRanges,
} from "../../../src/deep/data/strokeFactors.js";
import { type StrokeOptions, strokeImages } from "../../../src/deep/data/strokes.js";
import { ksExcess } from "../../helpers/goodnessOfFit.js";

const imageOf = (data: LabeledData, i: number): Float32Array =>
  data.inputs.subarray(i * data.features, (i + 1) * data.features);

describe("stroke images", () => {
  const { images, factors } = strokeImages({ perClass: 40 }, ["k"]);

  test("are as many as asked for, classes in turn, within [0, 1], each with its factors", () => {
    expect(images).toMatchObject({ count: 400, features: 784, shape: [28, 28, 1], classes: 10 });
    expect([...images.labels]).toEqual(Array.from({ length: 400 }, (_, i) => i % 10));
    expect(images.inputs).toHaveLength(400 * 784);
    expect(images.inputs.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(factors).toHaveLength(400);
    for (let i = 0; i < 400; i++) {
      // Stray lines are at most half as dark as ink can be.
      const most = Math.max(...imageOf(images, i));
      expect(most).toBeLessThanOrEqual(Math.max(factors[i]!.intensity, 0.5) + 1e-6);
      expect(most).toBeGreaterThan(0.5 * factors[i]!.intensity);
    }
    expect(strokeImages({ perClass: 2, classes: 12, size: 32 }, ["k"]).images).toMatchObject({
      count: 24,
      shape: [32, 32, 1],
      classes: 12,
    });
  });

  test("are the same bytes for the same key, others for another", () => {
    const again = strokeImages({ perClass: 40 }, ["k"]);
    // Comparing as buffers: deep equality of this many numbers takes seconds.
    expect(Buffer.from(again.images.inputs.buffer).equals(Buffer.from(images.inputs.buffer))).toBe(true);
    expect(again.factors).toEqual(factors);
    const other = strokeImages({ perClass: 40 }, ["l"]).images;
    expect(Buffer.from(other.inputs.buffer).equals(Buffer.from(images.inputs.buffer))).toBe(false);
  });

  test("stay as they are when more, or more classes, are asked for", () => {
    const more = strokeImages({ perClass: 60, classes: 12 }, ["k"]);
    for (let c = 0; c < 10; c++) {
      for (const k of [0, 1, 39]) {
        expect(imageOf(more.images, c + 12 * k)).toEqual(imageOf(images, c + 10 * k));
        expect(more.factors[c + 12 * k]).toEqual(factors[c + 10 * k]);
      }
    }
  });

  test("show no sign twice, and stray lines where the factor says so", () => {
    const set = imageSetOf("strokes", images);
    const spec = { set: "strokes", classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], noise: 0 };
    const split = {
      labeled: 1,
      sourceSamples: 10,
      validation: 0,
      test: 10,
      budgets: [1],
      targetTest: "all" as const,
    };
    expect(imageTransferData([set], { source: spec, target: spec, ...split }, [1]).target.test.count).toBe(
      370,
    );
    const lone = strokeImages({ perClass: 5, ranges: { clutter: [0, 0] } }, ["k"]);
    const crowded = strokeImages({ perClass: 5, ranges: { clutter: [3, 3] } }, ["k"]);
    expect(lone.factors.map(({ clutter }) => clutter)).toEqual(new Array(50).fill(0));
    for (let i = 0; i < 50; i++) {
      const [bare, full] = [imageOf(lone.images, i), imageOf(crowded.images, i)];
      expect(full.every((value, j) => value >= bare[j]!)).toBe(true);
    }
    expect(crowded.images.inputs).not.toEqual(lone.images.inputs);
  });

  test("are drawn from independent factors, uniform in their ranges, the same law for every class", () => {
    const many = strokeImages({ perClass: 400, classes: 2, size: 8 }, ["factors"]).factors;
    const names = Object.keys(STROKE_RANGES) as (keyof StrokeFactors)[];
    for (const name of names) {
      const [low, high] = STROKE_RANGES[name];
      const values = many.map((factor) => factor[name]);
      for (const value of values) expect(value >= low && value <= high).toBe(true);
      if (name === "clutter") continue;
      for (const c of [0, 1]) {
        const ofClass = values.filter((_, i) => i % 2 === c);
        // Each false alarm below 1e-8.
        expect(ksExcess(ofClass, (x) => (x - low) / (high - low))).toBeLessThan(1);
      }
    }
    expect(new Set(many.map(({ clutter }) => clutter))).toEqual(new Set([0, 1, 2, 3]));
    // The k-th images of two classes have nothing in common.
    for (const name of ["dx", "rotation", "thickness"] as const)
      expect(many[0]![name]).not.toBe(many[1]![name]);
    const unit = (name: keyof StrokeFactors): number[] =>
      many.map(
        (factor) =>
          (factor[name] - STROKE_RANGES[name][0]) / (STROKE_RANGES[name][1] - STROKE_RANGES[name][0]) - 0.5,
      );
    for (const [i, a] of names.entries()) {
      for (const b of names.slice(0, i)) {
        const [x, y] = [unit(a), unit(b)];
        const product = x.reduce((sum, value, k) => sum + value * y[k]!, 0) / Math.sqrt(many.length);
        // A sum of 800 products of variance at most 5/36 * 1/12, bounded by 1/4: 0.7 is above 6 standard errors (false alarms below 1e-8).
        expect(Math.abs(product)).toBeLessThan(0.7);
      }
    }
  });

  test("are there to be learnt, and not by their place: a class's mean says little, neighbours say more", () => {
    const set = imageSetOf("strokes", strokeImages({ perClass: 80 }, ["learnt"]).images);
    const side = { set: "strokes", classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], noise: 0 };
    const split = {
      labeled: 50,
      sourceSamples: 500,
      validation: 0,
      test: 200,
      budgets: [1],
      targetTest: 10,
    };
    const { labeled, test } = imageTransferData([set], { source: side, target: side, ...split }, ["learnt"])
      .sources[0]!;
    const means = new Float32Array(10 * 784);
    for (let i = 0; i < labeled.count; i++) {
      const at = 784 * labeled.labels[i]!;
      for (let j = 0; j < 784; j++) means[at + j]! += labeled.inputs[i * 784 + j]! / 50;
    }
    const accuracy = (points: Float32Array, labels: ArrayLike<number>): number => {
      let right = 0;
      for (let i = 0; i < test.count; i++) {
        if (labels[nearest(points, imageOf(test, i))] === test.labels[i]) right++;
      }
      return right / test.count;
    };
    const byMean = accuracy(means, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const byNeighbour = accuracy(labeled.inputs, labeled.labels);
    expect(byMean).toBeGreaterThan(0.4);
    expect(byMean).toBeGreaterThan(0.4);
    expect(byMean).toBeLessThan(0.75);
    expect(byNeighbour).toBeGreaterThan(0.5);
    expect(byNeighbour).toBeLessThan(0.9);
  });
});

/** The number of the point nearest to an image. */
function nearest(points: Float32Array, image: Float32Array): number {
  let [best, least] = [-1, Infinity];
  for (let k = 0; k < points.length / 784; k++) {
    let square = 0;
    for (let j = 0; j < 784 && square < least; j++) square += (points[k * 784 + j]! - image[j]!) ** 2;
    if (square < least) [best, least] = [k, square];
  }
  return best;
}

describe("options that cannot be are refused by name", () => {
  const cases: readonly [Partial<StrokeOptions>, string][] = [
    [{ classes: 13 }, "classes must be an integer in [2, 12], received 13"],
    [{ classes: 1 }, "classes must be an integer in [2, 12], received 1"],
    [{ perClass: 0 }, "perClass must be an integer >= 1, received 0"],
    [{ size: 7 }, "size must be an integer in [8, 256], received 7"],
    [{ size: 28.5 }, "size must be an integer in [8, 256], received 28.5"],
    [{ ranges: { dx: [3, -3] } }, "ranges.dx must be [lowest, highest], received [3,-3]"],
    [{ ranges: { intensity: [0, 1.5] } }, "ranges.intensity[1] must be a number in [0, 1], received 1.5"],
    [{ ranges: { thickness: [0, 1] } }, "ranges.thickness[0] must be a number in [0.1, 28], received 0"],
    [{ ranges: { scale: [6, Number.NaN] } }, "ranges.scale must be [lowest, highest]"],
    [{ ranges: { bend: 3 } as unknown as StrokeRanges }, "ranges.bend must be [lowest, highest], received 3"],
    [{ ranges: { tilt: [0, 1] } as unknown as StrokeRanges }, "ranges must be of dx, dy, scale"],
    [{ ranges: { clutter: [0.5, 2] } }, "ranges.clutter must be two integers, received [0.5,2]"],
  ];
  test.each(cases)("%j", (options, message) => {
    expect(() => strokeImages({ perClass: 1, ...options }, [1])).toThrow(message);
  });
});
