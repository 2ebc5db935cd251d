const EVENTS: readonly (string | symbol)[] = ["uncaughtException", "unhandledRejection"];

/**
 * Runs `start` and takes off the process the listeners for uncaught errors that code of a package has put there meanwhile. The glue of the wasm
 * binary installs two that rethrow from inside its bundle: an error of ours would end with a page of minified code, exit code 7 and no `exit`
 * handlers. Listeners that others add at the same time stay.
 */
export async function withoutListenersOf<T>(packageName: string, start: () => Promise<T>): Promise<T> {
  const added: [string, (...args: unknown[]) => void][] = [];
  const watch = (event: string | symbol, listener: (...args: unknown[]) => void): void => {
    // Who adds it shows in the stack.
    if (EVENTS.includes(event) && new Error().stack?.includes(packageName)) {
      added.push([String(event), listener]);
    }
  };
  process.on("newListener", watch);
  try {
    return await start();
  } finally {
    process.off("newListener", watch);
    for (const [event, listener] of added) process.off(event, listener);
  }
}
