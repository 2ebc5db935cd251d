import fc from "fast-check";
import { drawReplication, type ReplicationDraw } from "../../src/model/drawReplication.js";
import type { Problem } from "../../src/model/problem.js";
import { rowView } from "../../src/numerics/matrix.js";
import { norm2 } from "../../src/numerics/products.js";
import { smallProblem } from "./problems.js";

/** A problem and one draw of it: what the assembled bounds are checked on, replication by replication. */
export interface Drawn {
  readonly problem: Problem;
  readonly draw: ReplicationDraw;
}

export const drawn: fc.Arbitrary<{ readonly problem: Problem; readonly seed: number }> = fc.record({
  problem: smallProblem,
  seed: fc.nat(),
});

export function drawOf({ problem, seed }: { readonly problem: Problem; readonly seed: number }): Drawn {
  return { problem, draw: drawReplication(problem, seed, 0, "auto") };
}

/** ||muhat_t|| of every task. */
export function lengthsOf({ draw }: Drawn): number[] {
  return Array.from({ length: draw.labeledMeans.rows }, (_, t) => norm2(rowView(draw.labeledMeans, t)));
}
