import { featureWidth, trunkLayers } from "../network/architecture.js";
import type { DeepProblem } from "./deepStudy.js";

/** An image of the known sets has about so many coordinates; a cost need not be exact. */
const IMAGE = [28, 28, 1];

/**
 * The relative cost of one replication of an arm, in rough multiplications: forward and backward passes of all steps, those of the attack and of labelling
 * networks included. Only for progress and the size of blocks, never for a result.
 */
export function deepCost({ data, training, arm }: DeepProblem): number {
  const shape = data.from === "teacher" ? [data.dimension] : IMAGE;
  const layers = trunkLayers(training.network, shape);
  const pass = layers.reduce((sum, layer) => sum + layer.fanIn * layer.shape.at(-1)!, featureWidth(layers));
  const batch = training.batch * (data.from === "teacher" ? data.tasks : 1);
  const evaluation = 20 * batch * pass;
  if (arm.features !== "network") return evaluation;
  const steps = (few: boolean): number => (few ? training.fewSteps : training.steps);
  const own = steps(arm.labels === "few" && arm.pseudoLabels === null) * arm.stepsFactor;
  const attacked = own * (1 + (arm.attack?.steps ?? 0));
  const rounds = arm.pseudoLabels?.rounds ?? 0;
  const labelling = rounds === 0 ? 0 : steps(true) + (rounds - 1) * steps(false);
  return evaluation + 3 * batch * pass * (attacked + labelling);
}
