import type { Claim, Group } from "../claim.js";
import { c1Claims, c1Group } from "./c1.js";
import { c2Claims, c2Group } from "./c2.js";
import { c3Claims, c3Group } from "./c3.js";
import { c4Claims, c4Group } from "./c4.js";
import { c5Claims, c5Group } from "./c5.js";
import { c6Claims, c6Group } from "./c6.js";
import { gradientClaims, gradientGroups } from "./gradient.js";
import { jointClaims, jointGroup } from "./joint.js";
import { n1Claims, n1Group } from "./n1.js";
import { n2Claims, n2Group } from "./n2.js";
import { n3Claims, n3Group } from "./n3.js";
import { n4Claims, n4Group } from "./n4.js";
import { n5Claims, n5Group } from "./n5.js";
import { n6Claims, n6Group } from "./n6.js";
import { networkClaims, networkGroup } from "./networks.js";
import { robustnessClaims, robustnessGroups } from "./robustness.js";

/** The paper's claims C1-C6, the controls N1-N6, other noise R1-R2 and training by gradients G1-G5, in the order in which they are run and shown. */
export const GROUPS: readonly Group[] = [
  c1Group,
  c2Group,
  c3Group,
  c4Group,
  c5Group,
  c6Group,
  n1Group,
  n2Group,
  n3Group,
  n4Group,
  n5Group,
  n6Group,
  ...robustnessGroups,
  ...gradientGroups,
  jointGroup,
  networkGroup,
];

/** Every claim that `verify` tests, group by group. */
export const CLAIMS: readonly Claim[] = [
  ...c1Claims,
  ...c2Claims,
  ...c3Claims,
  ...c4Claims,
  ...c5Claims,
  ...c6Claims,
  ...n1Claims,
  ...n2Claims,
  ...n3Claims,
  ...n4Claims,
  ...n5Claims,
  ...n6Claims,
  ...robustnessClaims,
  ...gradientClaims,
  ...jointClaims,
  ...networkClaims,
];
