import { expect, test } from "vitest";
import { withoutListenersOf } from "../../../src/deep/tensors/withoutListenersOf.js";

const EVENTS = ["uncaughtException", "unhandledRejection", "warning"] as const;
const listeners = (): unknown[] => EVENTS.flatMap((event) => process.listeners(event as "exit"));

/** A function by this name, seen in a stack, stands for the package. */
function glueOfThePackage(): void {
  for (const event of EVENTS) process.on(event, function added() {});
}

test("listeners for uncaught errors that a package adds are gone afterwards, all others stay", async () => {
  const before = listeners();
  const ours = (): void => {};
  const result = await withoutListenersOf("glueOfThePackage", async () => {
    process.on("uncaughtException", ours);
    glueOfThePackage();
    return 7;
  });
  expect(result).toBe(7);
  const added = listeners().filter((listener) => !before.includes(listener));
  // Ours, and the package's listener for another event.
  expect(added).toHaveLength(2);
  expect(added).toContain(ours);
  process.off("uncaughtException", ours);
  process.removeListener("warning", process.listeners("warning" as "exit").at(-1)!);
  expect(listeners()).toEqual(before);
});

test("an error on the way leaves nothing behind either, and nobody is watched afterwards", async () => {
  const before = listeners();
  const failing = withoutListenersOf("glueOfThePackage", async () => {
    glueOfThePackage();
    throw new Error("no start");
  });
  await expect(failing).rejects.toThrow("no start");
  process.removeListener("warning", process.listeners("warning" as "exit").at(-1)!);
  expect(listeners()).toEqual(before);
  const count = process.listenerCount("newListener");
  await withoutListenersOf("anything", async () => {});
  expect(process.listenerCount("newListener")).toBe(count);
});
