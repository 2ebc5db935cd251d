import { Script } from "node:vm";

export type Outcome =
  | { readonly kind: "passed" }
  | { readonly kind: "failed" | "hung"; readonly message: string };

const START = new Script("globalThis.__start()");

/**
 * Runs a test, and stops it when it takes more than `patience` ms of processor time: a machine that is busy with something else is no reason to
 * call a test hung, so a test that did not get that much is started again with more time on the clock.
 */
export async function runGuarded(run: () => unknown, patience: number): Promise<Outcome> {
  const holder = globalThis as { __start?: () => unknown };
  for (let clock = patience; ; clock *= 4) {
    holder.__start = run;
    const before = process.cpuUsage();
    try {
      await START.runInThisContext(Number.isFinite(clock) ? { timeout: Math.ceil(clock) } : {});
      return { kind: "passed" };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if ((error as { code?: string }).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT")
        return { kind: "failed", message };
      const { user, system } = process.cpuUsage(before);
      if ((user + system) / 1000 >= patience / 2) return { kind: "hung", message };
    }
  }
}
