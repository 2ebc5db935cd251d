import type { Glyph } from "./glyphs.js";
import type { StrokeFactors } from "./strokeFactors.js";

/** A line of the background: from (x0, y0) to (x1, y1), in pixels of a 28-pixel image around its centre. */
export interface StrayLine {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly thickness: number;
  readonly intensity: number;
}

type Four = [number, number, number, number];

/**
 * Draws a sign into `pixels` (size x size, row-major, from `offset` on): ink where the distance d of a pixel's centre to the skeleton is
 * below half of the thickness, with a soft edge one pixel wide: intensity * clamp(thickness / 2 + 1/2 - d, 0, 1). Strokes that cross
 * are not darker there. Of the sign and each stray line, the darker one shows.
 *
 * Moving a sign by whole pixels moves its pixels exactly. Cost: the pixels near the skeleton, a few hundred.
 */
export function renderStrokes(
  glyph: Glyph,
  factors: StrokeFactors,
  stray: readonly StrayLine[],
  size: number,
  pixels: Float32Array,
  offset: number,
): void {
  const unit = size / 28;
  const middle = (size - 1) / 2;
  const squares = new Float64Array(size * size).fill(Infinity);
  const line = (x0: number, y0: number, x1: number, y1: number, thickness: number): void => {
    const [fromX, fromY, toX, toY] = [x0, y0, x1, y1].map((x) => middle + unit * x) as Four;
    nearer(squares, size, fromX, fromY, toX, toY, unit * thickness);
  };
  for (const stroke of glyph.strokes) {
    const points = stroke.map((point) => place(point, factors));
    for (let i = 1; i < points.length; i++) {
      const [x0, y0] = points[i - 1]!;
      const [x1, y1] = points[i]!;
      line(x0, y0, x1, y1, factors.thickness);
    }
  }
  darken(squares, unit * factors.thickness, factors.intensity, pixels, offset);
  for (const { x0, y0, x1, y1, thickness, intensity } of stray) {
    squares.fill(Infinity);
    line(x0, y0, x1, y1, thickness);
    darken(squares, unit * thickness, intensity, pixels, offset);
  }
}

/** Where a point of the skeleton is, in pixels of a 28-pixel image around its centre. */
function place(
  [u, v]: readonly [number, number],
  { bend, slant, rotation, scale, dx, dy }: StrokeFactors,
): [number, number] {
  const bent = u + bend * (1 - v * v) - slant * v;
  const cos = Math.cos(rotation);
  const sin = Math.sin(rotation);
  return [dx + scale * (cos * bent - sin * v), dy + scale * (sin * bent + cos * v)];
}

/** Lowers the squared distances of the pixels near a line to those to the line. */
function nearer(
  squares: Float64Array,
  size: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  thickness: number,
): void {
  const reach = thickness / 2 + 0.5;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(size - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(size - 1, Math.floor(Math.max(y0, y1) + reach));
  const [ax, ay] = [x1 - x0, y1 - y0];
  const length = ax * ax + ay * ay;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [bx, by] = [x - x0, y - y0];
      const along = length > 0 ? Math.min(1, Math.max(0, (ax * bx + ay * by) / length)) : 0;
      const square = (bx - along * ax) ** 2 + (by - along * ay) ** 2;
      const pixel = y * size + x;
      if (square < squares[pixel]!) squares[pixel] = square;
    }
  }
}

function darken(
  squares: Float64Array,
  thickness: number,
  intensity: number,
  pixels: Float32Array,
  offset: number,
): void {
  const reach = thickness / 2 + 0.5;
  for (let i = 0; i < squares.length; i++) {
    if (squares[i]! >= reach * reach) continue;
    const ink = intensity * Math.min(1, reach - Math.sqrt(squares[i]!));
    if (ink > pixels[offset + i]!) pixels[offset + i] = ink;
  }
}
