import { AdvTransferError } from "../src/core/errors.js";

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`. Throws `bad-input` when the marks are missing. */
export function replaceBetween(text: string, name: string, content: string): string {
  const open = `<!-- ${name} -->`;
  const close = `<!-- /${name} -->`;
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start)
    throw new AdvTransferError("bad-input", `the text has no marks ${open} and ${close}`);
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`;
}
