import { createHash } from "node:crypto";
import { AdvTransferError } from "../../core/errors.js";
import type { WellKnownFile } from "./wellKnownSets.js";

/** What asks for an address; the global `fetch` is one. Must stop when the signal says so. */
export type Fetcher = (url: string, init: { readonly signal: AbortSignal }) => Promise<Response>;

export interface DownloadOptions {
  /** Default: the global `fetch`. */
  readonly fetcher?: Fetcher;
  /** Called as bytes come in. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Seconds without a byte after which a mirror is given up. Default 30. */
  readonly patience?: number;
  /** Stops everything; what is whole stays. */
  readonly signal?: AbortSignal;
}

export interface DownloadProgress {
  readonly file: string;
  readonly url: string;
  readonly received: number;
  readonly total: number;
}

/** The bytes of a file, checked, or why an address did not give them. */
export type Downloaded = { readonly bytes: Uint8Array } | { readonly failure: string };

const NETWORK: Readonly<Record<string, string>> = {
  ENOTFOUND: "the name of the host is not known (offline?)",
  EAI_AGAIN: "the name of the host cannot be looked up (offline?)",
  ECONNREFUSED: "the connection is refused",
  ECONNRESET: "the connection broke off",
  ENETUNREACH: "the network cannot be reached (offline?)",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_SOCKET: "the connection broke off",
};

/**
 * Downloads a file whose size and SHA-256 are known from one address into memory. Whatever is not that file to the byte is a failure that
 * names both sums; never more than its size is read. Throws an AdvTransferError (`interrupted`) when the signal stops it.
 */
export async function download(
  url: string,
  file: WellKnownFile,
  options: DownloadOptions,
): Promise<Downloaded> {
  const { fetcher = fetch, patience = 30 } = options;
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  options.signal?.addEventListener("abort", stop);
  const timer = setTimeout(stop, 1000 * patience);
  try {
    options.signal?.throwIfAborted();
    const response = await fetcher(url, { signal: controller.signal });
    if (!response.ok) return { failure: `the answer is ${response.status} ${response.statusText}`.trim() };
    const bytes = await bodyOf(response, file, (received) => {
      timer.refresh();
      options.onProgress?.({ file: file.name, url, received, total: file.bytes });
    });
    return checked(bytes, file, response.headers.get("content-encoding"));
  } catch (error) {
    if (options.signal?.aborted) {
      throw new AdvTransferError("interrupted", `the download of ${file.name} was stopped`, {
        hint: "What was whole is kept; the same command goes on from there.",
      });
    }
    if (controller.signal.aborted) return { failure: `nothing came for ${patience} s` };
    return { failure: reasonOf(error) };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", stop);
    // Closes the connection where not all was read.
    controller.abort();
  }
}

/** What came, up to the size of the file; null when there is more. */
async function bodyOf(
  response: Response,
  file: WellKnownFile,
  onBytes: (received: number) => void,
): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(file.bytes);
  let received = 0;
  if (response.body === null) return bytes.subarray(0, 0);
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, received);
    if (received + value.length > file.bytes) return null;
    bytes.set(value, received);
    received += value.length;
    onBytes(received);
  }
}

function checked(bytes: Uint8Array | null, file: WellKnownFile, encoding: string | null): Downloaded {
  // Then `fetch` has unpacked what the server sent, and no one can know the file's own bytes.
  const unpacked =
    encoding === null ? "" : ` (the server had it unpacked on the way: content-encoding ${encoding})`;
  if (bytes === null) return { failure: `more than ${file.bytes} bytes came${unpacked}` };
  if (bytes.length < file.bytes) {
    return { failure: `${bytes.length} of ${file.bytes} bytes came${unpacked}` };
  }
  const sum = sha256Of(bytes);
  if (sum === file.sha256) return { bytes };
  return { failure: `its SHA-256 must be ${file.sha256}, it is ${sum}${unpacked}` };
}

/** SHA-256, hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** `fetch` hides what happened in the cause of "fetch failed". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
  return NETWORK[cause?.code ?? ""] ?? cause?.message ?? message ?? String(error);
}
