import { canonicalJson } from "../core/canonicalJson.js";
import { digestHex } from "../core/digest.js";
import { keyedStream, type Rng } from "../random/keyedStream.js";
import type { Problem } from "./problem.js";

/** The stream of a role, such as ("labeled") or ("unlabeled", task). */
export type Streams = (...role: (string | number)[]) => Rng;

/** The random streams of one replication, keyed by (seed, problem content, replication, role) and by nothing else. */
export function replicationStreams(problem: Problem, seed: number, replication: number): Streams {
  const content = digestHex(canonicalJson(problem));
  return (...role) => keyedStream([seed, content, replication, ...role]);
}
