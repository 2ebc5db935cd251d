import type { StreamKey } from "../../random/keyedStream.js";
import type { DeepProblem } from "./deepStudy.js";

/** What the randomness of a replication depends on: not the arm, and not how it is trained. */
export function replicationKey(
  seed: number,
  { data }: Pick<DeepProblem, "data">,
  replication: number,
): StreamKey {
  return ["deep", seed, data, replication];
}
