import { REFERENCES } from "../../deep/study/references.js";
import { type MethodStyle, methodStyles } from "../palette.js";

/** The look of the references: greyish, with open strokes, as the baselines of other studies. */
const REFERENCE_STYLES: readonly MethodStyle[] = [
  { color: "#9a7b00", symbol: "cross", dash: "solid" },
  { color: "#7d7d7d", symbol: "x", dash: "solid" },
];

/** The style of each arm on a page: that of the method of its name, and one of their own for the references `random` and `raw`. */
export function deepStyles(names: Iterable<string>): ReadonlyMap<string, MethodStyle> {
  const references = REFERENCES.map(({ name }) => name);
  const styles = new Map(methodStyles([...names].filter((name) => !references.includes(name))));
  references.forEach((name, i) => {
    styles.set(name, REFERENCE_STYLES[i]!);
  });
  return styles;
}
