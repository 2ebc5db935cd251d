import { drawReplication, type ReplicationDraw } from "../model/drawReplication.js";
import type { Problem, Sampling } from "../model/problem.js";
import { type RawSamples, rawSamples } from "../model/rawSamples.js";
import type { Matrix } from "../numerics/matrix.js";
import type { RunReplication } from "../study/inProcessRunner.js";
import type { Ball } from "../training/closedForm.js";
import { seesSamples } from "../training/gradient/gradientMethod.js";
import type { Method, PseudoLabels } from "../training/method.js";
import { resolveAttack } from "../training/resolveRadius.js";
import { sharedMeans } from "../training/sharedMeans.js";
import { sourceMeans } from "../training/sourceMeans.js";
import { type Representation, trainRepresentation } from "../training/trainRepresentation.js";
import { evaluateNoTransfer, evaluateOracle, evaluateRepresentation } from "../transfer/evaluate.js";
import type { Metrics } from "../transfer/metricNames.js";

/** The steps of a replication, each of which another model can replace. */
export interface ReplicationSteps {
  /** Truth and data: another noise family, another law of tasks. */
  readonly draw: (problem: Problem, seed: number, replication: number, sampling: Sampling) => ReplicationDraw;
  /** The means that the tasks train on, `T x p`: made once for all methods with the same labels. */
  readonly means: (problem: Problem, draw: ReplicationDraw, labels: PseudoLabels | null) => Matrix;
  /** From the means to W1: another training method, told apart by `method.name`. */
  readonly train: (
    problem: Problem,
    means: Matrix,
    norms: Float64Array,
    method: Method,
    /** The raw samples of the toolkit's own draw, for losses that see more of them than the mean; null with a draw of your own. */
    samples: RawSamples | null,
  ) => Representation;
  /** What a representation is worth. */
  readonly evaluate: (
    problem: Problem,
    draw: ReplicationDraw,
    representation: Representation,
    attack: Ball | null,
  ) => Metrics;
}

/**
 * A `runReplication` in which some steps are another's: what a module for `verify --with FILE` exports to bring its own training method or noise. The steps that are
 * not given are the toolkit's. All methods see one draw, as always; use `keyedStream([seed, "mine", replication])` for random numbers of your own.
 *
 * @example export const runReplication = customReplication({ train: (problem, means, norms, method) => ... })
 */
export function customReplication(steps: Partial<ReplicationSteps>): RunReplication {
  const { draw: drawn = drawReplication, means = sourceMeans, train = trainRepresentation } = steps;
  const evaluate = steps.evaluate ?? evaluateRepresentation;
  return ({ seed }, cell, replication) => {
    const { problem } = cell;
    const draw = drawn(problem, seed, replication, cell.sampling);
    const samples =
      steps.draw === undefined ? rawSamples(problem, seed, replication, cell.sampling, draw) : null;
    const meansFor = sharedMeans((labels) => means(problem, draw, labels));
    const methods: Record<string, Metrics> = {};
    for (const method of cell.methods) {
      const labels = seesSamples(method) ? null : method.pseudoLabels;
      const representation = train(problem, meansFor(labels), draw.norms, method, samples);
      methods[method.name] = evaluate(problem, draw, representation, resolveAttack(problem, method));
    }
    methods["no-transfer"] = evaluateNoTransfer(problem, draw);
    methods.oracle = evaluateOracle(problem, draw);
    return { cell: cell.cell, replication, methods };
  };
}
