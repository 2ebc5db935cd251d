import { type Matrix, rowView, zeros } from "../numerics/matrix.js";
import { signSampler } from "../random/distributions/sign.js";
import type { Rng } from "../random/keyedStream.js";
import type { ReplicationDraw } from "./drawReplication.js";
import { type NoiseLaw, noiseLaw } from "./noiseLaw.js";
import type { Problem, Sampling } from "./problem.js";
import { replicationStreams, type Streams } from "./replicationStreams.js";

/** The samples of the source tasks themselves, for losses that see more of them than their mean. */
export interface RawSamples {
  /** Task by task the labelled samples as z_i = y_i x_i, `n x p`; their mean is the task's row of `labeledMeans`. The same at every call. */
  readonly labeled: () => Iterable<Matrix>;
  /** Task by task the unlabelled samples x_i, `u x p`. The same at every call. */
  readonly unlabeled: () => Iterable<Matrix>;
  /** muhat_t, `T x p`: those of the draw. */
  readonly labeledMeans: Matrix;
  /** A stream for the training's own randomness (random starts, minibatches) of a task. */
  readonly training: (task: number) => Rng;
}

/**
 * The raw samples behind a draw, made when they are asked for, one task at a time: memory n p and u p, never T n p.
 *
 * Where the draw saw raw samples (`direct`, or noise that is not Gaussian) the labelled ones are these very samples, drawn again from their stream. Where it drew
 * the means alone, the samples are drawn conditionally on them, which for Gaussian noise is exact in law: n fresh samples less their mean are independent of it, so
 * muhat plus these deviations has the law of the samples given muhat. Unlabelled samples are those of `direct` sampling.
 */
export function rawSamples(
  problem: Problem,
  seed: number,
  replication: number,
  sampling: Sampling,
  draw: Pick<ReplicationDraw, "taskMeans" | "labeledMeans">,
): RawSamples {
  const stream = replicationStreams(problem, seed, replication);
  const law = noiseLaw(problem.noise, problem.dimension);
  const { labeled, unlabeled } = problem;
  const { taskMeans, labeledMeans } = draw;
  return {
    labeled: () =>
      law.gaussian && sampling === "auto"
        ? conditionalSamples(stream, labeledMeans, labeled, law)
        : drawnSamples(stream, taskMeans, labeled, law),
    unlabeled: () => unlabeledSamples(stream, taskMeans, unlabeled, law),
    labeledMeans,
    training: (task) => stream("training", task),
  };
}

/** The samples that `drawReplication` averaged: one stream for all tasks, read in the same order. */
function* drawnSamples(stream: Streams, means: Matrix, count: number, law: NoiseLaw): Iterable<Matrix> {
  const rng = stream("labeled");
  const sign = signSampler(rng);
  const unit = law.unit(rng);
  for (let t = 0; t < means.rows; t++) {
    const mu = rowView(means, t);
    const z = zeros(count, means.cols);
    for (let i = 0; i < count; i++) {
      const y = sign();
      const row = rowView(z, i);
      for (let j = 0; j < row.length; j++) row[j] = y * (y * mu[j]! + law.scales[j]! * unit());
    }
    yield z;
  }
}

/** Gaussian samples given their mean; the label's sign is no matter, y eta has the law of eta. */
function* conditionalSamples(
  stream: Streams,
  labeledMeans: Matrix,
  count: number,
  law: NoiseLaw,
): Iterable<Matrix> {
  const p = labeledMeans.cols;
  for (let t = 0; t < labeledMeans.rows; t++) {
    const { normal } = stream("labeled", t);
    const muhat = rowView(labeledMeans, t);
    const z = zeros(count, p);
    const excess = new Float64Array(p);
    for (let k = 0; k < z.data.length; k++) {
      const value = law.scales[k % p]! * normal();
      z.data[k] = value;
      excess[k % p] = excess[k % p]! + value / count;
    }
    for (let k = 0; k < z.data.length; k++) z.data[k] = muhat[k % p]! + (z.data[k]! - excess[k % p]!);
    yield z;
  }
}

function* unlabeledSamples(stream: Streams, means: Matrix, count: number, law: NoiseLaw): Iterable<Matrix> {
  for (let t = 0; t < means.rows; t++) {
    const rng = stream("unlabeled", t);
    const sign = signSampler(rng);
    const unit = law.unit(rng);
    const mu = rowView(means, t);
    const x = zeros(count, means.cols);
    for (let i = 0; i < count; i++) {
      const y = sign();
      const row = rowView(x, i);
      for (let j = 0; j < row.length; j++) row[j] = y * mu[j]! + law.scales[j]! * unit();
    }
    yield x;
  }
}
