import { AdvTransferError } from "../core/errors.js";
import { drawReplication } from "../model/drawReplication.js";
import { rawSamples } from "../model/rawSamples.js";
import { seesSamples } from "../training/gradient/gradientMethod.js";
import { resolveAttack } from "../training/resolveRadius.js";
import { sharedMeans } from "../training/sharedMeans.js";
import { sourceMeans } from "../training/sourceMeans.js";
import { trainRepresentation } from "../training/trainRepresentation.js";
import { evaluateNoTransfer, evaluateOracle, evaluateRepresentation } from "../transfer/evaluate.js";
import { METRIC_NAMES, type Metrics } from "../transfer/metricNames.js";
import type { ReplicationRow } from "./results.js";
import type { Cell } from "./study.js";

/**
 * One replication of one cell: one draw, every method and both baselines on it. A function of (seed, the cell's problem, replication number)
 * and, method by method, of that method alone. A failure of the numerics becomes a row with its reason, never a number.
 *
 * @example runReplication({ seed: 7 }, study.cells[0], 0)
 */
export function runReplication(
  study: { readonly seed: number },
  cell: Cell,
  replication: number,
): ReplicationRow {
  try {
    return { cell: cell.cell, replication, methods: replicate(study.seed, cell, replication) };
  } catch (error) {
    if (!(error instanceof AdvTransferError) || error.code !== "numerical") throw error;
    return { cell: cell.cell, replication, error: error.message };
  }
}

function replicate(seed: number, cell: Cell, replication: number): Record<string, Metrics> {
  const { problem } = cell;
  const draw = drawReplication(problem, seed, replication, cell.sampling);
  const samples = rawSamples(problem, seed, replication, cell.sampling, draw);
  const results: Record<string, Metrics> = {};
  const meansFor = sharedMeans((labels) => sourceMeans(problem, draw, labels));
  for (const method of cell.methods) {
    // A loss on samples labels them on its own way.
    const means = meansFor(seesSamples(method) ? null : method.pseudoLabels);
    const representation = trainRepresentation(problem, means, draw.norms, method, samples);
    const metrics = evaluateRepresentation(problem, draw, representation, resolveAttack(problem, method));
    results[method.name] = requireHonest(method.name, metrics);
  }
  results["no-transfer"] = requireHonest("no-transfer", evaluateNoTransfer(problem, draw));
  results.oracle = requireHonest("oracle", evaluateOracle(problem, draw));
  return results;
}

/** No NaN or infinity leaves a replication: it would turn a mean into nonsense without a trace. */
function requireHonest(method: string, metrics: Metrics): Metrics {
  for (const name of METRIC_NAMES) {
    const value = metrics[name];
    if (value !== null && !Number.isFinite(value)) {
      throw new AdvTransferError("numerical", `${name} of ${method} is ${value}`);
    }
  }
  return metrics;
}
