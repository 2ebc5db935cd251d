/** How a method looks, in every figure: colour, marker symbol and line style of what was simulated. */
export interface MethodStyle {
  readonly color: string;
  /** A plotly marker symbol. */
  readonly symbol: string;
  readonly dash: "solid";
}

const style = (color: string, symbol: string): MethodStyle => ({ color, symbol, dash: "solid" });

/**
 * Hues after Okabe and Ito ("Color Universal Design", 2008), their lightness moved so that each has a contrast of
 * at least 3:1 (WCAG 2.1, graphical objects) on white and on the dark page: a method keeps its colour in both themes.
 * The markers differ as well, so that no reading depends on colour alone. Dashes are not used to tell methods apart:
 * dashed means a prediction and dotted a bound, everywhere.
 */
const KNOWN: Readonly<Record<string, MethodStyle>> = {
  standard: style("#1f6fd6", "circle"),
  adversarial: style("#d45c00", "square"),
  "semi-supervised": style("#009a72", "diamond"),
  both: style("#ad6cb8", "triangle-up"),
  "no-transfer": style("#7d7d7d", "x"),
  oracle: style("#9a7b00", "cross"),
};

/** Other usual names of the well-known methods. */
const ALIASES: Readonly<Record<string, string>> = {
  combined: "both",
  "adversarial+semi-supervised": "both",
  "pseudo-labels": "semi-supervised",
};

const EXTRA: readonly MethodStyle[] = [
  style("#c8406a", "triangle-down"),
  style("#3d8f9e", "pentagon"),
  style("#7b6fd0", "star"),
  style("#6f8a1f", "hexagon"),
  style("#a8683c", "hourglass"),
  style("#5577a0", "bowtie"),
  style("#c0417f", "star-triangle-up"),
  style("#41924b", "diamond-tall"),
];

/** A grey that reads on both themes: reference lines, zero lines, legend samples of line styles. */
export const NEUTRAL = "#808080";

/** Every colour that a method can get, for checks of contrast. */
export const METHOD_COLORS: readonly string[] = [
  ...Object.values(KNOWN).map((s) => s.color),
  ...EXTRA.map((s) => s.color),
];

/**
 * The style of each method. Well-known names (`standard`, `adversarial`, `semi-supervised`, `both`, the baselines, and their
 * aliases) are fixed; any other name gets the next free style in order of first appearance. For one page, call it once
 * with the names of all its studies: then a name looks the same in every figure.
 *
 * Past 8 other names the colours repeat, with open markers.
 *
 * @example methodStyles(["standard", "mine"]).get("mine") // { color: "#c8406a", symbol: "triangle-down", dash: "solid" }
 */
export function methodStyles(names: Iterable<string>): ReadonlyMap<string, MethodStyle> {
  const styles = new Map<string, MethodStyle>();
  let others = 0;
  for (const name of names) {
    if (styles.has(name)) continue;
    const known = knownStyle(name);
    styles.set(name, known ?? extraStyle(others));
    if (known === null) others += 1;
  }
  return styles;
}

function knownStyle(name: string): MethodStyle | null {
  const key = Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name;
  return Object.hasOwn(KNOWN, key) ? KNOWN[key]! : null;
}

function extraStyle(index: number): MethodStyle {
  const base = EXTRA[index % EXTRA.length]!;
  return index < EXTRA.length ? base : { ...base, symbol: `${base.symbol}-open` };
}
