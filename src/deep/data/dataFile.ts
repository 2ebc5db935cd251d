import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { AdvTransferError } from "../../core/errors.js";
import { ioError } from "../../study/disk/ioError.js";

/** The largest file that is read, unpacked: 2 GiB, four times the largest of the MNIST family. A small gzip file can hold any amount of zeros. */
const MOST_BYTES = 2 ** 31;

const CUT_OFF = "The download or copy was cut off or damaged: fetch the file again.";

/**
 * The bytes of a data file, unpacked if it is gzip, which its first two bytes tell (1f 8b), not its name.
 *
 * Throws an AdvTransferError: `io` when it cannot be read, `bad-input` when it is empty, damaged gzip, or more than `mostBytes` unpacked.
 */
export function readDataFile(path: string, mostBytes: number = MOST_BYTES): Uint8Array {
  const bytes = fileBytes(path);
  if (bytes.length === 0) throw damagedFile(path, "have content", "an empty file", CUT_OFF);
  if (!isGzip(bytes)) return plain(bytes);
  let unpacked: Uint8Array;
  try {
    unpacked = gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === "ERR_BUFFER_TOO_LARGE") {
      throw damagedFile(
        path,
        `unpack to at most ${mostBytes} bytes`,
        "more",
        "Cut it into smaller sets.",
        error,
      );
    }
    throw damagedFile(path, "be whole gzip data", `damage (${message})`, CUT_OFF, error);
  }
  if (unpacked.length === 0) throw damagedFile(path, "have content", "an empty file in gzip", CUT_OFF);
  if (isGzip(unpacked)) {
    throw damagedFile(path, "be gzip data once", "gzip within gzip", `Unpack it once: gunzip ${path}`);
  }
  return plain(unpacked);
}

/** A Buffer's `slice` shares its memory, which no reader of typed arrays expects. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A data file that is not what it should be: the file, what was expected, what was found, the way out. */
export function damagedFile(
  path: string,
  expected: string,
  found: string,
  hint: string = CUT_OFF,
  cause?: unknown,
): AdvTransferError {
  return new AdvTransferError("bad-input", `${path} must ${expected}, found ${found}`, { hint, cause });
}

function fileBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { message } = ioError("read", path, error);
    throw new AdvTransferError("io", message, {
      hint: "Give a data folder and files that this user may read.",
      cause: error,
    });
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
