/**
 * An SVG from plotly with ids that depend on the figure alone. plotly gives every drawing a random name of six hexadecimal digits (clip
 * paths and gradients are called after it), so two exports of one figure would differ.
 */
export function plainSvg(svg: string, id: string): string {
  const names = new Set(
    [...svg.matchAll(/id="(?:topdefs-|defs-|clip|legend|g)([0-9a-f]{6})/g)].map((m) => m[1]!),
  );
  let plain = svg;
  [...names]
    .sort((a, b) => svg.indexOf(a) - svg.indexOf(b))
    .forEach((name, i) => {
      plain = plain.replaceAll(name, i === 0 ? id : `${id}-${i}`);
    });
  return plain.endsWith("\n") ? plain : `${plain}\n`;
}
