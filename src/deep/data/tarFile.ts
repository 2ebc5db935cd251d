import { damagedFile } from "./dataFile.js";

export interface TarMember {
  /** With folders, as in the archive. */
  readonly name: string;
  /** A view into the archive. */
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

/**
 * The regular files of a tar archive (ustar and older; what is no regular file, long names of GNU and extended headers among them, is passed
 * over). Source: POSIX.1-1988 ustar interchange format: headers of 512 bytes with a sum of their own, contents padded to 512 bytes, two empty
 * blocks at the end.
 *
 * Throws `bad-input`, naming `path`, when a header is damaged or the archive is cut off.
 */
export function* tarMembers(archive: Uint8Array, path: string): Generator<TarMember> {
  for (let at = 0; at < archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.length < BLOCK) throw cutOff(path, at);
    if (header.every((byte) => byte === 0)) return;
    requireSum(header, path, at);
    const size = octal(header, 124, 12);
    const start = at + BLOCK;
    if (!(size !== null && start + size <= archive.length)) throw cutOff(path, at);
    const type = header[156]!;
    if (type === 0 || type === 0x30) {
      const prefix = text(header, 257, 5) === "ustar" ? text(header, 345, 155) : "";
      const name = text(header, 0, 100);
      yield {
        name: prefix === "" ? name : `${prefix}/${name}`,
        bytes: archive.subarray(start, start + size),
      };
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw cutOff(path, archive.length);
}

/** The sum of the header's bytes, its own field read as spaces. */
function requireSum(header: Uint8Array, path: string, at: number): void {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : header[i]!;
  if (sum === octal(header, 148, 8)) return;
  throw damagedFile(path, "be a tar archive", `a damaged header at byte ${at}`);
}

/** A number in octal digits, between spaces and up to a space or zero byte; null when it is none. */
function octal(header: Uint8Array, start: number, length: number): number | null {
  const digits = text(header, start, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

/** Characters up to the first zero byte. */
function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString("latin1");
}

function cutOff(path: string, at: number): Error {
  return damagedFile(path, "be a whole tar archive", `its end within what starts at byte ${at}`);
}
