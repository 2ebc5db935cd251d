import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tarMembers } from "../../../src/deep/data/tarFile.js";
import { scratchFolder } from "../../helpers/scratch.js";
import { refusal, tarBytes } from "./dataFiles.js";

const read = (archive: Uint8Array): [string, string][] =>
  [...tarMembers(archive, "a.tar")].map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]);

describe("a tar archive", () => {
  test("as the system's tar writes it, in three formats, is read back, folders and links passed over", () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "in", "deeper"), { recursive: true });
    const contents = {
      "in/a.bin": "",
      "in/b.bin": "x".repeat(511),
      "in/c.bin": "y".repeat(512),
      "in/deeper/d.bin": "z".repeat(1300),
    };
    for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), content);
    symlinkSync("a.bin", join(folder, "in", "link"));
    for (const format of ["ustar", "gnu", "pax"]) {
      const archive = join(folder, `${format}.tar`);
      execFileSync("tar", ["--format", format, "-cf", archive, "-C", folder, "in"]);
      const packed = execFileSync("cat", [archive]);
      expect(Object.fromEntries(read(packed))).toEqual(contents);
    }
  });

  test("with a name of two parts has both", () => {
    const archive = tarBytes([["end.bin", "content"]]);
    archive.write("some/folders", 345);
    let sum = 0;
    for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 32 : archive[i]!;
    archive.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    expect(read(archive)).toEqual([["some/folders/end.bin", "content"]]);
  });

  test("that is damaged or cut off anywhere before its end is refused", () => {
    const archive = tarBytes([
      ["a.bin", "x".repeat(600)],
      ["b.bin", "y"],
    ]);
    expect(read(archive)).toHaveLength(2);
    // 512 + 1024 for the first, 512 + 512 for the second, then empty blocks.
    for (const length of [0, 100, 511, 512, 1000, 1536, 1600, 2048, 2560]) {
      if (length === 2560) expect(read(archive.subarray(0, 2561 + 511))).toHaveLength(2);
      expect(refusal(() => read(archive.subarray(0, length))).message).toContain(
        "a.tar must be a whole tar archive",
      );
    }
    // A file whose content is cut off is not given in part.
    const given: string[] = [];
    refusal(() => {
      for (const { name } of tarMembers(archive.subarray(0, 2048), "a.tar")) given.push(name);
    });
    expect(given).toEqual(["a.bin"]);
    const changed = Buffer.from(archive);
    changed[3]! ^= 1;
    expect(refusal(() => read(changed)).message).toBe(
      "a.tar must be a tar archive, found a damaged header at byte 0",
    );
    const later = Buffer.from(archive);
    later[1536 + 130]! ^= 1;
    expect(refusal(() => read(later)).message).toContain("a damaged header at byte 1536");
    expect(refusal(() => read(Buffer.from("<html>".repeat(200)))).message).toContain("a damaged header");
  });
});
