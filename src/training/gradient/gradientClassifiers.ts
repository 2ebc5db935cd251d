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
import { solveTask } from "./solveTask.js";
import type { TaskSolution } from "./taskSolution.js";
import { trainBySgd } from "./trainBySgd.js";
import { equalWeights, type WeightedSamples, weightedSum } from "./weightedSamples.js";

/** A relative gap above which a classifier is not one: 1e-6 of the gain is an angle of up to 1e-3. */
const LARGEST_GAP = 1e-6;

/** The full-batch descent that trains against an attack by PGD. */
const DESCENT = { epochs: 200, momentum: 0.9, schedule: "cosine" } as const;

/**
 * The classifiers of the source tasks by gradient training, one at a time: the direction of beta, and as value ||r||, the length of the reweighted residual, which for the
 * linear loss is the value of the closed form. A filtered task has direction 0, whatever the inner maximum: the condition ||muhat||_q <= eps is known before training.
 *
 * With the exact inner maximum a task is solved to its duality gap ({@link solveTask}); one that ends further than 1e-6 of the gain from the optimum is an error
 * (`numerical`). With PGD it is trained by 200 full-batch steps of descent ({@link trainBySgd}) and not held to the optimum.
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
  if (inner === "exact" || attack === null || isFiltered(samples, attack)) {
    const solution = solveTask(samples, loss, attack, regularization);
    return requireSolved(solution, method, task);
  }
  const { beta, steps } = trainBySgd(samples, { loss, attack, inner, regularization }, DESCENT, rng());
  return certified(samples, loss, attack, regularization, { beta, iterations: steps }, LARGEST_GAP);
}

function isFiltered(samples: WeightedSamples, attack: Ball): boolean {
  return lqNorm(weightedSum(samples.points, samples.weights), attack.norm) <= attack.radius;
}

function requireSolved(solution: TaskSolution, method: GradientMethod, task: number): TaskSolution {
  if (solution.status !== "iteration-limit") return solution;
  const { regularization } = method;
  const { gap, strength, iterations } = solution;
  const gain = regularization.kind === "ridge" ? strength ** 2 / (2 * regularization.lambda) : strength;
  if (gap <= LARGEST_GAP * gain) return solution;
  throw new AdvTransferError(
    "numerical",
    `${method.loss} training of task ${task} stopped after ${iterations} iterations with a duality gap of ${gap / gain} of its gain`,
    { hint: "A larger ridge makes the problem better conditioned." },
  );
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
  if (pseudoLabels === null || problem.unlabeled === 0) {
    for (const labeled of raw.labeled()) yield equalWeights(labeled);
    return;
  }
  const norms = estimateNorms(raw.labeledMeans, labeledNoise(problem) ** 2);
  const loss = marginLoss(method.loss);
  const unlabeled = raw.unlabeled()[Symbol.iterator]();
  let t = 0;
  for (const labeled of raw.labeled()) {
    const known = { sigma: problem.noise.sd, labeled: problem.labeled, norm: norms[t]! };
    const task = t;
    const classify = (samples: WeightedSamples): Float64Array =>
      requireSolved(solveTask(samples, loss, null, method.regularization), method, task).beta;
    const fed = unlabeled.next().value ?? zeros(0, problem.dimension);
    yield pseudoLabeledSamples(labeled, fed, pseudoLabels, known, classify);
    t++;
  }
}
