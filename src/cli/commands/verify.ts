import { availableParallelism } from "node:os";
import { join } from "node:path";
import { CLAIMS, GROUPS } from "../../claims/catalogue/catalogue.js";
import type { Claim, Group } from "../../claims/claim.js";
import { type Extension, loadExtension } from "../../claims/extension.js";
import {
  DEFAULT_SEED,
  HOLDS_LEVEL,
  PRESETS,
  type Preset,
  type PresetName,
  VIOLATED_LEVEL,
} from "../../claims/presets.js";
import { runProvenance } from "../../claims/provenance.js";
import { selectClaims, withControls } from "../../claims/selectClaims.js";
import { withTrust } from "../../claims/trust.js";
import { type VerdictsFile, verdictsFile, verdictsJson } from "../../claims/verdictsFile.js";
import type { VerifyResult } from "../../claims/verifyOptions.js";
import { deepClaims } from "../../deep/claims/deepClaims.js";
import { writeAtomically } from "../../study/disk/atomicFile.js";
import { createFolder } from "../../study/disk/resultsFolder.js";
import { interruptible } from "../interrupts.js";
import { duration } from "../progressLine.js";
import { EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK } from "../showError.js";
import { painter, type Terminal } from "../terminal.js";
import { verdictLines } from "../verdictLine.js";

export interface VerifyCommandOptions {
  readonly preset?: PresetName;
  readonly claim?: readonly string[];
  readonly with?: string;
  readonly data?: string;
  readonly list?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly seed?: number;
  readonly seconds?: number;
  readonly workers?: number;
}

/**
 * `advtransfer verify`: tests every claim, prints verdicts as they fall, writes `report.html` and `verdicts.json`. Returns the exit code: 1 when a claim is violated,
 * 130 when it was interrupted (what was decided is kept).
 */
export async function verifyCommand(options: VerifyCommandOptions, terminal: Terminal): Promise<number> {
  const { stdout, stderr, env } = terminal;
  const paint = painter(stdout, env);
  const extension = options.with === undefined ? null : await loadExtension(options.with);
  const preset = presetOf(options);
  const deep = deepClaims(options.data ?? null);
  const all = extension?.claims ?? [...CLAIMS, ...deep.claims];
  const groups = extension?.groups ?? [...GROUPS, ...deep.groups];
  const ids = options.claim ?? [];
  if (options.list) {
    stdout.write(selectClaims(all, ids).map(listLine).join(""));
    return EXIT_OK;
  }
  const { claims, added } = withControls(
    selectClaims(all, ids, preset.name),
    selectClaims(all, [], preset.name),
    groups,
  );
  const seed = options.seed ?? DEFAULT_SEED;
  const workers = options.workers ?? availableParallelism();
  const show = !options.json && !options.quiet;
  if (show) {
    stdout.write(
      `${paint("bold", `${claims.length} claims, preset ${preset.name}, seed ${seed}`)}\n` +
        (added.length === 0 ? "" : `${paint("dim", addedText(added))}\n`) +
        `${paint("dim", `wrong "violated" with probability at most ${VIOLATED_LEVEL}, wrong "holds" at most ${HOLDS_LEVEL}, over all of them (Holm)`)}\n`,
    );
  }
  const provenance = runProvenance();
  const begun = performance.now();
  const result = await run(claims, extension, { ...options, seed, workers }, terminal);
  const verdicts = withTrust(result.verdicts, groups);
  const file = verdictsFile({
    provenance,
    preset: preset.name,
    seed,
    command: commandText(options, preset.name, seed),
    seconds: (performance.now() - begun) / 1000,
    replications: result.replications,
    ended: result.ended,
    claims: verdicts,
  });
  const out = options.out ?? join("results", "verify");
  await writeResults(out, file, claims, groups, result);
  if (options.json) stdout.write(verdictsJson(file));
  else if (show) stdout.write(summary(file, out));
  if (result.ended === "interrupted") {
    stderr.write(`stopped; what was decided is kept in ${out}\n`);
    return EXIT_INTERRUPTED;
  }
  return file.failed ? EXIT_FAILED : EXIT_OK;
}

async function run(
  claims: readonly Claim[],
  extension: Extension | null,
  options: VerifyCommandOptions & { readonly seed: number; readonly workers: number },
  { stdout, stderr, env }: Terminal,
): Promise<VerifyResult> {
  const { verify } = await import("../../claims/verify.js");
  const paint = painter(stdout, env);
  const preset = presetOf(options);
  const show = !options.json && !options.quiet;
  const begun = performance.now();
  const clear = (): void => stderr.write(stderr.isTTY ? "\r\u001b[K" : "");
  return interruptible(
    (signal) =>
      verify(claims, {
        preset,
        seed: options.seed,
        workers: options.workers,
        signal,
        replicationModule: extension?.replicationModule,
        onVerdict: (verdict) => {
          clear();
          if (show) stdout.write(verdictLines(verdict, paint));
        },
        onProgress: ({ look, study, decided, claims: total, share }) => {
          if (options.quiet || !stderr.isTTY) return;
          const left = (performance.now() - begun) * (1 / Math.max(share, 0.02) - 1);
          const text = `look ${look}, ${study}: ${decided} of ${total} decided, at most ${duration(left / 1000)} left`;
          stderr.write(`\r\u001b[K${text.slice(0, stderr.columns - 1)}`);
        },
      }),
    () => stderr.write("\nstopping after the replications at hand; again to stop at once\n"),
  ).finally(clear);
}

async function writeResults(
  out: string,
  file: VerdictsFile,
  claims: readonly Claim[],
  groups: readonly Group[],
  { studies }: VerifyResult,
): Promise<void> {
  const { studyReportHtml } = await import("../../report/studyReport.js");
  const { verdictReportPage } = await import("../../report/verdictReport.js");
  createFolder(out);
  writeAtomically(join(out, "verdicts.json"), verdictsJson(file));
  writeAtomically(
    join(out, "report.html"),
    studyReportHtml(verdictReportPage({ file, claims, groups, studies })),
  );
}

function summary(file: VerdictsFile, out: string): string {
  const { counts, seconds, replications, ended } = file;
  const doubtful = file.claims.filter(({ trustworthy }) => !trustworthy);
  const informative = file.claims.filter(({ informative: only }) => only).length;
  const why = {
    decided: "all decided",
    looks: "all looks made",
    time: "the time is up",
    interrupted: "interrupted",
  };
  return [
    "",
    `${counts.holds} hold, ${counts.violated} violated, ${counts.inconclusive} open` +
      `${counts.skipped === 0 ? "" : `, ${counts.skipped} skipped`}` +
      `${informative === 0 ? "" : ` (and ${informative} for information, marked *)`}; ` +
      `${replications} replications in ${duration(seconds)}, ${why[ended as keyof typeof why] ?? ended}`,
    ...(doubtful.length === 0
      ? []
      : [`untrustworthy, because a control is violated: ${doubtful.map(({ id }) => id).join(", ")}`]),
    `report: ${join(out, "report.html")}, for programs: ${join(out, "verdicts.json")}`,
    "",
  ].join("\n");
}

function presetOf({ preset = "quick", seconds }: VerifyCommandOptions): Preset {
  return seconds === undefined ? PRESETS[preset] : { ...PRESETS[preset], seconds };
}

function listLine({ id, title, presets }: Claim): string {
  return `${id.padEnd(25)} ${title}${presets === undefined ? "" : ` (preset ${presets.join(", ")})`}\n`;
}

function addedText(added: readonly string[]): string {
  return `with ${added.length === 1 ? "the control" : "the controls"} ${added.join(", ")}: without them a verdict could not be trusted`;
}

function commandText(options: VerifyCommandOptions, preset: string, seed: number): string {
  const claims = (options.claim ?? []).map((id) => ` --claim ${id}`).join("");
  const file = options.with === undefined ? "" : ` --with ${options.with}`;
  const time = options.seconds === undefined ? "" : ` --seconds ${options.seconds}`;
  return `npx advtransfer verify --preset ${preset} --seed ${seed}${time}${claims}${file}`;
}
