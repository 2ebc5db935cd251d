import type { PlotlyObject } from "./figureSpec.js";

export type ThemeName = "light" | "dark";

/** The few colours of a page; the plots use the same, so that they do not sit on it like stickers. */
export interface Theme {
  readonly background: string;
  readonly surface: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly axis: string;
  readonly accent: string;
}

export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: {
    background: "#ffffff",
    surface: "#f6f7f9",
    ink: "#1d232a",
    muted: "#59636e",
    line: "#e1e5ea",
    axis: "#8a949e",
    accent: "#0b62a8",
  },
  dark: {
    background: "#12161b",
    surface: "#1a2027",
    ink: "#e3e8ee",
    muted: "#a0abb6",
    line: "#2c343d",
    axis: "#77828d",
    accent: "#6cb3f0",
  },
};

/** System fonts only: a page that loads nothing. */
export const FONT_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';

/** The plotly template of a theme: everything in a figure that is not data. */
export function plotlyTemplate(name: ThemeName): PlotlyObject {
  const theme = THEMES[name];
  const axis: PlotlyObject = {
    gridcolor: theme.line,
    linecolor: theme.axis,
    tickcolor: theme.axis,
    zerolinecolor: theme.axis,
    zeroline: false,
    showline: true,
    ticks: "outside",
    ticklen: 4,
    automargin: true,
    title: { font: { size: 13, color: theme.ink }, standoff: 8 },
    tickfont: { size: 12, color: theme.muted },
  };
  return {
    layout: {
      font: { family: FONT_FAMILY, size: 13, color: theme.ink },
      paper_bgcolor: theme.background,
      plot_bgcolor: theme.background,
      xaxis: axis,
      yaxis: axis,
      legend: { bgcolor: "rgba(0,0,0,0)", font: { size: 12.5, color: theme.ink } },
      hoverlabel: {
        bgcolor: theme.surface,
        bordercolor: theme.axis,
        font: { family: FONT_FAMILY, size: 12.5, color: theme.ink },
        align: "left",
      },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.muted, activecolor: theme.accent },
      annotationdefaults: { font: { size: 12.5, color: theme.ink } },
      coloraxis: {
        colorbar: {
          outlinewidth: 0,
          thickness: 14,
          tickfont: { size: 12, color: theme.muted },
          title: { font: { size: 12.5, color: theme.ink } },
        },
      },
    },
  };
}
