import { AdvTransferError } from "../core/errors.js";
import { nearNames } from "../study/nearNames.js";
import type { Claim, ClaimGroup, Group } from "./claim.js";
import type { PresetName } from "./presets.js";

/**
 * The claims that ids name: `C1.labels` one claim, `C1` a whole group, any case; all of them when none is named. A claim that only some presets test (`presets`) is left
 * out at the others, unless its own id is named. Throws `bad-input` with the near names on an id that names nothing, and when nothing is left.
 */
export function selectClaims(
  claims: readonly Claim[],
  ids: readonly string[],
  preset: PresetName = "full",
): readonly Claim[] {
  for (const id of ids) if (!claims.some((claim) => isNamed(claim, id))) throw unknownId(claims, id);
  const tested = ({ presets }: Claim): boolean => presets?.includes(preset) ?? true;
  const found = claims.filter((claim) => {
    if (ids.length === 0) return tested(claim);
    return ids.some((id) => isNamed(claim, id) && (tested(claim) || sameName(claim.id, id)));
  });
  if (found.length === 0 && claims.length > 0) {
    const hint = `They are tested by: ${[...new Set(claims.flatMap(({ presets = [] }) => presets))].join(", ")}.`;
    throw new AdvTransferError("bad-input", `no claim of these is tested by the preset ${preset}`, { hint });
  }
  return found;
}

/** Claims with the controls of their groups, which they need to be trusted, in the order of the catalogue. */
export interface Controlled {
  readonly claims: readonly Claim[];
  /** The groups of controls that were added. */
  readonly added: readonly ClaimGroup[];
}

/** Adds the claims of every control of the selected claims' groups (from `all`), so that a claim tested alone is not trusted blindly. */
export function withControls(
  selected: readonly Claim[],
  all: readonly Claim[],
  groups: readonly Group[],
): Controlled {
  const own = new Set(selected.map(({ group }) => group));
  const wanted = new Set(groups.filter(({ id }) => own.has(id)).flatMap(({ controls }) => controls));
  const claims = all.filter((claim) => selected.includes(claim) || wanted.has(claim.group));
  const extra = claims.filter((claim) => !selected.includes(claim)).map(({ group }) => group);
  return {
    claims: [...selected.filter((claim) => !all.includes(claim)), ...claims],
    added: [...new Set(extra)],
  };
}

function isNamed(claim: Claim, id: string): boolean {
  return sameName(claim.id, id) || sameName(claim.group, id);
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function unknownId(claims: readonly Claim[], id: string): AdvTransferError {
  const near = nearNames(id, [...new Set(claims.flatMap(({ group, id: own }) => [group, own]))]);
  const groups = [...new Set(claims.map(({ group }) => group))].join(", ");
  return new AdvTransferError(
    "bad-input",
    `--claim must be the id of a claim or of a group (${groups}), received ${id}`,
    { hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "verify --list shows all ids." },
  );
}
