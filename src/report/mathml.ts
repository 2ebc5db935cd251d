import katex from "katex";
import { AdvTransferError } from "../core/errors.js";

/**
 * A TeX formula as MathML, which browsers draw with their own fonts: nothing is fetched and no style sheet is needed. Throws `bad-input` on TeX that
 * KaTeX cannot read.
 *
 * @example mathml("\\|\\sin\\Theta\\|_F \\propto n^{-1/2}")
 */
export function mathml(tex: string): string {
  try {
    const markup = katex.renderToString(tex, {
      output: "mathml",
      displayMode: true,
      throwOnError: true,
      strict: "error",
    });
    // KaTeX leaves the space of "sin x" to the invisible operator U+2061, which browsers give none: the thin space of TeX, and none before a bracket.
    return markup.replaceAll(
      /<mo>\u2061<\/mo>(?!<mo[^>]*>\()/g,
      '<mo>\u2061</mo><mspace width="0.1667em"></mspace>',
    );
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AdvTransferError("bad-input", `a formula must be TeX that KaTeX reads: ${reason}`, { cause });
  }
}
