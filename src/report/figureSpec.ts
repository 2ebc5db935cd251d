/** Plain JSON: what plotly reads and what a page can embed. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A plotly trace or layout; its attributes are checked against plotly's own schema by the browser tests. */
export type PlotlyObject = { readonly [key: string]: Json };

/** The numbers behind a figure as text: the accessible form of the picture. Cells are plain text, not HTML. */
export interface ReportTable {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row is its header. */
  readonly rows: readonly (readonly string[])[];
  /** Ids on the page that the headers of the rows link to, one a row. */
  readonly links?: readonly string[];
}

/**
 * One figure as data: no DOM, no Node, no theme. Colours of axes and background come from a template that the page
 * (or the image export) adds, so that one specification serves light, dark and paper.
 */
export interface FigureSpec {
  /** Letters, digits and hyphens; unique on a page. */
  readonly id: string;
  /** Plain text; shown as a heading, not inside the plot, so that it wraps on a phone. */
  readonly title: string;
  /** Plain text: what is drawn, and how to read it. */
  readonly caption: string;
  readonly data: readonly PlotlyObject[];
  readonly layout: PlotlyObject;
  /** Top-level layout entries that replace those of `layout` where the figure is narrower than a phone. */
  readonly narrow: PlotlyObject;
  /** true: takes the full width of the page (small multiples). */
  readonly wide: boolean;
  readonly table: ReportTable;
}
