import type { Problem } from "../model/problem.js";
import { zeros } from "../numerics/matrix.js";
import { symmetricEigen } from "../numerics/small.js";
import type { Method } from "../training/method.js";
import { type DirectionOverlap, missedDirections } from "./directionOverlap.js";
import { expectedL1 } from "./expectedL1.js";
import { taskPoints } from "./finiteTasks.js";
import { largestSine } from "./largestSine.js";
import type { LInfPrediction } from "./lInfPrediction.js";
import { type NoiseRows, overlapAmongRows } from "./noiseRows.js";
import { classAlongRadii, couplingRatio } from "./radialDirection.js";
import { radialMoments } from "./radialMoments.js";
import { RADII, rowLengthNodes } from "./rowLengthNodes.js";
import { thresholdedGroups } from "./thresholdedGroup.js";
import { spikeOverlap } from "./weightedSpike.js";

/**
 * {@link lInfRepresentation} in the limit of a large support (docs/theory.md 5.3): rows of sqrt(s) B are then N(0, I_r), and averages over the rows are
 * integrals over their length beta. By rotation symmetry a thresholded row's mean, as a function of a, is eta(beta) <u, a> plus higher harmonics, so the population's
 * top eigenvectors are psi(beta) <u, e_i>, psi the top eigenvector of a matrix over the radii: rank one (eta eta^T) per group plus the diagonal of
 * the noise. Shrinking rotates psi away from beta, and (E beta psi)^2 / (E beta^2 E psi^2) is what is left of the direction.
 *
 * Needs isotropic tasks. Cost: about 1 ms. Accurate to the order r/s.
 */
export function lInfDenseRepresentation(problem: Problem, method: Method, eps: number): LInfPrediction {
  const { dimension: p, rank: r, tasks } = problem;
  const s = problem.support ?? p;
  const off = p - s;
  const radii = rowLengthNodes(r, s);
  const parameters = thresholdedGroups(problem, method, eps);
  const groups = parameters.map((group) => radialMoments(group, radii, r, s, off));
  const matrix = zeros(RADII, RADII);
  const unit = s / r;
  const add = (a: number, b: number, value: number): void => {
    matrix.data[a * RADII + b] = matrix.data[a * RADII + b]! + value;
  };
  const noiseAt = new Float64Array(RADII);
  for (const g of groups) {
    for (let a = 0; a < RADII; a++) {
      noiseAt[a] = noiseAt[a]! + g.share * (g.f * g.single[a]! - g.g * g.cross[a]!);
      for (let b = 0; b < RADII; b++) {
        const scale = (unit * Math.sqrt(radii.weights[a]! * radii.weights[b]!)) / r;
        const skew = g.sigma[a]! * g.eta[b]! + g.eta[a]! * g.sigma[b]!;
        add(a, b, g.share * scale * (g.f * g.eta[a]! * g.eta[b]! - g.g * skew));
      }
    }
  }
  for (let a = 0; a < RADII; a++) add(a, a, noiseAt[a]!);
  const { values, vectors } = symmetricEigen(matrix);
  const captured = (k: number): number => {
    let inner = 0;
    for (let a = 0; a < RADII; a++) {
      inner += Math.sqrt(radii.weights[a]!) * radii.nodes[a]! * vectors.data[a * RADII + k]!;
    }
    return (inner * inner) / r;
  };
  // Radii that hardly any row has may carry a larger eigenvalue of their own: the signal is the eigenvector along B.
  let top = 0;
  for (let k = 1; k < RADII; k++) if (captured(k) > captured(top)) top = k;
  const own = values[top]!;
  const rows: NoiseRows[] = Array.from(radii.weights, (w, a) => ({ count: (s - r) * w, value: noiseAt[a]! }));
  const harmonics = groups.reduce((sum, g) => sum + g.share * g.f * g.harmonics, 0);
  const cubic = ((r + 2) * (r + 1) * r) / 6 - r;
  // None for r = 1.
  rows.push({ count: cubic, value: harmonics / Math.max(1, cubic) });
  const psi = Float64Array.from({ length: RADII }, (_, a) => vectors.data[a * RADII + top]!);
  const classes = groups.map((g) => classAlongRadii(g, psi, radii, unit, r));
  const kappa = couplingRatio(groups, psi, radii, unit, r);
  const mean = classes.reduce((sum, g) => sum + g.share * g.signal, 0);
  const square = classes.reduce((sum, g) => sum + g.share * g.signal ** 2, 0);
  const kurtosis = mean > 0 ? square / mean ** 2 : 1;
  const points = taskPoints(r, tasks, kurtosis, 0);
  const along = (factor: number): number => (off === 0 ? 1 : spikeOverlap(classes, tasks / off, factor));
  const overlaps: DirectionOverlap[] = points.map(({ weight, signalFactor: factor }) => {
    let leaked = 0;
    for (let k = 0; k < RADII; k++) {
      if (k === top) continue;
      const l = own * factor;
      if (l > values[k]!)
        leaked += (l * Math.max(0, values[k]!) * captured(k)) / (tasks * (l - values[k]!) ** 2);
    }
    const cos2 = overlapAmongRows({
      own,
      rows,
      kappa,
      off,
      classes,
      tasks,
      factor,
      offOverlap: along(factor),
    });
    return { count: r * weight, cos2: Math.min(1, cos2 * (captured(top) + leaked)) };
  });
  const [first, last] = [overlaps[0]!, overlaps[overlaps.length - 1]!];
  const width = points[points.length - 1]!.signalFactor - points[0]!.signalFactor;
  const slope = width > 0 ? (last.cos2 - first.cos2) / width : 0;
  const offShare = 1 - along(1);
  const onShare = 1 - offShare;
  const kept = overlapAmongRows({ own, rows, kappa, off, classes, tasks, factor: 1, offOverlap: along(1) });
  let rowLengths = 0;
  for (let a = 0; a < RADII; a++) {
    const w = radii.weights[a]!;
    rowLengths +=
      s * w * Math.sqrt((kept * psi[a]! ** 2) / (w * unit) + (r * Math.max(0, onShare - kept)) / s);
  }
  const sinTheta2 = missedDirections(overlaps);
  return {
    sinTheta2,
    sinThetaMax: largestSine({
      mean: sinTheta2 / r,
      excess: 0,
      count: r,
      spread: slope * Math.sqrt((kurtosis * r) / ((r + 2) * tasks)),
      noise: Math.max(0, sinTheta2 / r - (1 - captured(top))),
      freedom: p - r,
    }),
    survivingTasks: tasks * groups.reduce((sum, g) => sum + g.share * g.survival, 0),
    overlaps,
    bias: r * Math.max(0, 1 - captured(top)),
    lengthSpread: groups.reduce((sum, g) => sum + g.share * g.lengthSpread, 0),
    limit: true,
    meanL1: expectedL1(parameters, eps, { off, r, tasks, offShare, rowLengths }),
  };
}
