import { AdvTransferError } from "../../core/errors.js";
import type { Problem } from "../../model/problem.js";
import type { RawSamples } from "../../model/rawSamples.js";
import { type Matrix, matrix, rowView, zeros } from "../../numerics/matrix.js";
import { norm2, scaled } from "../../numerics/products.js";
import type { Rng } from "../../random/keyedStream.js";
import type { Ball, TaskClassifier } from "../closedForm.js";
import { estimateNorms } from "../estimateNorms.js";
import { lqNorm } from "../lqNorm.js";
import type { PseudoLabels } from "../method.js";
import { labeledNoise } from "../problemLaw.js";
import { certified } from "./certified.js";
import type { GradientMethod } from "./gradientMethod.js";
import { marginLoss } from "./marginLoss.js";
import { pseudoLabeledSamples } from "./pseudoLabeledSamples.js";
import { LARGEST_GAP, requireSolved } from "./requireSolved.js";
import { solveTask } from "./solveTask.js";
import type { TaskSolution } from "./taskSolution.js";
import { trainBySgd } from "./trainBySgd.js";
import { equalWeights, type WeightedSamples, weightedSum } from "./weightedSamples.js";

/** A squared hinge that the ball just lets reach 0 is flat around its minimum: the last digits of its gap are not worth more. */
const MAX_ITERATIONS = 2000;

/**
 * The classifiers of the source tasks by gradient training, one at a time: the direction of beta, and as value ||r||, the length of the reweighted residual, which for the
 * linear loss is the value of the closed form. A filtered task has direction 0, whatever the inner maximum: the condition ||muhat||_q <= eps is known before training.
 *
 * A task is solved to its duality gap ({@link solveTask}); one that ends further than 1e-6 of its gain from the optimum is an error (`numerical`). With `descent` it is
 * trained by {@link trainBySgd} instead and not held to the optimum; one that ends above the objective of beta = 0 has diverged, which is an error.
 */
export function* gradientClassifiers(
  samples: Iterable<WeightedSamples>,
  method: GradientMethod,
  attack: Ball | null,
  training: (task: number) => Rng,
): Iterable<TaskClassifier> {
  let task = 0;
  for (const own of samples) {
    const { beta, strength } = train(own, method, attack, () => training(task), task);
    const length = norm2(beta);
    yield { direction: length === 0 ? beta : scaled(beta, 1 / length), value: strength };
    task++;
  }
}

function train(
  samples: WeightedSamples,
  method: GradientMethod,
  attack: Ball | null,
  rng: () => Rng,
  task: number,
): TaskSolution {
  const { inner, regularization } = method;
  const loss = marginLoss(method.loss);
  const descent = method.descent ?? (inner === "exact" || attack === null ? null : {});
  if (descent === null || (attack !== null && isFiltered(samples, attack))) {
    return solved(samples, method, attack, task);
  }
  const objective = { loss, attack, inner, regularization };
  const { beta, steps } = trainBySgd(samples, objective, descent, rng());
  const found = { beta, iterations: steps };
  const solution = certified(samples, loss, attack, regularization, found, LARGEST_GAP);
  if (solution.value <= loss.value(0)) return solution;
  throw new AdvTransferError(
    "numerical",
    `gradient descent of task ${task} diverged: its objective is ${solution.value}, that of beta = 0 is ${loss.value(0)}`,
    { hint: "A smaller learning rate, or more epochs." },
  );
}

function isFiltered(samples: WeightedSamples, attack: Ball): boolean {
  return lqNorm(weightedSum(samples.points, samples.weights), attack.norm) <= attack.radius;
}

function solved(
  samples: WeightedSamples,
  method: GradientMethod,
  attack: Ball | null,
  task: number,
): TaskSolution {
  const loss = marginLoss(method.loss);
  const options = { maxIterations: MAX_ITERATIONS };
  return requireSolved(solveTask(samples, loss, attack, method.regularization, options), loss, task);
}

/** The means of the tasks, one a task: all that the linear loss sees of the samples. */
export function* meansAsSamples(means: Matrix): Iterable<WeightedSamples> {
  for (let t = 0; t < means.rows; t++) yield equalWeights(matrix(1, means.cols, rowView(means, t)));
}

/** The samples that each task trains on, labelled or with pseudo-labels from standard training with the same loss. */
export function* taskSamples(
  problem: Problem,
  raw: RawSamples,
  method: GradientMethod,
  pseudoLabels: PseudoLabels | null,
): Iterable<WeightedSamples> {
  if (pseudoLabels === null) {
    for (const labeled of raw.labeled()) yield equalWeights(labeled);
    return;
  }
  const norms = estimateNorms(raw.labeledMeans, labeledNoise(problem) ** 2);
  const unlabeled = raw.unlabeled()[Symbol.iterator]();
  let t = 0;
  for (const labeled of raw.labeled()) {
    const known = { sigma: problem.noise.sd, labeled: problem.labeled, norm: norms[t]! };
    const task = t;
    const classify = (samples: WeightedSamples): Float64Array => solved(samples, method, null, task).beta;
    const fed = unlabeled.next().value ?? zeros(0, problem.dimension);
    yield pseudoLabeledSamples(labeled, fed, pseudoLabels, known, classify);
    t++;
  }
}
