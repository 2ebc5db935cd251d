import type { DownloadProgress } from "../../deep/data/download.js";
import { fetchSet } from "../../deep/data/fetchSet.js";
import { findImageSets } from "../../deep/data/imageFolder.js";
import { interruptible } from "../interrupts.js";
import { EXIT_OK } from "../showError.js";
import { noticeOn } from "../studyRun.js";
import type { Terminal } from "../terminal.js";

export interface DeepDataOptions {
  readonly out?: string;
  readonly quiet?: boolean;
}

/** Milliseconds between two drawings of the progress. */
const REDRAW = 200;

/** `advtransfer deep data fetch NAME`: downloads an image set, checks it, and puts it where `--data` finds it. Returns the exit code. */
export async function fetchData(name: string, options: DeepDataOptions, terminal: Terminal): Promise<number> {
  const { stdout, stderr } = terminal;
  const folder = options.out ?? "data";
  const shown = stderr.isTTY && !options.quiet;
  let drawn = Number.NEGATIVE_INFINITY;
  const onProgress = ({ url, received, total }: DownloadProgress): void => {
    const now = performance.now();
    if (!shown || now - drawn < REDRAW) return;
    drawn = now;
    const text = `${url}: ${Math.floor((100 * received) / total)} % of ${(total / 1e6).toFixed(1)} MB`;
    stderr.write(`\r\u001b[K${text.slice(0, stderr.columns - 1)}`);
  };
  try {
    const files = await interruptible(
      (signal) => fetchSet(name, folder, { signal, onProgress }),
      () => noticeOn(terminal)("stopping; whole files are kept"),
    );
    if (shown) stderr.write("\r\u001b[K");
    if (!options.quiet) {
      for (const { path, url } of files) stdout.write(`${path}${url === null ? " (was there)" : ""}\n`);
      stdout.write(`use them with: advtransfer deep noisy-digits --data ${folder}\n`);
    }
    return EXIT_OK;
  } finally {
    if (shown) stderr.write("\r\u001b[K");
  }
}

/** `advtransfer deep data list DIR`: the image sets that studies can use. Returns the exit code. */
export function listData(folder: string, { stdout }: Terminal): number {
  const sets = findImageSets(folder);
  if (sets.length === 0) stdout.write(`${folder} has no image sets\n`);
  for (const { name, format, files, missing } of sets) {
    const state = missing === null ? files.join(", ") : `not whole: ${missing} is not there`;
    stdout.write(`${name.padEnd(20)} ${format.padEnd(8)} ${state}\n`);
  }
  return EXIT_OK;
}
