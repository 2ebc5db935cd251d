import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AdvTransferError } from "../../../src/core/errors.js";
import { writeAtomically } from "../../../src/study/disk/atomicFile.js";
import { lockFolder } from "../../../src/study/disk/folderLock.js";
import { LedgerWriter } from "../../../src/study/disk/ledgerWriter.js";
import {
  claimFolder,
  createFolder,
  readStoredStudy,
  requireUsableFolder,
} from "../../../src/study/disk/resultsFolder.js";
import { resolveStudy } from "../../../src/study/resolveStudy.js";
import { scratchFolder } from "../../helpers/scratch.js";
import { rowOf, smallStudy } from "../../helpers/studies.js";

const study = smallStudy();
const KEEP = { resume: false, overwrite: false };
const RESUME = { resume: true, overwrite: false };
const OVERWRITE = { resume: false, overwrite: true };

function refusal(action: () => unknown): AdvTransferError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(AdvTransferError);
    return error as AdvTransferError;
  }
  throw new Error("nothing was refused");
}

describe("a results folder", () => {
  test("remembers its study", () => {
    const folder = scratchFolder();
    claimFolder(folder, study, KEEP, resolveStudy);
    expect(readStoredStudy(folder, resolveStudy).study).toEqual(study);
  });

  test("of the same study is refused without a word, and the way out is said", () => {
    const folder = scratchFolder();
    claimFolder(folder, study, KEEP, resolveStudy);
    const error = refusal(() => requireUsableFolder(folder, study, KEEP, resolveStudy));
    expect(error.code).toBe("bad-input");
    for (const way of ["--resume", "--overwrite", "--out"]) expect(error.hint).toContain(way);
    expect(requireUsableFolder(folder, study, RESUME, resolveStudy)).toEqual(["study.json"]);
    expect(requireUsableFolder(folder, study, OVERWRITE, resolveStudy)).toEqual(["study.json"]);
  });

  test("of another study is refused by its fingerprint, with --resume too, unless it is to be overwritten", () => {
    const folder = scratchFolder();
    claimFolder(folder, smallStudy({ seed: 4 }), KEEP, resolveStudy);
    for (const mode of [KEEP, RESUME]) {
      expect(refusal(() => requireUsableFolder(folder, study, mode, resolveStudy)).message).toContain(
        "another study",
      );
    }
    claimFolder(folder, study, OVERWRITE, resolveStudy);
    expect(readStoredStudy(folder, resolveStudy).study.seed).toBe(3);
  });

  test("may be continued with more replications of the same study, not with fewer", () => {
    const folder = scratchFolder();
    claimFolder(folder, study, KEEP, resolveStudy);
    expect(requireUsableFolder(folder, smallStudy({ replications: 9 }), RESUME, resolveStudy)).toHaveLength(
      1,
    );
    expect(
      refusal(() => requireUsableFolder(folder, smallStudy({ replications: 7 }), RESUME, resolveStudy))
        .message,
    ).toContain("more than the 7 asked for");
    expect(
      refusal(() =>
        requireUsableFolder(folder, smallStudy({ replications: 9, seed: 4 }), RESUME, resolveStudy),
      ).message,
    ).toContain("another study");
  });

  test("of another version is refused", () => {
    const folder = scratchFolder();
    claimFolder(folder, study, KEEP, resolveStudy);
    const path = join(folder, "study.json");
    const stored = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...stored, fingerprint: "0", versions: { advtransfer: "0.0.9" } }));
    expect(refusal(() => requireUsableFolder(folder, study, RESUME, resolveStudy)).message).toContain(
      "version 0.0.9",
    );
  });

  test("with a ledger but no study, or a damaged study, is refused and not touched", () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "replications.jsonl"), "x");
    expect(refusal(() => requireUsableFolder(folder, study, RESUME, resolveStudy)).message).toContain(
      "no study.json",
    );
    for (const text of ["{", "{}", "null", '{"fingerprint":1}']) {
      writeFileSync(join(folder, "study.json"), text);
      expect(refusal(() => requireUsableFolder(folder, study, RESUME, resolveStudy)).code).toBe("bad-input");
    }
    expect(readFileSync(join(folder, "replications.jsonl"), "utf8")).toBe("x");
  });

  test("overwriting deletes results and nothing else", () => {
    const folder = scratchFolder();
    for (const name of ["replications.jsonl", "summary.csv", "report.html", "notes.txt"]) {
      writeFileSync(join(folder, name), "x");
    }
    claimFolder(folder, study, OVERWRITE, resolveStudy);
    expect(readdirSync(folder).sort()).toEqual(["notes.txt", "study.json"]);
  });

  test("that is no results folder says so", () => {
    expect(refusal(() => readStoredStudy(scratchFolder(), resolveStudy)).message).toContain(
      "must be a results folder",
    );
  });
});

describe("a folder that cannot be written", () => {
  test("below a file is one clear error", () => {
    const file = join(scratchFolder(), "file");
    writeFileSync(file, "x");
    const error = refusal(() => createFolder(join(file, "results")));
    expect(error.code).toBe("io");
    expect(error.message).toContain(`cannot create ${file}: there is a file of that name`);
    expect(refusal(() => createFolder(file)).message).toContain("there is a file of that name");
  });

  test("a full disk is one clear error that says how to go on", () => {
    const writer = new LedgerWriter("/dev/full");
    const error = refusal(() => writer.append([rowOf(0, 0, { standard: 1, raw: 1 })]));
    expect(error).toMatchObject({ code: "io", message: "cannot write /dev/full: the disk is full" });
    expect(error.hint).toContain("--resume");
  });
});

describe("writeAtomically", () => {
  test("replaces a file as a whole and leaves nothing else", () => {
    const folder = scratchFolder();
    const path = join(folder, "a");
    writeAtomically(path, "first");
    writeAtomically(path, [Buffer.from("sec"), Buffer.from("ond")]);
    expect(readFileSync(path, "utf8")).toBe("second");
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test("when the content fails half way the old file stays and no half-written one", () => {
    const folder = scratchFolder();
    const path = join(folder, "a");
    writeAtomically(path, "old");
    const broken = (function* () {
      yield Buffer.from("new");
      throw Object.assign(new Error("x"), { code: "ENOSPC" });
    })();
    expect(refusal(() => writeAtomically(path, broken)).message).toContain("the disk is full");
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test("onto a folder is an error that leaves nothing behind", () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "a"));
    expect(refusal(() => writeAtomically(join(folder, "a"), "x")).code).toBe("io");
    expect(readdirSync(folder)).toEqual(["a"]);
  });
});

describe("lockFolder", () => {
  test("keeps a second run out until the first releases it", () => {
    const folder = scratchFolder();
    const release = lockFolder(folder);
    expect(refusal(() => lockFolder(folder)).message).toContain(`process ${process.pid} is writing`);
    release();
    expect(existsSync(join(folder, ".lock"))).toBe(false);
    lockFolder(folder)();
  });

  test("takes over the lock of a process that is gone, or that was cut off while it wrote", () => {
    const folder = scratchFolder();
    for (const text of [JSON.stringify({ pid: 2 ** 30, host: hostname() }), ""]) {
      writeFileSync(join(folder, ".lock"), text);
      lockFolder(folder)();
    }
  });

  test("does not judge a process on another machine", () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, ".lock"), JSON.stringify({ pid: 1, host: "elsewhere" }));
    const error = refusal(() => lockFolder(folder));
    expect(error.message).toContain("on elsewhere");
    expect(error.hint).toContain(".lock");
  });
});
