import { availableParallelism } from "node:os";
import { loadBackend } from "../../deep/tensors/loadBackend.js";
import { findChromium } from "../../report/chromium.js";
import { programOnPath } from "../../report/programOnPath.js";
import { VERSION } from "../../study/version.js";
import { EXIT_OK } from "../showError.js";
import type { Terminal } from "../terminal.js";

export interface DoctorOptions {
  readonly json?: boolean;
}

/** `advtransfer doctor`: what this machine offers. Returns the exit code. */
export async function doctor(options: DoctorOptions, { stdout, env }: Terminal): Promise<number> {
  const backend = await loadBackend("auto");
  const found = {
    advtransfer: VERSION,
    node: process.versions.node,
    cores: availableParallelism(),
    deepBackend: backend.name,
    tensorflow: backend.version,
    simd: backend.simd,
    chromium: findChromium(env),
    slurm: programOnPath(["sbatch"], env),
    notes: backend.notes,
  };
  if (options.json) stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else {
    const lines: [string, string][] = [
      ["advtransfer", found.advtransfer],
      ["node", found.node],
      ["cores", `${found.cores} (worker threads unless --workers says otherwise)`],
      [
        "deep studies",
        `tensorflow.js ${found.tensorflow}, backend ${found.deepBackend}${simdText(found.simd)}`,
      ],
      ["images", found.chromium ?? "no Chromium: --images writes none"],
      ["Slurm", found.slurm ?? "not on PATH"],
      ...found.notes.map((note): [string, string] => ["note", note]),
    ];
    stdout.write(lines.map(([name, text]) => `${name.padEnd(13)} ${text}\n`).join(""));
  }
  return EXIT_OK;
}

function simdText(simd: boolean | null): string {
  if (simd === null) return "";
  return simd ? " with SIMD" : " without SIMD: several times slower";
}
