import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AdvTransferError } from "../core/errors.js";
import { badInput } from "../core/guards.js";
import type { Claim, Group } from "./claim.js";

/** What a user's file brings: claims, and with `runReplication` their own training methods or noise. */
export interface Extension {
  readonly claims: readonly Claim[];
  readonly groups: readonly Group[];
  /** URL of the file when it exports `runReplication`; worker threads load it from there. */
  readonly replicationModule: string | undefined;
}

/**
 * Loads a file for `verify --with FILE`: a module that exports `claims`, and may export `groups` and `runReplication`. TypeScript needs a loader (`npx tsx`).
 * Throws an AdvTransferError that names the file.
 */
export async function loadExtension(file: string): Promise<Extension> {
  const url = pathToFileURL(resolve(file)).href;
  let loaded: { claims?: unknown; groups?: unknown; runReplication?: unknown };
  try {
    loaded = await import(url);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AdvTransferError("bad-input", `--with ${file} cannot be loaded: ${reason}`, { cause });
  }
  const { claims, groups = [], runReplication } = loaded;
  if (!Array.isArray(claims) || claims.length === 0)
    throw badInput(`--with ${file}`, "a module that exports a list `claims`", claims);
  for (const claim of claims as Partial<Claim>[]) requireClaim(file, claim);
  return {
    claims: claims as Claim[],
    groups: groups as Group[],
    replicationModule: typeof runReplication === "function" ? url : undefined,
  };
}

const KINDS = ["rate", "ordering", "value", "bound", "identity", "flatness"];

function requireClaim(file: string, claim: Partial<Claim>): void {
  const where = `${file}: claim ${claim.id ?? "without an id"}`;
  for (const field of ["id", "group", "title", "formula", "source", "varied", "refutedBy"] as const) {
    if (typeof claim[field] !== "string") throw badInput(`${where}: ${field}`, "a text", claim[field]);
  }
  if (!Array.isArray(claim.assumptions))
    throw badInput(`${where}: assumptions`, "a list of texts", claim.assumptions);
  if (claim.test === undefined || !KINDS.includes(claim.test.kind))
    throw badInput(`${where}: test.kind`, `one of ${KINDS.join(", ")}`, claim.test?.kind);
}
