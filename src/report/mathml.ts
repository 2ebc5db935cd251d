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
    return katex.renderToString(tex, {
      output: "mathml",
      displayMode: true,
      throwOnError: true,
      strict: "error",
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AdvTransferError("bad-input", `a formula must be TeX that KaTeX reads: ${reason}`, { cause });
  }
}
