import { join } from "node:path";
import { expect, test } from "vitest";
import { CIFAR_RECORD, readCifar } from "../../../src/deep/data/cifar.js";
import { scratchFolder } from "../../helpers/scratch.js";
import { put, refusal } from "./dataFiles.js";

/** A record of a label and pixels given by channel, row and column. */
function record(label: number, pixel: (channel: number, row: number, column: number) => number): Buffer {
  const bytes = Buffer.alloc(3073, 0);
  bytes[0] = label;
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < 32; y++) {
      for (let x = 0; x < 32; x++) bytes[1 + 1024 * c + 32 * y + x] = pixel(c, y, x);
    }
  }
  return bytes;
}

test("planes of channels become channels of pixels, over files in their order", () => {
  const folder = scratchFolder();
  const first = record(3, (c, y, x) => (90 * c + 7 * y + x) % 256);
  const second = record(9, (c) => c);
  const third = record(0, () => 255);
  const paths = [
    put(folder, "data_batch_1.bin", Buffer.concat([first, second])),
    put(folder, "data_batch_2.bin.gz", third),
  ];
  const set = readCifar("cifar10", paths);
  expect(set).toMatchObject({ name: "cifar10", count: 3, features: 3072, shape: [32, 32, 3], classes: 10 });
  expect([...set.labels]).toEqual([3, 9, 0]);
  for (const [c, y, x] of [
    [0, 0, 0],
    [1, 0, 31],
    [2, 31, 0],
    [1, 13, 7],
  ] as const) {
    expect(set.pixels[(32 * y + x) * 3 + c]).toBe((90 * c + 7 * y + x) % 256);
  }
  expect([...set.pixels.subarray(3072, 3078)]).toEqual([0, 1, 2, 0, 1, 2]);
  expect(set.pixels.subarray(6144).every((value) => value === 255)).toBe(true);
});

test("a file that is no whole number of records, has a label above 9, is empty or missing is refused by name", () => {
  const folder = scratchFolder();
  const good = put(
    folder,
    "data_batch_1.bin",
    record(1, () => 0),
  );
  const cut = put(folder, "data_batch_2.bin", record(1, () => 0).subarray(0, 3000));
  const error = refusal(() => readCifar("cifar10", [good, cut]));
  expect(error.code).toBe("bad-input");
  expect(error.message).toBe(
    `${cut} must be whole records of ${CIFAR_RECORD} bytes (CIFAR-10, binary version), found 3000 bytes, 3000 after the last whole record`,
  );
  const hundred = put(folder, "train.bin", Buffer.alloc(2 * 3074));
  expect(refusal(() => readCifar("cifar10", [hundred])).message).toContain("found 6148 bytes, 2 after");
  const wrong = put(folder, "data_batch_3.bin", Buffer.concat([record(9, () => 0), record(10, () => 0)]));
  expect(refusal(() => readCifar("cifar10", [wrong])).message).toBe(
    `${wrong} must have labels in 0..9, found label 10 at index 1`,
  );
  const empty = put(folder, "data_batch_4.bin", Buffer.alloc(0));
  expect(refusal(() => readCifar("cifar10", [empty])).message).toContain("found an empty file");
  expect(refusal(() => readCifar("cifar10", [join(folder, "data_batch_5.bin")])).code).toBe("io");
});
