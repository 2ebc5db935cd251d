import { Matrix as MlMatrix, SingularValueDecomposition } from "ml-matrix";
import { fromRows, type Matrix } from "../../src/numerics/matrix.js";
import { sinThetaSquared } from "../../src/numerics/principalAngles.js";
import { type TopSubspace, topLeftSubspace, topRightSubspace } from "../../src/numerics/topSubspace.js";
import { haarFrame, normalMatrix } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { type Bench, type BenchRow, interleavedTimes, milliseconds } from "./harness.js";

const ROWS = 500;
const COLS = 200;
const RANK = 5;

/** Top-r singular subspaces of a spiked 500 x 200 matrix, r = 5, against the full SVD of ml-matrix. */
export const subspaceBench: Bench = { name: "top-r subspace", run: measure };

function measure(): BenchRow[] {
  const m = spiked(1.5);
  const hard = spiked(1.05);
  const ml = new MlMatrix(ROWS, COLS);
  for (let i = 0; i < ROWS; i++) for (let j = 0; j < COLS; j++) ml.set(i, j, m.data[i * COLS + j]!);
  const full = (): SingularValueDecomposition => new SingularValueDecomposition(ml, { autoTranspose: false });
  const solvers = [
    (): TopSubspace => topRightSubspace(m, RANK),
    (): TopSubspace => topLeftSubspace(m, RANK),
    (): TopSubspace => topRightSubspace(m, RANK, { solver: "dense" }),
    (): TopSubspace => topRightSubspace(m, RANK, { solver: "krylov" }),
    (): TopSubspace => topRightSubspace(hard, RANK),
  ];
  // Optimised code on both sides: what is compared is the method, not the warming up.
  for (const task of solvers) for (let i = 0; i < 10; i++) task();
  const times = interleavedTimes([full, ...solvers], 8, [1, 10, 10, 10, 10, 10]);
  const svd = full();
  const right = leading(svd.rightSingularVectors);
  const left = leading(svd.leftSingularVectors);
  const row = (
    name: string,
    k: number,
    truth: Matrix | null,
    basis: Matrix,
    target: number | null,
  ): BenchRow => {
    const distance = truth === null ? 0 : Math.sqrt(sinThetaSquared(truth, basis));
    const ratio = times[0]! / times[k]!;
    return {
      name,
      baseline: milliseconds(times[0]!),
      candidate: milliseconds(times[k]!),
      ratio,
      target,
      note: truth === null ? "" : `||sin Theta||_F to the SVD ${distance.toExponential(1)} (<= 1e-8)`,
      holds: distance <= 1e-8 && (target === null || ratio >= target),
    };
  };
  return [
    row("right, 500 x 200, r = 5", 1, right, solvers[0]!().basis, 30),
    row("left, 500 x 200, r = 5", 2, left, solvers[1]!().basis, 30),
    row("right, solver dense", 3, right, solvers[2]!().basis, null),
    row("right, solver krylov", 4, right, solvers[3]!().basis, null),
    row("right, at the transition", 5, null, solvers[4]!().basis, null),
  ];
}

/** Standard normal noise with RANK spikes, the weakest `strength` times the transition (m n)^(1/4), the next ones 10 % apart. */
function spiked(strength: number): Matrix {
  const rng = keyedStream(["bench", "subspace", strength]);
  const noise = normalMatrix(rng, ROWS, COLS);
  const u = haarFrame(rng, ROWS, RANK);
  const v = haarFrame(rng, COLS, RANK);
  const transition = (ROWS * COLS) ** 0.25;
  for (let i = 0; i < ROWS; i++) {
    for (let j = 0; j < COLS; j++) {
      for (let l = 0; l < RANK; l++) {
        const spike = transition * strength * 1.1 ** l;
        noise.data[i * COLS + j]! += spike * u.data[i * RANK + l]! * v.data[j * RANK + l]!;
      }
    }
  }
  return noise;
}

function leading(vectors: MlMatrix): Matrix {
  return fromRows(vectors.to2DArray().map((entries) => entries.slice(0, RANK)));
}
