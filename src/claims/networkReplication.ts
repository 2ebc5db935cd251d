import { drawReplication, type ReplicationDraw } from "../model/drawReplication.js";
import { type RawSamples, rawSamples } from "../model/rawSamples.js";
import type { Matrix } from "../numerics/matrix.js";
import { sinThetaSquared } from "../numerics/principalAngles.js";
import type { ReplicationRow } from "../study/results.js";
import type { Cell } from "../study/study.js";
import { type LossName, marginLoss } from "../training/gradient/marginLoss.js";
import { equalWeights, type WeightedSamples } from "../training/gradient/weightedSamples.js";
import type { NetworkOptions } from "../training/joint/network.js";
import { trainNetwork } from "../training/joint/trainNetwork.js";
import type { Method } from "../training/method.js";
import { trainRepresentation } from "../training/trainRepresentation.js";
import { evaluateNoTransfer, evaluateOracle, evaluateRepresentation } from "../transfer/evaluate.js";
import { type Metrics, NO_METRICS } from "../transfer/metricNames.js";

/** Networks by the name of their method: r neurons, a small random start, plain gradient descent. */
export const NETWORKS: Readonly<
  Record<string, { readonly loss: LossName; readonly options: NetworkOptions }>
> = {
  "linear network": { loss: "linear", options: { initialNorm: 1e-6 } },
  // From so small a start 45 steps tell the growing directions apart, and are not enough for the loss to bend.
  "while small": { loss: "logistic", options: { maxSteps: 45, initialNorm: 1e-20 } },
  "early stopping": { loss: "logistic", options: { patience: 50, maxSteps: 2000, initialNorm: 1e-6 } },
  "after 1000 steps": { loss: "logistic", options: { maxSteps: 1000, initialNorm: 1e-6 } },
  "weight decay": { loss: "logistic", options: { maxSteps: 1000, initialNorm: 1e-6, weightDecay: 1 } },
};

/**
 * A replication in which methods with the names above are networks trained on the raw samples ("early stopping" keeps a fifth of them for validation), and a method
 * "A to B" has as sinTheta2 the distance between the representations of the methods A and B, the other metrics null.
 */
export function runReplication(
  study: { readonly seed: number },
  cell: Cell,
  replication: number,
): ReplicationRow {
  const { problem } = cell;
  const draw = drawReplication(problem, study.seed, replication, cell.sampling);
  const samples = rawSamples(problem, study.seed, replication, cell.sampling, draw);
  const known = new Map<string, Matrix>();
  const basisOf = (name: string, method: Method): Matrix => {
    const basis = known.get(name) ?? trained(name, method, cell, draw, samples);
    known.set(name, basis);
    return basis;
  };
  const methods: Record<string, Metrics> = {};
  for (const method of cell.methods) {
    const [from, to] = method.name.split(" to ");
    if (to !== undefined) {
      const aggregation = to === "raw" ? "raw" : to === "joint" ? "joint" : "normalized";
      const target = basisOf(to, { ...method, aggregation });
      methods[method.name] = { ...NO_METRICS, sinTheta2: sinThetaSquared(target, basisOf(from!, method)) };
      continue;
    }
    const representation = { basis: basisOf(method.name, method), survivingTasks: problem.tasks };
    methods[method.name] = evaluateRepresentation(problem, draw, representation, null);
  }
  methods["no-transfer"] = evaluateNoTransfer(problem, draw);
  methods.oracle = evaluateOracle(problem, draw);
  return { cell: cell.cell, replication, methods };
}

function trained(
  name: string,
  method: Method,
  { problem }: Cell,
  draw: ReplicationDraw,
  samples: RawSamples,
): Matrix {
  const network = NETWORKS[name];
  if (network === undefined) {
    return trainRepresentation(problem, draw.labeledMeans, draw.norms, method, samples).basis;
  }
  const objective = { loss: marginLoss(network.loss), attack: null, inner: "exact" } as const;
  const all = [...samples.labeled()];
  const held = network.options.patience === undefined ? 0 : Math.ceil(problem.labeled / 5);
  const training = all.map((points) => slice(points, held, problem.labeled));
  const validation = held === 0 ? {} : { validation: all.map((points) => slice(points, 0, held)) };
  const rng = samples.training(problem.tasks);
  return trainNetwork(training, problem.rank, objective, { ...network.options, ...validation }, rng).basis;
}

/** Some of the samples of a task. */
function slice(points: Matrix, from: number, to: number): WeightedSamples {
  const data = points.data.subarray(from * points.cols, to * points.cols);
  return equalWeights({ rows: to - from, cols: points.cols, data });
}
