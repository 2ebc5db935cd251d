import { AdvTransferError } from "../core/errors.js";
import { nearNames } from "../study/nearNames.js";
import type { Claim } from "./claim.js";

/**
 * The claims that ids name: `C1.labels` one claim, `C1` a whole group, any case; all of them when none is named. Throws `bad-input` with the near names on an
 * id that names nothing.
 */
export function selectClaims(claims: readonly Claim[], ids: readonly string[]): readonly Claim[] {
  if (ids.length === 0) return claims;
  const matches = (claim: Claim, id: string): boolean =>
    [claim.id, claim.group].some((name) => name.toLowerCase() === id.toLowerCase());
  for (const id of ids) {
    if (claims.some((claim) => matches(claim, id))) continue;
    const known = [...new Set(claims.flatMap(({ group, id: own }) => [group, own]))];
    const near = nearNames(id, known);
    const groups = [...new Set(claims.map(({ group }) => group))].join(", ");
    throw new AdvTransferError(
      "bad-input",
      `--claim must be the id of a claim or of a group (${groups}), received ${id}`,
      {
        hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "verify --list shows all ids.",
      },
    );
  }
  return claims.filter((claim) => ids.some((id) => matches(claim, id)));
}
