const EVENTS = ["uncaughtException", "unhandledRejection"] as const;

/**
 * Runs `start` and takes off the process the listeners for uncaught errors that it put there. The glue of the wasm binary installs two that
 * rethrow from inside its bundle: an error of ours would end with a page of minified code, exit code 7 and no `exit` handlers.
 */
export async function withoutNewListeners<T>(start: () => Promise<T>): Promise<T> {
  const before = EVENTS.map((event) => new Set<unknown>(process.listeners(event as "exit")));
  try {
    return await start();
  } finally {
    EVENTS.forEach((event, k) => {
      for (const listener of process.listeners(event as "exit")) {
        if (!before[k]!.has(listener)) process.removeListener(event, listener);
      }
    });
  }
}
