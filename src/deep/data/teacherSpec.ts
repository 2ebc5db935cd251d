import { badInput, requireInteger, requireNonNegative, requirePositive } from "../../core/guards.js";
import type { SignalGroup } from "../../model/problem.js";
import { taskNorms } from "../../model/signalGroups.js";

/**
 * A multi-task teacher: the linear model of docs/theory.md section 1 with tasks that a linear classifier need not solve, and noise that need not be
 * isotropic. All tasks share B (`p x r`, orthonormal columns) and the nuisance directions N (`p x j`, orthonormal, orthogonal to B). A task has
 * K centres `B c`, in K/2 antipodal pairs along orthogonal directions of R^r, and a balanced random labelling of them; a sample of centre k is
 *
 *     x = B c_k + N (nuisance.sd g) + sd z,   g ~ N(0, I_j), z ~ N(0, I_p).
 *
 * K = 2 without nuisance is the linear model: one centre is labelled 1, its antipode 0. With K = 4 a third of the labellings is an exclusive or, which
 * no linear classifier solves; the others are linear in another direction.
 */
export interface TeacherSpec {
  /** p, the number of input coordinates. Default 100. */
  readonly dimension: number;
  /** r, the dimension of the shared subspace, 1 <= r <= p. Default 2. */
  readonly rank: number;
  /** s, the number of nonzero rows of B, r <= s <= p; null: dense. Default 3r, at most p. */
  readonly support: number | null;
  /** T, the number of source tasks. Default 20. */
  readonly tasks: number;
  /** K, the number of centres of a task: even, 2 <= K <= 2r. Default 4, or 2 where r is 1. */
  readonly clusters: number;
  /**
   * `random`: every balanced labelling of the centres is equally likely. `parity`: antipodes share their class (K a multiple of 4), so that a class is
   * symmetric about 0 and no linear classifier is better than chance. Default `parity` where K allows it.
   */
  readonly labeling: "random" | "parity";
  /** ||c||, the distance of the centres from the origin, for shares of the tasks. Default one group of norm 5. */
  readonly signal: readonly SignalGroup[];
  /** n, u, and the validation and test samples of each source task. Defaults 16, 400, 20, 100. */
  readonly labeled: number;
  readonly unlabeled: number;
  readonly validation: number;
  readonly test: number;
  /** The standard deviation of the unstructured noise in every coordinate, > 0. Default 1. */
  readonly sd: number;
  /** j nuisance directions (j + r <= p) with the standard deviation `sd` on top of the unstructured noise. Default none. */
  readonly nuisance: { readonly directions: number; readonly sd: number };
  /** The target task: its ||c||, labelled training samples of each class, and test samples. Defaults 3, 50, 2000. */
  readonly target: { readonly norm: number; readonly trainingPerClass: number; readonly test: number };
}

/** A problem on which the four ways of training differ clearly within seconds: strong tasks that no linear classifier solves, few labels, a sparse B. */
const DEFAULTS: Omit<TeacherSpec, "support" | "clusters" | "labeling"> = {
  dimension: 100,
  rank: 2,
  tasks: 20,
  signal: [{ share: 1, norm: 5 }],
  labeled: 16,
  unlabeled: 400,
  validation: 20,
  test: 100,
  sd: 1,
  nuisance: { directions: 0, sd: 0 },
  target: { norm: 3, trainingPerClass: 50, test: 2000 },
};

type Sizes = Pick<TeacherSpec, "dimension" | "rank">;

/** The defaults that depend on the sizes: a sparse B, and tasks that no linear classifier solves where the rank allows it. */
export function tasksLike({
  dimension,
  rank,
  clusters = rank === 1 ? 2 : 4,
}: Sizes & { readonly clusters?: number | undefined }): Pick<
  TeacherSpec,
  "support" | "clusters" | "labeling"
> {
  return {
    support: Math.min(3 * rank, dimension),
    clusters,
    labeling: clusters % 4 === 0 ? "parity" : "random",
  };
}

/**
 * A complete, checked {@link TeacherSpec}: what is left out takes its default (`nuisance` and `target` as wholes).
 * Throws `bad-input` naming the field, its allowed values and the value received.
 *
 * @example teacherSpec({ dimension: 60 }).support // 6
 */
export function teacherSpec(given: Partial<TeacherSpec> = {}): TeacherSpec {
  const { rank = DEFAULTS.rank, dimension = DEFAULTS.dimension } = given;
  const spec: TeacherSpec = { ...DEFAULTS, ...tasksLike({ ...given, rank, dimension }), ...given };
  const { dimension: p, rank: r } = spec;
  requireInteger("teacher.dimension", p, 1);
  requireInteger("teacher.rank", r, 1, p);
  if (spec.support !== null) requireInteger("teacher.support", spec.support, r, p);
  requireInteger("teacher.tasks", spec.tasks, 1);
  requireInteger("teacher.clusters", spec.clusters, 2, 2 * r);
  if (spec.labeling !== "random" && spec.labeling !== "parity") {
    throw badInput("teacher.labeling", '"random" or "parity"', spec.labeling);
  }
  const multiple = spec.labeling === "parity" ? 4 : 2;
  if (spec.clusters % multiple !== 0) {
    throw badInput("teacher.clusters", `a multiple of ${multiple}`, spec.clusters);
  }
  for (const group of spec.signal) requireNonNegative("teacher.signal.norm", group.norm);
  taskNorms(spec.signal, spec.tasks);
  requireInteger("teacher.labeled", spec.labeled, 2);
  requireInteger("teacher.unlabeled", spec.unlabeled, 0);
  requireInteger("teacher.validation", spec.validation, 0);
  requireInteger("teacher.test", spec.test, 1);
  requirePositive("teacher.sd", spec.sd);
  requireInteger("teacher.nuisance.directions", spec.nuisance.directions, 0, p - r);
  requireNonNegative("teacher.nuisance.sd", spec.nuisance.sd);
  requireNonNegative("teacher.target.norm", spec.target.norm);
  requireInteger("teacher.target.trainingPerClass", spec.target.trainingPerClass, 1);
  requireInteger("teacher.target.test", spec.target.test, 1);
  return spec;
}
