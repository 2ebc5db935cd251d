import { drawReplication } from "../src/model/drawReplication.js";
import { keyedStream } from "../src/random/keyedStream.js";
import { resolveProblem } from "../src/study/resolveProblem.js";
import { jointSubspace } from "../src/training/joint/jointSubspace.js";
import { agreeingStarts, randomStarts } from "../src/training/joint/randomStarts.js";

/**
 * How often joint training (no attack) ends in one value from 20 random starts, over 50 problems a row: the table of docs/theory.md section 2. Rows are the rank and the
 * distance from the phase transition, (n/r)^2 T/p. Run with `npx tsx scripts/jointStarts.ts [multiples ...]`; some minutes.
 */
const multiples = process.argv.slice(2).map(Number);
const SHAPES = [20, 40, 60, 100].flatMap((dimension) => [30, 50, 80].map((tasks) => ({ dimension, tasks })));

console.log("| (n/r)² T/p | r | all 20 agree | per-task start reaches the best |");
console.log("| --- | --- | --- | --- |");
for (const multiple of multiples.length > 0 ? multiples : [1.5, 16, 64]) {
  for (const rank of [1, 2, 3]) {
    let all = 0;
    let best = 0;
    for (let k = 0; k < 50; k++) {
      const { dimension, tasks } = SHAPES[k % SHAPES.length]!;
      const labeled = Math.ceil(rank * Math.sqrt((multiple * dimension) / tasks));
      const problem = resolveProblem({ dimension, tasks, rank, labeled });
      const { labeledMeans } = drawReplication(problem, 5, k, "auto");
      const starts = randomStarts(keyedStream(["joint starts", k]), 20);
      const random = jointSubspace(labeledMeans, rank, 0, { starts });
      if (!random.converged) throw new Error(`problem ${k} did not converge`);
      if (agreeingStarts(random.startValues) === 20) all++;
      if (jointSubspace(labeledMeans, rank, 0).value >= random.value * (1 - 1e-8)) best++;
    }
    console.log(`| ${multiple} | ${rank} | ${all} of 50 | ${best} of 50 |`);
  }
}
