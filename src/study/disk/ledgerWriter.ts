import { closeSync, fsyncSync, openSync } from "node:fs";
import type { ReplicationRow } from "../results.js";
import { ledgerLine } from "../rows.js";
import { writeAll } from "./atomicFile.js";
import { ioError } from "./ioError.js";

/** Milliseconds after which written rows are flushed to the disk: what a power cut can cost. */
const FLUSH_AFTER = 1000;

/** Appends rows to a ledger. What is appended survives the death of the process at once, and of the machine after a flush. */
export class LedgerWriter {
  private readonly file: number;
  private flushed = performance.now();

  constructor(private readonly path: string) {
    try {
      this.file = openSync(path, "a");
    } catch (error) {
      throw ioError("write", path, error);
    }
  }

  append(rows: readonly ReplicationRow[]): void {
    const text = rows.map((row) => `${ledgerLine(row)}\n`).join("");
    try {
      writeAll(this.file, Buffer.from(text));
      if (performance.now() - this.flushed < FLUSH_AFTER) return;
      fsyncSync(this.file);
      this.flushed = performance.now();
    } catch (error) {
      throw ioError("write", this.path, error);
    }
  }

  close(): void {
    try {
      fsyncSync(this.file);
    } catch (error) {
      throw ioError("write", this.path, error);
    } finally {
      closeSync(this.file);
    }
  }
}
