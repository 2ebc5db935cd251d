/** A skeleton: strokes, each a chain of points (u, v), u to the right and v downwards, within [-1, 1]. */
export interface Glyph {
  readonly name: string;
  readonly strokes: readonly (readonly (readonly [number, number])[])[];
}

type Point = readonly [number, number];

/** A part of a circle, from angle `from` to `to` (0 to the right, positive clockwise on the screen), as a chain of short lines. */
function arc(u: number, v: number, radius: number, from: number, to: number): Point[] {
  const pieces = Math.ceil(Math.abs(to - from) / (Math.PI / 10));
  return Array.from({ length: pieces + 1 }, (_, i): Point => {
    const angle = from + ((to - from) * i) / pieces;
    return [u + radius * Math.cos(angle), v + radius * Math.sin(angle)];
  });
}

/** Straight lines in pieces of at most a fifth, so that bending the points bends the lines. */
function finer(points: readonly Point[]): Point[] {
  return points.flatMap(([u, v], i): Point[] => {
    if (i === 0) return [[u, v]];
    const [u0, v0] = points[i - 1]!;
    const pieces = Math.ceil(5 * Math.hypot(u - u0, v - v0));
    return Array.from({ length: pieces }, (_, k): Point => {
      const share = (k + 1) / pieces;
      return [u0 + share * (u - u0), v0 + share * (v - v0)];
    });
  });
}

const { PI } = Math;

const SIGNS: readonly Glyph[] = [
  { name: "ring", strokes: [arc(0, 0, 0.9, 0, 2 * PI)] },
  {
    name: "plus",
    strokes: [
      [
        [0, -1],
        [0, 1],
      ],
      [
        [-1, 0],
        [1, 0],
      ],
    ],
  },
  {
    name: "triangle",
    strokes: [
      [
        [0, -0.95],
        [0.95, 0.8],
        [-0.95, 0.8],
        [0, -0.95],
      ],
    ],
  },
  {
    name: "zigzag",
    strokes: [
      [
        [-0.8, -0.85],
        [0.8, -0.85],
        [-0.8, 0.85],
        [0.8, 0.85],
      ],
    ],
  },
  { name: "cup", strokes: [[[-0.75, -0.9], ...arc(0, 0.15, 0.75, PI, 0), [0.75, -0.9]]] },
  {
    name: "saltire",
    strokes: [
      [
        [-0.8, -0.9],
        [0.8, 0.9],
      ],
      [
        [0.8, -0.9],
        [-0.8, 0.9],
      ],
    ],
  },
  {
    name: "square",
    strokes: [
      [
        [-0.8, -0.8],
        [0.8, -0.8],
        [0.8, 0.8],
        [-0.8, 0.8],
        [-0.8, -0.8],
      ],
    ],
  },
  {
    name: "tee",
    strokes: [
      [
        [-0.85, -0.9],
        [0.85, -0.9],
      ],
      [
        [0, -0.9],
        [0, 1],
      ],
    ],
  },
  { name: "hook", strokes: [[[0.5, -0.95], ...arc(0, 0.4, 0.5, 0, PI)]] },
  {
    name: "snake",
    strokes: [[...arc(0, -0.47, 0.47, -0.25 * PI, -1.5 * PI), ...arc(0, 0.47, 0.47, -0.5 * PI, 0.75 * PI)]],
  },
  {
    name: "fork",
    strokes: [
      [
        [-0.8, -0.9],
        [0, 0],
        [0.8, -0.9],
      ],
      [
        [0, 0],
        [0, 0.95],
      ],
    ],
  },
  {
    name: "flag",
    strokes: [[[-0.5, 0.95], [-0.5, -0.95], ...arc(-0.1, -0.4, 0.55, -0.5 * PI, 0.5 * PI), [-0.5, 0.15]]],
  },
];

/**
 * The classes of the stroke images, in order: 12 signs of straight lines and arcs. All share the same few parts, so what a network
 * learns of some classes (lines by direction, bends, ends, crossings) is of use for others.
 */
export const GLYPHS: readonly Glyph[] = SIGNS.map(({ name, strokes }) => ({
  name,
  strokes: strokes.map(finer),
}));
