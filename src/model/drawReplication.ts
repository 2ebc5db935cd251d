import { type Matrix, matrix, rowView, zeros } from "../numerics/matrix.js";
import { addScaled, multiplyTransposeRight } from "../numerics/products.js";
import { haarFrame, normalMatrix, randomSubset, sparseHaarFrame } from "../random/distributions/haarFrame.js";
import { signSampler } from "../random/distributions/sign.js";
import type { Rng } from "../random/keyedStream.js";
import { implicitUnlabeled } from "./implicitUnlabeled.js";
import { type NoiseLaw, noiseLaw } from "./noiseLaw.js";
import type { Problem, Sampling } from "./problem.js";
import { replicationStreams, type Streams } from "./replicationStreams.js";
import { taskNorms } from "./signalGroups.js";
import { drawTaskVectors } from "./taskVectors.js";
import { rawUnlabeled, type UnlabeledSample } from "./unlabeledSample.js";

/** One draw of a problem: the truth, and what learners are given of it. */
export interface ReplicationDraw {
  /** B, `p x r`, orthonormal columns. */
  readonly subspace: Matrix;
  /** The task vectors a_t, `T x r`, and the means mu_t = B a_t, `T x p`: one task a row. */
  readonly taskVectors: Matrix;
  readonly taskMeans: Matrix;
  /** ||a_t||, length T. */
  readonly norms: Float64Array;
  /** muhat_t = (1/n) sum_i y_i x_i, `T x p`. */
  readonly labeledMeans: Matrix;
  /** The unlabelled samples of the tasks, in their order; the same at every call. */
  readonly unlabeled: () => Iterable<UnlabeledSample>;
  readonly target: {
    /** a_{T+1}, length r. */
    readonly vector: Float64Array;
    /** mu_{T+1} = B a_{T+1}, length p. */
    readonly mean: Float64Array;
    /** The mean of the m labelled target samples, length p. */
    readonly labeledMean: Float64Array;
  };
}

/**
 * Draws replication number `replication` of a problem (docs/theory.md section 1). Every random quantity has its own stream,
 * keyed by (seed, problem content, replication, role), so the draw depends on nothing else: not on workers, order or methods.
 *
 * `auto` draws means instead of samples where that is exact in law (Gaussian noise, isotropic or not: docs/theory.md 6.1, 6.2);
 * other families, and `direct`, draw the raw samples in a stream of single samples. Memory: a few `T x p` matrices either way.
 * Cost: T p normal draws for `auto`, T p n for `direct`.
 */
export function drawReplication(
  problem: Problem,
  seed: number,
  replication: number,
  sampling: Sampling,
): ReplicationDraw {
  const stream = replicationStreams(problem, seed, replication);
  const { dimension: p, rank: r, tasks, labeled, unlabeled } = problem;
  const law = noiseLaw(problem.noise, p);
  const exact = law.gaussian && sampling === "auto";
  const drawMeans = exact ? gaussianMeans : rawMeans;

  const subspace = drawSubspace(stream("subspace"), problem);
  const norms = taskNorms(problem.signal, tasks);
  const taskVectors = drawTaskVectors(stream("tasks"), norms, problem.diversity);
  const taskMeans = multiplyTransposeRight(taskVectors, subspace);

  const vector = drawTaskVectors(
    stream("target"),
    Float64Array.of(problem.target.norm),
    new Array(r).fill(1),
  ).data;
  const mean = multiplyTransposeRight(matrix(1, r, vector), subspace);
  return {
    subspace,
    taskVectors,
    taskMeans,
    norms,
    labeledMeans: drawMeans(stream("labeled"), taskMeans, labeled, law),
    unlabeled: exact
      ? () => implicitTasks(stream, taskMeans, unlabeled, law)
      : () => rawTasks(stream, taskMeans, unlabeled, law),
    target: {
      vector,
      mean: mean.data,
      labeledMean: drawMeans(stream("target-samples"), mean, problem.target.samples, law).data,
    },
  };
}

/** One stream for what every task draws in any case (a stream costs more than many tasks draw), one a task for what few ask. */
function* implicitTasks(
  stream: Streams,
  means: Matrix,
  count: number,
  law: NoiseLaw,
): Iterable<UnlabeledSample> {
  const rng = stream("unlabeled");
  for (let t = 0; t < means.rows; t++) {
    yield implicitUnlabeled(rng, () => stream("unlabeled", t), rowView(means, t), count, law);
  }
}

function* rawTasks(stream: Streams, means: Matrix, count: number, law: NoiseLaw): Iterable<UnlabeledSample> {
  for (let t = 0; t < means.rows; t++)
    yield rawUnlabeled(() => stream("unlabeled", t), rowView(means, t), count, law);
}

/** B: a Haar frame, on a random support of s rows where the problem is sparse. */
function drawSubspace(rng: Rng, problem: Problem): Matrix {
  const { dimension: p, rank: r, support } = problem;
  if (support === null || support === p) return haarFrame(rng, p, r);
  return sparseHaarFrame(rng, p, r, randomSubset(rng, p, support));
}

/** muhat = mu + D z / sqrt(n), z ~ N(0, I_p): the law of the mean of n Gaussian samples. */
function gaussianMeans(rng: Rng, means: Matrix, samples: number, law: NoiseLaw): Matrix {
  const z = normalMatrix(rng, means.rows, means.cols);
  const factor = 1 / Math.sqrt(samples);
  for (let i = 0; i < z.data.length; i++) {
    z.data[i] = means.data[i]! + factor * law.scales[i % means.cols]! * z.data[i]!;
  }
  return z;
}

/** The mean of y_i x_i over n raw samples x_i = y_i mu + eta_i, drawn one sample at a time. */
function rawMeans(rng: Rng, means: Matrix, samples: number, law: NoiseLaw): Matrix {
  const result = zeros(means.rows, means.cols);
  const sign = signSampler(rng);
  const unit = law.unit(rng);
  const signed = new Float64Array(means.cols);
  for (let t = 0; t < means.rows; t++) {
    const mu = rowView(means, t);
    const sum = rowView(result, t);
    for (let i = 0; i < samples; i++) {
      const y = sign();
      for (let j = 0; j < signed.length; j++) signed[j] = y * (y * mu[j]! + law.scales[j]! * unit());
      addScaled(sum, 1 / samples, signed);
    }
  }
  return result;
}
