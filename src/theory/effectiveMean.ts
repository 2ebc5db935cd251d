import type { Problem } from "../model/problem.js";
import { gaussHermite } from "../numerics/special/gaussHermite.js";
import type { Method } from "../training/method.js";
import { meanNodes, normEstimate } from "./meanLaw.js";

/**
 * A group's mean as signal plus isotropic noise, with the second moments of {@link meanNodes}: V from the length off mu, and the norm from the
 * second moment along mu less V.
 */
export function effectiveMean(
  problem: Problem,
  method: Method,
  norm: number,
): { norm: number; noiseVariance: number } {
  const estimate = normEstimate(problem);
  const { nodes, weights } = gaussHermite(12);
  let along2 = 0;
  let length2 = 0;
  for (let i = 0; i < nodes.length; i++) {
    for (const node of meanNodes(problem, method.pseudoLabels, norm, nodes[i]!, estimate)) {
      along2 += weights[i]! * node.weight * node.along2;
      length2 += weights[i]! * node.weight * (node.fixed + node.rest);
    }
  }
  const noiseVariance = Math.max(1e-300, (length2 - along2) / Math.max(1, problem.dimension - 1));
  return { norm: Math.sqrt(Math.max(0, along2 - noiseVariance)), noiseVariance };
}
