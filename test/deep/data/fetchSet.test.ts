import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { AdvTransferError } from "../../../src/core/errors.js";
import { type DownloadOptions, type Fetcher, sha256Of } from "../../../src/deep/data/download.js";
import { fetchKnown, fetchSet } from "../../../src/deep/data/fetchSet.js";
import { loadImageSet } from "../../../src/deep/data/imageFolder.js";
import {
  WELL_KNOWN_SETS,
  type WellKnownFile,
  type WellKnownSet,
} from "../../../src/deep/data/wellKnownSets.js";
import { scratchFolder } from "../../helpers/scratch.js";
import { idxBytes, tarBytes } from "./dataFiles.js";

const IMAGES = gzipSync(idxBytes([2, 1, 3], [1, 2, 3, 4, 5, 6]));
const LABELS = gzipSync(idxBytes([2], [1, 0]));
const fileOf = (name: string, bytes: Uint8Array): WellKnownFile => ({
  name,
  bytes: bytes.length,
  sha256: sha256Of(bytes),
});
const SMALL: WellKnownSet = {
  name: "small",
  about: "",
  page: "",
  mirrors: ["https://one.test/a/", "https://two.test/"],
  files: [fileOf("train-images-idx3-ubyte.gz", IMAGES), fileOf("train-labels-idx1-ubyte.gz", LABELS)],
  archive: null,
};
const CONTENT: Readonly<Record<string, Uint8Array>> = {
  "train-images-idx3-ubyte.gz": IMAGES,
  "train-labels-idx1-ubyte.gz": LABELS,
};

/** A fetcher that answers from a table of hosts; what it was asked for is in `asked`. */
function answering(hosts: Record<string, (name: string) => Response | Error>): {
  fetcher: Fetcher;
  asked: string[];
} {
  const asked: string[] = [];
  const fetcher: Fetcher = async (url) => {
    asked.push(url);
    const { host, pathname } = new URL(url);
    const answer = hosts[host]!(pathname.split("/").at(-1)!);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { fetcher, asked };
}

const good = (name: string): Response => new Response(Buffer.from(CONTENT[name]!));
const offline = (): Error => Object.assign(new TypeError("fetch failed"), { cause: { code: "ENOTFOUND" } });

async function refused(work: Promise<unknown>): Promise<AdvTransferError> {
  const error = await work.then(
    () => new Error("nothing was refused"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AdvTransferError);
  expect((error as AdvTransferError).hint).toBeTruthy();
  return error as AdvTransferError;
}

describe("fetching a set", () => {
  test("puts every file where it is found, under its name alone, and tells how far it is", async () => {
    const folder = scratchFolder();
    const { fetcher, asked } = answering({ "one.test": good });
    const seen: string[] = [];
    const onProgress: DownloadOptions["onProgress"] = ({ file, url, received, total }) => {
      expect(url.endsWith(file)).toBe(true);
      expect(received).toBeLessThanOrEqual(total);
      if (received === total) seen.push(file);
    };
    const files = await fetchKnown(SMALL, folder, { fetcher, onProgress });
    expect(asked).toEqual(SMALL.files.map(({ name }) => `https://one.test/a/${name}`));
    expect(files).toEqual(
      asked.map((url, i) => ({ path: join(folder, "small", SMALL.files[i]!.name), url })),
    );
    expect(seen).toEqual(SMALL.files.map(({ name }) => name));
    expect(readdirSync(join(folder, "small")).sort()).toEqual(Object.keys(CONTENT).sort());
    for (const { path } of files)
      expect(readFileSync(path).equals(CONTENT[path.split("/").at(-1)!]!)).toBe(true);
    expect(loadImageSet(folder, "small")).toMatchObject({ count: 2, shape: [1, 3, 1] });
  });

  test("again asks for nothing, and after a stop for what is missing alone", async () => {
    const folder = scratchFolder();
    const half = answering({
      "one.test": (name) => (name.includes("labels") ? offline() : good(name)),
      "two.test": offline,
    });
    await refused(fetchKnown(SMALL, folder, half));
    expect(readdirSync(join(folder, "small"))).toEqual(["train-images-idx3-ubyte.gz"]);
    const rest = answering({ "one.test": good });
    const files = await fetchKnown(SMALL, folder, rest);
    expect(rest.asked).toEqual(["https://one.test/a/train-labels-idx1-ubyte.gz"]);
    expect(files.map(({ url }) => url)).toEqual([null, rest.asked[0]]);
    const none = answering({});
    expect((await fetchKnown(SMALL, folder, none)).every(({ url }) => url === null)).toBe(true);
    expect(none.asked).toEqual([]);
  });

  test("goes to the next mirror where one fails, whatever the reason", async () => {
    const cut = (name: string): Response => new Response(Buffer.from(CONTENT[name]!.subarray(1)));
    const long = (name: string): Response => new Response(Buffer.concat([CONTENT[name]!, Buffer.of(0)]));
    const wrong = (name: string): Response => new Response(Buffer.from(CONTENT[name]!).fill(7));
    const missing = (): Response => new Response("<html>", { status: 404, statusText: "Not Found" });
    const silent = (): Response => new Response(null);
    for (const first of [cut, long, wrong, missing, silent, offline]) {
      const folder = scratchFolder();
      const { fetcher, asked } = answering({ "one.test": first, "two.test": good });
      const files = await fetchKnown(SMALL, folder, { fetcher });
      expect(files[0]!.url).toBe("https://two.test/train-images-idx3-ubyte.gz");
      expect(asked).toHaveLength(4);
      expect(readFileSync(files[0]!.path).equals(IMAGES)).toBe(true);
    }
  });

  test("where no mirror has it, says what each of them did, how to do it by hand, and leaves no trace", async () => {
    const folder = join(scratchFolder(), "my data");
    const { fetcher } = answering({
      "one.test": offline,
      "two.test": () => new Response("", { status: 503 }),
    });
    const error = await refused(fetchKnown(SMALL, folder, { fetcher }));
    expect(error.code).toBe("io");
    expect(error.message).toBe(
      "no mirror of small gives train-images-idx3-ubyte.gz:\n" +
        "  https://one.test/a/train-images-idx3-ubyte.gz: the name of the host is not known (offline?)\n" +
        "  https://two.test/train-images-idx3-ubyte.gz: the answer is 503",
    );
    for (const line of [
      `mkdir -p '${folder}/small' && cd '${folder}/small'`,
      "curl -fLO https://one.test/a/train-images-idx3-ubyte.gz",
      "curl -fLO https://one.test/a/train-labels-idx1-ubyte.gz",
      `${sha256Of(LABELS)}  train-labels-idx1-ubyte.gz`,
    ]) {
      expect(error.hint!.split("\n")).toContain(line);
    }
    expect(existsSync(folder)).toBe(false);
  });

  test("refuses another content, naming both sums, and says so where the server unpacked it", async () => {
    const folder = scratchFolder();
    const other = Buffer.from(IMAGES).fill(7);
    const { fetcher } = answering({
      "one.test": () => new Response(other),
      "two.test": () => new Response(other, { headers: { "content-encoding": "gzip" } }),
    });
    const { message } = await refused(fetchKnown(SMALL, folder, { fetcher }));
    const sums = `its SHA-256 must be ${sha256Of(IMAGES)}, it is ${sha256Of(other)}`;
    expect(message).toContain(`https://one.test/a/train-images-idx3-ubyte.gz: ${sums}\n`);
    expect(message).toContain(`${sums} (the server had it unpacked on the way: content-encoding gzip)`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("never overwrites a file with other content", async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "small"));
    const path = join(folder, "small", SMALL.files[1]!.name);
    writeFileSync(path, "mine");
    const { fetcher, asked } = answering({ "one.test": good });
    const error = await refused(fetchKnown(SMALL, folder, { fetcher }));
    expect(error.code).toBe("bad-input");
    expect(error.message).toBe(
      `${path} must have the SHA-256 ${sha256Of(LABELS)}, found ${sha256Of(Buffer.from("mine"))}`,
    );
    expect(asked).toEqual([]);
    expect(readFileSync(path, "utf8")).toBe("mine");
  });

  test("asks for nothing where it could not write", async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "file"), "");
    const { fetcher, asked } = answering({ "one.test": good });
    expect((await refused(fetchKnown(SMALL, join(folder, "file"), { fetcher }))).code).toBe("io");
    mkdirSync(join(folder, "closed"));
    chmodSync(join(folder, "closed"), 0o500);
    // A superuser may write everywhere.
    if (process.getuid?.() !== 0) {
      expect((await refused(fetchKnown(SMALL, join(folder, "closed"), { fetcher }))).message).toContain(
        "permission denied",
      );
    }
    expect(asked).toEqual([]);
  });

  test("is interrupted by its signal, before and between", async () => {
    const folder = scratchFolder();
    const controller = new AbortController();
    const { fetcher } = answering({
      "one.test": (name) => {
        if (name.includes("labels")) controller.abort();
        return name.includes("labels") ? offline() : good(name);
      },
    });
    const { signal } = controller;
    expect((await refused(fetchKnown(SMALL, folder, { fetcher, signal }))).code).toBe("interrupted");
    expect(readdirSync(join(folder, "small"))).toEqual(["train-images-idx3-ubyte.gz"]);
    const late = answering({});
    expect((await refused(fetchKnown(SMALL, folder, { ...late, signal }))).code).toBe("interrupted");
    expect(late.asked).toEqual([]);
  });
});

describe("a set that comes as an archive", () => {
  const batches = [1, 2].map((label) => Buffer.alloc(2 * 3073, label));
  const files = batches.map((bytes, i) => fileOf(`data_batch_${i + 1}.bin`, bytes));
  const packed = gzipSync(
    tarBytes([
      ["cifar/readme.html", "no data"],
      ["cifar/data_batch_1.bin", batches[0]!],
      ["../data_batch_2.bin", batches[1]!],
    ]),
  );
  const set = (archive: Uint8Array): WellKnownSet => ({
    ...SMALL,
    name: "cifar",
    files,
    archive: fileOf("cifar.tar.gz", archive),
  });

  test("is unpacked beside nothing else, no member outside its folder", async () => {
    const folder = scratchFolder();
    const { fetcher, asked } = answering({ "one.test": () => new Response(packed) });
    const fetched = await fetchKnown(set(packed), folder, { fetcher });
    expect(asked).toEqual(["https://one.test/a/cifar.tar.gz"]);
    expect(fetched.map(({ url }) => url)).toEqual([asked[0], asked[0]]);
    expect(readdirSync(folder)).toEqual(["cifar"]);
    expect(readdirSync(join(folder, "cifar")).sort()).toEqual(["data_batch_1.bin", "data_batch_2.bin"]);
    expect([...loadImageSet(folder, "cifar10").labels]).toEqual([1, 1, 2, 2]);
    expect((await fetchKnown(set(packed), folder, answering({}))).every(({ url }) => url === null)).toBe(
      true,
    );
  });

  test("without a file that it should have, or with another, is refused", async () => {
    for (const [members, found] of [
      [[["data_batch_1.bin", batches[0]!]], "no such file in it"],
      [
        [
          ["data_batch_1.bin", batches[0]!],
          ["data_batch_2.bin", batches[0]!],
        ],
        sha256Of(batches[0]!),
      ],
    ] as const) {
      const archive = gzipSync(tarBytes(members));
      const { fetcher } = answering({ "one.test": () => new Response(archive) });
      expect((await refused(fetchKnown(set(archive), scratchFolder(), { fetcher }))).message).toBe(
        `cifar.tar.gz must have data_batch_2.bin with the SHA-256 ${files[1]!.sha256}, found ${found}`,
      );
    }
  });

  test("has commands by hand that unpack it", async () => {
    const { fetcher } = answering({ "one.test": offline, "two.test": offline });
    const { hint } = await refused(fetchKnown(set(packed), "data", { fetcher }));
    expect(hint).toContain(
      "mkdir -p data/cifar && cd data/cifar\ncurl -fLO https://one.test/a/cifar.tar.gz\n",
    );
    expect(hint).toContain("\ntar -xzf cifar.tar.gz --strip-components=1");
  });
});

describe("the well-known sets", () => {
  test("are the four, every file with its sum, several mirrors each, of which the first are https", () => {
    expect(WELL_KNOWN_SETS.map(({ name }) => name)).toEqual(["mnist", "fashion-mnist", "kmnist", "cifar10"]);
    const sums = new Set<string>();
    for (const { files, archive, mirrors, about } of WELL_KNOWN_SETS) {
      expect(about).not.toBe("");
      expect(mirrors.length).toBeGreaterThan(1);
      expect(mirrors[0]).toMatch(/^https:/);
      for (const mirror of mirrors) expect(new URL(mirror).href).toBe(mirror);
      for (const mirror of mirrors) expect(mirror.endsWith("/")).toBe(true);
      for (const { sha256, bytes } of [...files, ...(archive === null ? [] : [archive])]) {
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(bytes).toBeGreaterThan(1000);
        sums.add(sha256);
      }
    }
    expect(sums.size).toBe(4 + 4 + 4 + 6 + 1);
  });

  test("are fetched by name; another name is refused with those there are", async () => {
    const asked: string[] = [];
    const fetcher: Fetcher = async (url) => {
      asked.push(url);
      return new Response("", { status: 404 });
    };
    for (const name of ["mnist", "fashion-mnist", "kmnist", "cifar10"]) {
      expect((await refused(fetchSet(name, scratchFolder(), { fetcher }))).message).toContain(
        `no mirror of ${name}`,
      );
    }
    expect(asked).toContain("https://storage.googleapis.com/cvdf-datasets/mnist/train-images-idx3-ubyte.gz");
    expect(asked).toContain("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
    const error = await refused(fetchSet("minst", "data", { fetcher }));
    expect(error.code).toBe("bad-input");
    expect(error.message).toBe('set must be mnist, fashion-mnist, kmnist or cifar10, received "minst"');
    expect(error.hint).toContain("mnist");
  });
});
