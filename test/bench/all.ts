import { gradientBench } from "./gradient.js";
import { type Bench, benchTable } from "./harness.js";
import { jointBench } from "./joint.js";
import { memoryBench } from "./memory.js";
import { networksBench } from "./networks.js";
import { predictBench } from "./predict.js";
import { replicationBench } from "./replication.js";
import { subspaceBench } from "./subspace.js";

/** Every bench of the toolkit: add yours here. */
const benches: readonly Bench[] = [
  subspaceBench,
  replicationBench,
  memoryBench,
  predictBench,
  jointBench,
  gradientBench,
  networksBench,
];

const rows = benches.flatMap((bench) => {
  console.error(`${bench.name} ...`);
  return bench.run();
});
console.log(benchTable(rows));
process.exitCode = rows.every((row) => row.holds) ? 0 : 1;
