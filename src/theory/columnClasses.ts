import type { Problem } from "../model/problem.js";
import { groupCounts } from "../model/signalGroups.js";
import { gaussHermite } from "../numerics/special/gaussHermite.js";
import { gaussLegendre } from "../numerics/special/gaussLegendre.js";
import { normalPdf } from "../numerics/special/normal.js";
import { oracleWeight } from "../training/columnWeights.js";
import type { Method } from "../training/method.js";
import { type MeanNode, meanNodes, type NormEstimate, normEstimate } from "./meanLaw.js";
import type { ColumnClass } from "./weightedSpike.js";

/** The columns that a method makes of one signal group. */
export interface GroupColumns {
  /** The group's share of the T tasks. */
  readonly share: number;
  /** The probability that a task of the group is not filtered out. */
  readonly survival: number;
  /** Its surviving columns; their shares sum to share * survival. `signal` is the total over all r directions. */
  readonly classes: readonly ColumnClass[];
}

/** One point of the joint law of a column's squared lengths. */
interface LengthPoint {
  readonly weight: number;
  readonly along2: number;
  readonly length2: number;
}

const BINS = 12;

/**
 * The column classes of docs/theory.md 5.1 for standard and l2-adversarial training, with and without pseudo-labels: exact second moments
 * of the columns (length along the task's mean, length off it) over the law of the task's noise, survivors of the filter only.
 * `radius` is that of the l2 attack, 0 for none. Columns of one group are alike up to fluctuations, which `covariance` and `noiseVariance` carry, except
 * that unnormalised survivors of a filter range from nothing upwards: those are split into classes by weight.
 */
export function columnClasses(problem: Problem, method: Method, radius: number): GroupColumns[] {
  const counts = groupCounts(problem.signal, problem.tasks);
  const estimate = normEstimate(problem);
  return problem.signal.map((group, i) => {
    const share = counts[i]! / problem.tasks;
    const points = lengthPoints(problem, method, group.norm, radius, estimate);
    const survival = Math.min(
      1,
      points.reduce((sum, point) => sum + point.weight, 0),
    );
    const oracle =
      method.aggregation === "oracle-weights"
        ? oracleWeight(problem, method.pseudoLabels, group.norm) ** 2
        : 1;
    const weigh = (length2: number): number => {
      if (method.aggregation === "normalized") return 1 / length2;
      return oracle * (1 - radius / Math.sqrt(length2)) ** 2;
    };
    const split = radius > 0 && method.aggregation !== "normalized";
    return { share, survival, classes: summarize(points, weigh, share, problem.dimension, split) };
  });
}

function lengthPoints(
  problem: Problem,
  method: Method,
  norm: number,
  radius: number,
  estimate: NormEstimate,
): LengthPoint[] {
  const nodesAt = (g: number): MeanNode[] => meanNodes(problem, method.pseudoLabels, norm, g, estimate);
  const [centre, next] = [averageLength(nodesAt(0)), averageLength(nodesAt(1))];
  const slope = Math.abs(next.mean - centre.mean);
  const reach = 9 * Math.sqrt(centre.variance + slope * slope);
  const edge2 = radius * radius;
  const points: LengthPoint[] = [];
  if (!(radius > 0) || edge2 < centre.mean - reach) {
    const { nodes, weights } = gaussHermite(12);
    for (let i = 0; i < nodes.length; i++) {
      for (const node of nodesAt(nodes[i]!)) addSpread(points, weights[i]!, node);
    }
    return points;
  }
  // Fine enough in g that the filter's edge, blurred by the rest of the length, is resolved.
  const blur = Math.sqrt(centre.variance) / slope / 1.5;
  const step = Math.min(0.25, Math.max(0.03, blur));
  const half = Math.ceil(6 / step);
  for (let i = -half; i <= half; i++) {
    const g = i * step;
    const weight = normalPdf(g) * step;
    for (const node of nodesAt(g)) addSurvivors(points, weight, node, edge2);
  }
  return points;
}

function averageLength(nodes: readonly MeanNode[]): { mean: number; variance: number } {
  let mean = 0;
  let variance = 0;
  for (const node of nodes) {
    mean += node.weight * (node.fixed + node.rest);
    variance += node.weight * node.restVariance;
  }
  return { mean, variance };
}

/** Three points of the length at a node: enough where nothing is cut off. */
function addSpread(points: LengthPoint[], weight: number, node: MeanNode): void {
  const { nodes, weights } = gaussHermite(3);
  for (let i = 0; i < 3; i++) points.push(pointAt(node, weight * node.weight * weights[i]!, nodes[i]!));
}

/** The part of a node's length beyond the edge, by Gauss-Legendre on its normal score. */
function addSurvivors(points: LengthPoint[], weight: number, node: MeanNode, edge2: number): void {
  const { nodes, weights } = gaussLegendre(16);
  if (!(node.restVariance > 0)) {
    if (node.fixed + node.rest > edge2) points.push(pointAt(node, weight * node.weight, 0));
    return;
  }
  const c = (2 / 9) * spreadOf(node);
  const edge = (edge2 - node.fixed) / node.rest;
  const low = edge <= 0 ? -6 : Math.max(-6, (Math.cbrt(edge) - 1 + c) / Math.sqrt(c));
  const high = 6;
  if (!(low < high)) return;
  for (let i = 0; i < nodes.length; i++) {
    const z = (low + high) / 2 + ((high - low) / 2) * nodes[i]!;
    const density = ((high - low) / 2) * weights[i]! * normalPdf(z);
    points.push(pointAt(node, weight * node.weight * density, z));
  }
}

/** 1 / degrees of freedom of the scaled chi-square variable with the node's mean and variance. */
function spreadOf(node: MeanNode): number {
  return node.restVariance / (2 * node.rest * node.rest);
}

function pointAt(node: MeanNode, weight: number, z: number): LengthPoint {
  if (!(node.restVariance > 0)) return { weight, along2: node.along2, length2: node.fixed + node.rest };
  const c = (2 / 9) * spreadOf(node);
  const rest = node.rest * Math.max(0, 1 - c + z * Math.sqrt(c)) ** 3;
  const along2 = node.along2 + (node.covariance / node.restVariance) * (rest - node.rest);
  const length2 = node.fixed + rest;
  return { weight, along2: Math.min(length2, Math.max(0, along2)), length2 };
}

function summarize(
  points: readonly LengthPoint[],
  weigh: (length2: number) => number,
  share: number,
  p: number,
  split: boolean,
): ColumnClass[] {
  const total = points.reduce((sum, point) => sum + point.weight, 0);
  if (!(total > 1e-12)) return [];
  if (!split) return [classOf(points, weigh, share, p)];
  const sorted = [...points].sort((a, b) => a.length2 - b.length2);
  const classes: ColumnClass[] = [];
  let bin: LengthPoint[] = [];
  let before = 0;
  for (const point of sorted) {
    bin.push(point);
    before += point.weight;
    if (classes.length < BINS - 1 && before >= (total * (classes.length + 1)) / BINS) {
      classes.push(classOf(bin, weigh, share, p));
      bin = [];
    }
  }
  if (bin.length > 0) classes.push(classOf(bin, weigh, share, p));
  return classes;
}

function classOf(
  points: readonly LengthPoint[],
  weigh: (length2: number) => number,
  share: number,
  p: number,
): ColumnClass {
  const dof = Math.max(1, p - 1);
  let total = 0;
  let signal = 0;
  let noise = 0;
  const values = points.map(({ weight, along2, length2 }) => {
    const w2 = length2 > 0 ? weigh(length2) : 0;
    const off = (w2 * (length2 - along2)) / dof;
    const s = w2 * along2 - off;
    total += weight;
    signal += weight * s;
    noise += weight * off;
    return { weight, s, off };
  });
  signal /= total;
  noise /= total;
  let covariance = 0;
  let noiseVariance = 0;
  for (const { weight, s, off } of values) {
    covariance += (weight * (s - signal) * (off - noise)) / total;
    noiseVariance += (weight * (off - noise) ** 2) / total;
  }
  // A Gaussian column's own length fluctuates by 2 v^2 / (p - 1), which the asymptotics of Gaussian matrices already hold: only the excess
  // counts, and it is negative where columns are normalised.
  noiseVariance -= (2 * noise * noise) / dof;
  return { share: share * total, signal: Math.max(0, signal), noise, covariance, noiseVariance };
}
