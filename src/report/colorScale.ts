import type { Json } from "./figureSpec.js";

/**
 * Colour scales for heat maps. `sequential` is plotly's Cividis (Nunez, Anderton and Renslow 2018): perceptually uniform, and nearly the same
 * with normal and with red-green-blind vision. `diverging` runs blue - near-white - orange with lightness symmetric about the middle,
 * for signed quantities whose zero means something.
 */
export const COLOR_SCALES: Readonly<Record<"sequential" | "diverging", Json>> = {
  sequential: "Cividis",
  diverging: [
    [0, "#0a3d6b"],
    [0.25, "#4e90c4"],
    [0.5, "#f2f2f0"],
    [0.75, "#d98a3d"],
    [1, "#703600"],
  ],
};
