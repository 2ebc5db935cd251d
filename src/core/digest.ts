import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA-256 of a text as 8 unsigned 32-bit words (big-endian): the key material of a random stream. */
export function digestWords(text: string): Uint32Array {
  const bytes = sha256(utf8ToBytes(text));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i));
}

/** The first `length` hexadecimal digits (at most 64) of the SHA-256 of a text: fingerprints and check sums. */
export function digestHex(text: string, length: number = 64): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, length);
}
