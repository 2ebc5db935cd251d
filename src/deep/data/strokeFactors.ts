import { badInput, requireInRange } from "../../core/guards.js";
import type { Rng } from "../../random/keyedStream.js";

/**
 * The latent factors of a stroke image. A point (u, v) of the skeleton goes through bend (u + bend (1 - v^2)), slant (u - slant v),
 * rotation (clockwise on the screen), scale and position, in this order. Lengths are in pixels of a 28-pixel image and grow with the size of
 * the image.
 */
export interface StrokeFactors {
  /** Position of the skeleton's origin relative to the centre of the image, to the right and downwards. */
  readonly dx: number;
  readonly dy: number;
  /** What one unit of the skeleton becomes: half of the sign's height. */
  readonly scale: number;
  /** Radians. */
  readonly rotation: number;
  /** Tangent of the angle. */
  readonly slant: number;
  readonly bend: number;
  /** Width of a stroke. */
  readonly thickness: number;
  /** Of the ink, in [0, 1]; paper is 0. */
  readonly intensity: number;
  /** Number of faint stray lines in the background. */
  readonly clutter: number;
}

/** [lowest, highest] value of each factor; a factor is uniform between the two (`clutter`: an integer). */
export type StrokeRanges = { readonly [F in keyof StrokeFactors]: readonly [low: number, high: number] };

export const STROKE_RANGES: StrokeRanges = {
  dx: [-3, 3],
  dy: [-3, 3],
  scale: [6, 10],
  rotation: [-0.35, 0.35],
  slant: [-0.3, 0.3],
  bend: [-0.35, 0.35],
  thickness: [1.2, 3],
  intensity: [0.5, 1],
  clutter: [0, 3],
};

/** What a factor can be at all. */
const ALLOWED: StrokeRanges = {
  dx: [-28, 28],
  dy: [-28, 28],
  scale: [1, 28],
  rotation: [-Math.PI, Math.PI],
  slant: [-2, 2],
  bend: [-2, 2],
  thickness: [0.1, 28],
  intensity: [0, 1],
  clutter: [0, 20],
};

const NAMES = Object.keys(ALLOWED) as (keyof StrokeFactors)[];

/**
 * The default ranges with the given ones in their place. Throws `bad-input`, naming the factor, unless lowest <= highest are possible values.
 */
export function strokeRanges(changes: Partial<StrokeRanges>): StrokeRanges {
  for (const [name, range] of Object.entries(changes)) {
    if (!(name in ALLOWED)) throw badInput("ranges", `of ${NAMES.join(", ")}`, name);
    const allowed = ALLOWED[name as keyof StrokeFactors];
    if (!(Array.isArray(range) && range.length === 2 && range[0] <= range[1])) {
      throw badInput(`ranges.${name}`, "[lowest, highest]", range);
    }
    for (const [i, value] of range.entries())
      requireInRange(`ranges.${name}[${i}]`, value, allowed[0], allowed[1]);
    if (name === "clutter" && !range.every(Number.isInteger)) {
      throw badInput("ranges.clutter", "two integers", range);
    }
  }
  return { ...STROKE_RANGES, ...changes };
}

/** Draws the factors of an image, independent of one another; always as many numbers of the stream. */
export function drawFactors(rng: Rng, ranges: StrokeRanges): StrokeFactors {
  const factors: Partial<Record<keyof StrokeFactors, number>> = {};
  for (const name of NAMES) {
    const [low, high] = ranges[name];
    const u = rng.uniform();
    factors[name] = name === "clutter" ? Math.floor(low + u * (high - low + 1)) : low + u * (high - low);
  }
  return factors as StrokeFactors;
}
