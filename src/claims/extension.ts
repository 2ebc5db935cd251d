import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AdvTransferError } from "../core/errors.js";
import { badInput } from "../core/guards.js";
import type { Claim, Group } from "./claim.js";
import { PRESETS } from "./presets.js";

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
  return {
    claims: (claims as Partial<UserClaim>[]).map((claim) => completeClaim(file, claim)),
    groups: groups as Group[],
    replicationModule: typeof runReplication === "function" ? url : undefined,
  };
}

/** A claim as a user's file may have it: what is left out is empty, and the group is what stands before the dot of the id. */
export type UserClaim = Pick<Claim, "id" | "title" | "test"> & Partial<Claim>;

const KINDS = ["rate", "ordering", "value", "bound", "identity", "flatness"];
const TEXTS = ["group", "formula", "source", "varied", "refutedBy"] as const;

/** Fills in a user's claim. Throws `bad-input` that names the file, the claim and the field. */
export function completeClaim(file: string, claim: Partial<UserClaim>): Claim {
  const where = `${file}: claim ${claim.id ?? "without an id"}`;
  const { id, title, test, assumptions = [] } = claim;
  if (typeof id !== "string" || !/^[\w-]+(\.[\w-]+)*$/.test(id))
    throw badInput(`${where}: id`, "letters, digits, hyphens and dots", id);
  if (typeof title !== "string") throw badInput(`${where}: title`, "a text", title);
  if (test === undefined || !KINDS.includes(test.kind))
    throw badInput(`${where}: test.kind`, `one of ${KINDS.join(", ")}`, test?.kind);
  for (const field of TEXTS) {
    if (!["string", "undefined"].includes(typeof claim[field]))
      throw badInput(`${where}: ${field}`, "a text", claim[field]);
  }
  const { presets } = claim;
  if (
    presets !== undefined &&
    !(Array.isArray(presets) && presets.every((name) => Object.hasOwn(PRESETS, name)))
  )
    throw badInput(`${where}: presets`, `a list of ${Object.keys(PRESETS).join(", ")}`, presets);
  if (!Array.isArray(assumptions)) throw badInput(`${where}: assumptions`, "a list of texts", assumptions);
  const empty = { formula: "", source: "", varied: "", refutedBy: "" };
  return { ...empty, group: id.split(".")[0]!, ...claim, id, title, test, assumptions };
}
