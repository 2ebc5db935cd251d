import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { scratchFolder } from "./scratch.js";

/** A deep study of a second: 4 tasks in 12 dimensions, a network of 6 units. */
export const TINY: Readonly<Record<string, object | string | number>> = {
  kind: "deep",
  name: "tiny",
  replications: 2,
  data: { from: "teacher", dimension: 12, tasks: 4, unlabeled: 40, test: 50, target: { test: 100 } },
  training: { network: { kind: "mlp", hidden: [6] }, batch: 16, steps: 30, fewSteps: 20, learningRate: 0.01 },
  target: { labels: [4, 8] },
  methods: [{ name: "standard" }, { name: "adversarial", attack: { norm: "inf", radius: 0.2 } }],
};

/** A study file in a folder of its own; what is changed replaces fields at the top. */
export function studyFile(changes: object = {}): { file: string; out: string } {
  const folder = scratchFolder();
  const file = join(folder, "study.json");
  writeFileSync(file, JSON.stringify({ ...TINY, ...changes }));
  return { file, out: join(folder, "out") };
}

/** An IDX set of ten classes in a folder: images of 4 x 4, `count` of them. */
export function imageFolder(count: number, changed: { images?: Buffer; labels?: Buffer } = {}): string {
  const folder = scratchFolder();
  const header = (magic: number, ...sizes: number[]): Buffer => {
    const bytes = Buffer.alloc(4 * (1 + sizes.length));
    [magic, ...sizes].forEach((value, i) => {
      bytes.writeUInt32BE(value, 4 * i);
    });
    return bytes;
  };
  const pixels = Buffer.from(Array.from({ length: 16 * count }, (_, i) => (i * 37 + (i >> 4) * 11) % 256));
  const images = changed.images ?? Buffer.concat([header(0x803, count, 4, 4), pixels]);
  const labels =
    changed.labels ??
    Buffer.concat([header(0x801, count), Buffer.from(Array.from({ length: count }, (_, i) => i % 10))]);
  writeFileSync(join(folder, "mnist-images-idx3-ubyte.gz"), gzipSync(images));
  writeFileSync(join(folder, "mnist-labels-idx1-ubyte"), labels);
  return folder;
}

/** What makes it a study on images of the set "mnist". */
export const DIGITS: object = {
  data: {
    from: "folder",
    source: { set: "mnist", classes: [0, 1] },
    target: { set: "mnist", classes: [2, 3] },
    labeled: 5,
    test: 20,
    targetTest: 20,
  },
};
