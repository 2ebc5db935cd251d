import { COLOR_SCALES } from "../colorScale.js";
import type { FigureSpec, Json, PlotlyObject, ReportTable } from "../figureSpec.js";
import { frameFigure } from "../frame.js";
import { plotlyText } from "../labels.js";
import { wrapText } from "../wrapText.js";

/** One small picture: numbers in [-127, 127] of an input's shape. */
export interface Tile {
  readonly values: readonly number[];
  /** What a hover box says of it. */
  readonly text: string;
}

export interface MosaicRow {
  readonly label: string;
  /** `grey`: brightness, dark to light; `signed`: blue - white - orange about 0; `strength`: from nothing to most. Colour images are shown as they are, signed ones about grey. */
  readonly look: "grey" | "signed" | "strength";
  /** Null leaves a place empty. */
  readonly tiles: readonly (Tile | null)[];
}

const SCALES: Readonly<Record<MosaicRow["look"], Json>> = {
  grey: [
    [0, "#000000"],
    [1, "#ffffff"],
  ],
  signed: COLOR_SCALES.diverging,
  strength: COLOR_SCALES.sequential,
};

/**
 * A grid of small pictures, a row a kind: images with square pixels side by side. Everything is data in the figure, nothing is loaded.
 *
 * @param shape `[height, width, channels]` of every tile, channels 1 or 3 (of any other number the first is shown)
 */
export function mosaic(parts: {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly shape: readonly number[];
  readonly rows: readonly MosaicRow[];
  /** Names of the columns, above. */
  readonly columns: readonly string[];
  readonly wide: boolean;
  readonly table: ReportTable;
}): FigureSpec {
  const { rows, columns, wide } = parts;
  const [height, width, channels] = parts.shape as [number, number, number];
  const gap = Math.max(1, Math.round(0.08 * Math.max(height, width)));
  const [stepX, stepY] = [width + gap, height + gap];
  const data = rows.flatMap((row, i): PlotlyObject[] => [
    ...(channels === 3
      ? row.tiles.flatMap((tile, j) =>
          tile === null ? [] : [colorTile(tile, row.look, height, width, j * stepX, i * stepY)],
        )
      : [greyRow(row, [height, width, channels], stepX, i * stepY)]),
    hoverPoints(row, i, height, width, stepX, stepY),
  ]);
  const ticks: PlotlyObject = {
    ticklabelstandoff: 4,
    type: "linear",
    tickmode: "array",
    showgrid: false,
    showline: false,
    ticks: "",
  };
  const base = frameFigure({
    ...parts,
    data,
    panels: [{ label: "" }],
    axes: {
      xaxis: {
        ...ticks,
        side: "top",
        tickvals: columns.map((_, j) => j * stepX + (width - 1) / 2),
        ticktext: columns.map(plotlyText),
        tickangle: 0,
        range: [-0.5, columns.length * stepX - gap - 0.5],
        constrain: "domain",
        constraintoward: "left",
      },
      yaxis: {
        ...ticks,
        tickvals: rows.map((_, i) => i * stepY + (height - 1) / 2),
        ticktext: rows.map(({ label }) => wrapText(label, 15).map(plotlyText).join("<br>")),
        range: [rows.length * stepY - gap - 0.5, -0.5],
        scaleanchor: "x",
        constrain: "domain",
        constraintoward: "top",
      },
    },
    extra: { hoverdistance: -1 },
  });
  // About as wide as the place is; what is left over stays empty at the bottom.
  const tall = (place: number, most: number): number => {
    const tile = Math.min(most, (place - 120) / columns.length);
    return Math.round(44 + (rows.length * tile * stepY) / stepX);
  };
  const layoutOf = (layout: PlotlyObject, place: number, most: number): PlotlyObject => ({
    ...layout,
    height: tall(place, most) + 8,
    margin: { l: 24, r: 8, t: 36, b: 8, pad: 0 },
  });
  return {
    ...base,
    wide,
    layout: layoutOf(base.layout, wide ? 1050 : 520, wide ? 84 : 64),
    narrow: layoutOf(base.narrow, 350, 60),
  };
}

/** The tiles of a row beside each other as one heat map; gaps and missing tiles are blank. */
function greyRow(
  { look, tiles }: MosaicRow,
  [height, width, channels]: readonly [number, number, number],
  stepX: number,
  top: number,
): PlotlyObject {
  const z = Array.from({ length: height }, (_, y) =>
    tiles.flatMap((tile, j): (number | null)[] => {
      const pixels = Array.from(
        { length: width },
        (_, x) => tile?.values[(y * width + x) * channels] ?? null,
      );
      return j === tiles.length - 1 ? pixels : [...pixels, ...new Array<null>(stepX - width).fill(null)];
    }),
  );
  const low = look === "signed" ? -127 : 0;
  return {
    type: "heatmap",
    z,
    x0: 0,
    dx: 1,
    y0: top,
    dy: 1,
    zmin: look === "grey" ? Math.min(0, ...tiles.flatMap((tile) => tile?.values ?? [])) : low,
    zmax: 127,
    colorscale: SCALES[look],
    showscale: false,
    hoverinfo: "skip",
  };
}

/** A colour picture: brightness from 0, or signed numbers about a middle grey. */
function colorTile(
  { values }: Tile,
  look: MosaicRow["look"],
  height: number,
  width: number,
  left: number,
  top: number,
): PlotlyObject {
  const level = (value: number): number =>
    look === "signed" ? 127 + value : Math.max(0, Math.min(255, Math.round((255 * value) / 127)));
  return {
    type: "image",
    z: Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => [0, 1, 2].map((c) => level(values[(y * width + x) * 3 + c]!))),
    ),
    x0: left,
    dx: 1,
    y0: top,
    dy: 1,
    hoverinfo: "skip",
  };
}

/** Hover boxes for the tiles: points that are not seen. */
function hoverPoints(
  { tiles }: MosaicRow,
  row: number,
  height: number,
  width: number,
  stepX: number,
  stepY: number,
): PlotlyObject {
  const shown = tiles.flatMap((tile, j) => (tile === null ? [] : [{ tile, j }]));
  return {
    type: "scatter",
    mode: "markers",
    x: shown.map(({ j }) => j * stepX + (width - 1) / 2),
    y: shown.map(() => row * stepY + (height - 1) / 2),
    marker: { size: 10, opacity: 0 },
    showlegend: false,
    hoverinfo: "text",
    hovertext: shown.map(({ tile }) => plotlyText(tile.text)),
  };
}
