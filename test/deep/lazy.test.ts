import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { importsOf, resolveImport } from "../helpers/importGraph.js";

const ROOT = new URL("../../", import.meta.url);

/** Every file of src/ that a file reaches by imports of any kind, and the packages that they name. */
function reached(from: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path) || !existsSync(new URL(path, ROOT))) return;
    files.add(path);
    for (const specifier of importsOf(readFileSync(new URL(path, ROOT), "utf8"))) {
      if (specifier.startsWith(".")) visit(resolveImport(path, specifier));
      else packages.add(specifier);
    }
  };
  visit(from);
  return { files, packages };
}

const tensorflow = (names: Iterable<string>): string[] =>
  [...names].filter((name) => name.startsWith("@tensorflow/"));

test("what `import 'advtransfer'` loads has nothing of the deep track, and nothing of tensorflow.js", () => {
  const { files, packages } = reached("src/index.ts");
  expect(files.size).toBeGreaterThan(50);
  expect([...files].filter((path) => path.startsWith("src/deep/"))).toEqual([]);
  expect(tensorflow(packages)).toEqual([]);
  // The reader would see it.
  expect(tensorflow(reached("src/deep/index.ts").packages)).toContain("@tensorflow/tfjs-core");
});

test("`advtransfer/deep` has what a user needs to train an arm and to look at it", async () => {
  const deep = await import("../../src/deep/index.js");
  const { tf } = await deep.loadBackend("cpu");
  const data = deep.teacherTransferData(
    deep.teacherSpec({
      dimension: 6,
      tasks: 2,
      unlabeled: 4,
      validation: 0,
      test: 6,
      target: { norm: 2, trainingPerClass: 3, test: 10 },
    }),
    ["lazy"],
  );
  const settings = deep.settingsOf({
    network: { kind: "mlp", hidden: [3] },
    steps: 2,
    fewSteps: 2,
    batch: 4,
  });
  const { network } = deep.trainArm(tf, data, deep.armOf({ name: "standard" }), settings, ["lazy"]);
  const found = deep.evaluateArm(tf, data, network, { labels: [3], fineTune: false, attack: null }, ["lazy"]);
  expect(found.budgets[0]!.errorRate).toBeGreaterThanOrEqual(0);
  expect(found.sinTheta2).toBeGreaterThan(0);
});
