import type { Gallery, GalleryAttack } from "../../../src/deep/gallery/gallery.js";
import { pictureOf } from "../../../src/deep/gallery/picture.js";

const ARMS = ["standard", "adversarial", "semi-supervised", "both"];

/** A gallery of made-up pictures: of images `[height, width, channels]`, or of vectors `[p]` with a support of four coordinates. */
export function fakeGallery(shape: readonly number[], arms: readonly string[] = ARMS): Gallery {
  const size = shape.reduce((product, side) => product * side, 1);
  const images = shape.length > 1;
  const wave = (seed: number): number[] =>
    Array.from({ length: size }, (_, i) => Math.sin((i + 1) * (seed + 1) * 0.37) * Math.cos(i * 0.05 + seed));
  const picture = (seed: number, factor = 1) =>
    pictureOf(wave(seed).map((x) => factor * (images ? Math.abs(x) : x)));
  const signed = (seed: number, factor: number) => pictureOf(wave(seed).map((x) => factor * x));
  const samples = (["source", "target"] as const).flatMap((part, k) =>
    [0, 1, 2].map((label) => ({ part, className: String(label + 3 * k), picture: picture(label + 3 * k) })),
  );
  const names = images ? arms : ["B", ...arms];
  const attack = (arm: string, k: number): GalleryAttack => ({
    arm,
    attackOf: arm === "both" ? "both" : "adversarial",
    norm: 2,
    radius: 1,
    perturbations: [0, 1].map((i) => signed(10 * k + i, 0.3)),
    before: ["0", "1"],
    after: ["1", "1"],
    gradientInSubspace: images ? null : 0.1 + 0.2 * k,
    sensitivity: images ? null : wave(k).map(Math.abs),
  });
  return {
    shape,
    samples,
    rowNorms: images ? null : Array.from({ length: size }, (_, i) => (i % 10 === 3 ? 0.7 : 0)),
    chance: images ? null : 2 / size,
    attacks: { classNames: ["0", "1"], inputs: [picture(0), picture(1)], arms: arms.map(attack) },
    features: {
      shape,
      units: [0, 2, 5],
      arms: [...arms, "random"].map((arm, k) => ({
        arm,
        pictures: [0, 1, 2].map((unit) => signed(20 * k + unit, 0.2)),
        inSubspace: images ? null : 0.05 * k,
        onSupport: images ? null : 0.1 * k,
      })),
    },
    similarity: {
      arms: [...arms, "random", "raw"],
      samples: 400,
      cka: [...arms, "random", "raw"].map((_, i, all) =>
        all.map((__, j) => (i === j ? 1 : 1 / (2 + Math.abs(i - j)))),
      ),
      angles: {
        rank: 2,
        names,
        degrees: names.map((_, i) =>
          names.map((__, j) => (i === j ? [0, 0] : [20 + 5 * Math.abs(i - j), 60])),
        ),
      },
    },
  };
}
