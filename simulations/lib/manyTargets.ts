import { canonicalJson } from "../../src/core/canonicalJson.js";
import { digestHex } from "../../src/core/digest.js";
import { drawReplication } from "../../src/model/drawReplication.js";
import type { Problem } from "../../src/model/problem.js";
import { drawTaskVectors } from "../../src/model/taskVectors.js";
import { identity, type Matrix, matrix, transpose } from "../../src/numerics/matrix.js";
import { sinThetaSquared } from "../../src/numerics/principalAngles.js";
import { dot, multiply, multiplyTransposeLeft, norm2 } from "../../src/numerics/products.js";
import { chiSampler } from "../../src/random/distributions/gamma.js";
import { normalVector } from "../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import type { ReplicationRow } from "../../src/study/results.js";
import type { Cell } from "../../src/study/study.js";
import { sharedMeans } from "../../src/training/sharedMeans.js";
import { sourceMeans } from "../../src/training/sourceMeans.js";
import { trainRepresentation } from "../../src/training/trainRepresentation.js";
import { type Metrics, NO_METRICS } from "../../src/transfer/metricNames.js";

/** Target tasks a replication. */
const TARGETS = 400;

/**
 * A replication whose excess risk is the mean over 400 target tasks instead of one: given the representation, the head of a target sees
 * r numbers only, W1^T muhat = (W1^T B) a + sigma z / sqrt(m), so further targets cost nothing in p. A study on it estimates the same
 * expected excess risk with a tenth of the Monte Carlo error. The other target metrics are null. Gaussian noise only.
 */
export function runReplication(
  study: { readonly seed: number },
  cell: Cell,
  replication: number,
): ReplicationRow {
  const { problem } = cell;
  const draw = drawReplication(problem, study.seed, replication, cell.sampling);
  const targets = drawTargets(problem, study.seed, replication);
  const methods: Record<string, Metrics> = {};
  const meansFor = sharedMeans((labels) => sourceMeans(problem, draw, labels));
  for (const method of cell.methods) {
    const means = meansFor(method.pseudoLabels);
    const { basis, survivingTasks } = trainRepresentation(problem, means, draw.norms, method);
    methods[method.name] = {
      ...NO_METRICS,
      sinTheta2: sinThetaSquared(draw.subspace, basis),
      excessRisk: meanExcessRisk(problem, multiplyTransposeLeft(basis, draw.subspace), targets),
      survivingTasks,
    };
  }
  methods["no-transfer"] = { ...NO_METRICS, excessRisk: noTransferRisk(problem, targets) };
  methods.oracle = {
    ...NO_METRICS,
    sinTheta2: 0,
    excessRisk: meanExcessRisk(problem, identity(problem.rank), targets),
  };
  return { cell: cell.cell, replication, methods };
}

interface Targets {
  /** `TARGETS x r`, rows a. */
  readonly vectors: Matrix;
  /** `TARGETS x r`, standard normal: the noise of the r numbers that a head sees. */
  readonly noise: Matrix;
  /** chi with p - 1 degrees of freedom: the length of the noise across the mean, for no transfer. */
  readonly across: Float64Array;
}

function drawTargets(problem: Problem, seed: number, replication: number): Targets {
  const { rank: r, dimension: p, target } = problem;
  const rng = keyedStream([seed, digestHex(canonicalJson(problem)), replication, "many-targets"]);
  const chi = chiSampler(rng);
  return {
    vectors: drawTaskVectors(rng, new Float64Array(TARGETS).fill(target.norm), new Array(r).fill(1)),
    noise: matrix(TARGETS, r, normalVector(rng, TARGETS * r)),
    across: Float64Array.from({ length: TARGETS }, () => (p > 1 ? chi(p - 1) : 0)),
  };
}

/** The mean of ||a|| - <w2, G a> with G = W1^T B (`k x r`) and w2 = (G a + sigma z / sqrt(m)) / ||.||; ||a|| for an empty basis. */
function meanExcessRisk(problem: Problem, g: Matrix, targets: Targets): number {
  const { rank: r, target, noise } = problem;
  const images = multiply(targets.vectors, transpose(g));
  let sum = 0;
  for (let t = 0; t < TARGETS; t++) {
    const image = images.data.subarray(t * g.rows, (t + 1) * g.rows);
    const head = image.map(
      (x, i) => x + (noise.sd / Math.sqrt(target.samples)) * targets.noise.data[t * r + i]!,
    );
    const length = norm2(head);
    sum += target.norm - (length === 0 ? 0 : dot(head, image) / length);
  }
  return sum / TARGETS;
}

function noTransferRisk(problem: Problem, targets: Targets): number {
  const { rank: r, target, noise } = problem;
  const tau = noise.sd / Math.sqrt(target.samples);
  let sum = 0;
  for (let t = 0; t < TARGETS; t++) {
    const along = target.norm + tau * targets.noise.data[t * r]!;
    sum += target.norm * (1 - along / Math.hypot(along, tau * targets.across[t]!));
  }
  return sum / TARGETS;
}
