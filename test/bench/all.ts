import { type Bench, benchTable } from "./harness.js";
import { subspaceBench } from "./subspace.js";

/** Every bench of the toolkit: add yours here. */
const benches: readonly Bench[] = [subspaceBench];

const rows = benches.flatMap((bench) => {
  console.error(`${bench.name} ...`);
  return bench.run();
});
console.log(benchTable(rows));
process.exitCode = rows.every((row) => row.holds) ? 0 : 1;
