import { AdvTransferError } from "./errors.js";
import { show } from "./guards.js";

/**
 * JSON text that depends on content alone: keys sorted, no spaces, `undefined` fields left out, infinities
 * as `"inf"` / `"-inf"`. Two objects with the same content give the same bytes, whatever order they were
 * written in; the keys of random streams and the fingerprints of studies are made from it.
 *
 * Throws on NaN, functions and symbols: a key that silently drops part of its content would collide.
 *
 * @example canonicalJson({ b: Infinity, a: [1, undefined] }) // '{"a":[1,null],"b":"inf"}'
 */
export function canonicalJson(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
  }
  throw new AdvTransferError("bad-input", `only plain data can be written as JSON, received ${show(value)}`);
}

function numberText(value: number): string {
  if (value === Infinity) return '"inf"';
  if (value === -Infinity) return '"-inf"';
  if (Number.isNaN(value)) throw new AdvTransferError("numerical", "NaN has no place in a result or a key");
  return JSON.stringify(value === 0 ? 0 : value);
}
