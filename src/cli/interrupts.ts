import { EXIT_INTERRUPTED } from "./showError.js";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs work that stops cleanly on Ctrl-C (and when a scheduler ends the job): the first signal aborts, the second ends the
 * process at once.
 */
export async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  onFirst: () => void,
): Promise<Result> {
  const controller = new AbortController();
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    onFirst();
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, listener);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, listener);
  }
}
