/** Text for HTML content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** JSON for a `<script type="application/json">`: no character sequence in it can end or confuse the script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/**
 * JavaScript source for an inline `<script>`. The HTML parser ends the element at `</script` and changes state at `<!--` and `<script`, wherever they
 * stand. In source code these occur inside string and regular expression literals and in comments, where `\x3c` is the same `<`.
 */
export function scriptSource(source: string): string {
  return source.replaceAll(/<(?=\/script|script|!--)/gi, "\\x3c");
}
