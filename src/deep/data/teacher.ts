import { taskNorms } from "../../model/signalGroups.js";
import { type Matrix, rowView, transpose, zeros } from "../../numerics/matrix.js";
import { multiply, multiplyTransposeLeft, multiplyTransposeRight } from "../../numerics/products.js";
import { thinQr } from "../../numerics/thinQr.js";
import {
  haarFrame,
  normalMatrix,
  randomSubset,
  sparseHaarFrame,
} from "../../random/distributions/haarFrame.js";
import { keyedStream, type Rng, type StreamKey } from "../../random/keyedStream.js";
import type { LabeledData } from "./labeledData.js";
import { type TeacherSpec, teacherSpec } from "./teacherSpec.js";
import type { SourceTask, TransferData } from "./transferData.js";

/** The centres of one task. */
export interface TeacherTask {
  /** B c_k, `K x p`, one centre a row; rows 2i and 2i + 1 are antipodes. */
  readonly centers: Matrix;
  /** The class of each centre, 0 or 1: as many ones as zeros. */
  readonly labels: Uint8Array;
}

/** What a teacher knows and no learner is told, apart from the samples. */
export interface Teacher {
  /** B, `p x r`, orthonormal columns. */
  readonly basis: Matrix;
  /** N, `p x j`, orthonormal columns, orthogonal to B. */
  readonly nuisance: Matrix;
  readonly tasks: readonly TeacherTask[];
  readonly target: TeacherTask;
}

/**
 * Draws B, the nuisance directions and the centres of all tasks of a {@link TeacherSpec}. Every part has a stream of its own, so that e.g. more
 * tasks leave the first ones as they are.
 */
export function drawTeacher(spec: TeacherSpec, key: StreamKey): Teacher {
  const { dimension: p, rank: r, support, tasks, target } = spec;
  const stream = (...role: StreamKey): Rng => keyedStream([...key, "teacher", ...role]);
  const rng = stream("subspace");
  const basis =
    support === null || support === p
      ? haarFrame(rng, p, r)
      : sparseHaarFrame(rng, p, r, randomSubset(rng, p, support));
  const norms = taskNorms(spec.signal, tasks);
  return {
    basis,
    nuisance: orthogonalFrame(stream("nuisance"), basis, spec.nuisance.directions),
    tasks: Array.from(norms, (norm, t) => drawTask(stream("task", t), spec, basis, norm)),
    target: drawTask(stream("target"), spec, basis, target.norm),
  };
}

/**
 * One draw of a {@link TeacherSpec}, as a replication of a deep study wants it: T source tasks and a target task on one shared subspace. In every
 * part of a task the centres have equally many samples, to within one (so with an even number the classes have too), in random order; the target's
 * training samples have exactly `trainingPerClass` of each class. The same key gives the same bytes.
 *
 * Cost: one normal number a coordinate and sample. Throws `bad-input` as {@link teacherSpec} does.
 *
 * @example teacherTransferData(teacherSpec({ tasks: 10 }), [7, "data"]).sources.length // 10
 */
export function teacherTransferData(spec: TeacherSpec, key: StreamKey): TransferData {
  const checked = teacherSpec(spec);
  const teacher = drawTeacher(checked, key);
  const stream = (...role: StreamKey): Rng => keyedStream([...key, "teacher", ...role]);
  const draw = (task: TeacherTask, count: number, ...role: StreamKey): LabeledData =>
    drawSamples(stream("samples", ...role), checked, teacher, task, count);
  const sources = teacher.tasks.map(
    (task, t): SourceTask => ({
      labeled: draw(task, checked.labeled, t, "labeled"),
      unlabeled: draw(task, checked.unlabeled, t, "unlabeled"),
      validation: draw(task, checked.validation, t, "validation"),
      test: draw(task, checked.test, t, "test"),
    }),
  );
  const { trainingPerClass, test } = checked.target;
  return {
    sources,
    target: {
      training: draw(teacher.target, 2 * trainingPerClass, "target", "training"),
      test: draw(teacher.target, test, "target", "test"),
    },
    basis: teacher.basis,
  };
}

/** `p x count`, orthonormal columns, uniform among those orthogonal to the columns of B. */
function orthogonalFrame(rng: Rng, basis: Matrix, count: number): Matrix {
  if (count === 0) return zeros(basis.rows, 0);
  let frame = normalMatrix(rng, basis.rows, count);
  // Twice, so that what rounding leaves along B is of the order of 1e-16.
  for (let pass = 0; pass < 2; pass++) {
    const inside = multiply(basis, multiplyTransposeLeft(basis, frame));
    for (let i = 0; i < frame.data.length; i++) frame.data[i] = frame.data[i]! - inside.data[i]!;
    frame = thinQr(frame).q;
  }
  return frame;
}

function drawTask(rng: Rng, spec: TeacherSpec, basis: Matrix, norm: number): TeacherTask {
  const { rank: r, clusters, labeling } = spec;
  const directions = transpose(haarFrame(rng, r, clusters / 2));
  const inside = zeros(clusters, r);
  for (let k = 0; k < clusters; k++) {
    const sign = k % 2 === 0 ? norm : -norm;
    for (let j = 0; j < r; j++) inside.data[k * r + j] = sign * directions.data[(k >> 1) * r + j]!;
  }
  const labels = new Uint8Array(clusters);
  if (labeling === "random") for (const k of randomSubset(rng, clusters, clusters / 2)) labels[k] = 1;
  else
    for (const pair of randomSubset(rng, clusters / 2, clusters / 4)) labels.fill(1, 2 * pair, 2 * pair + 2);
  return { centers: multiplyTransposeRight(inside, basis), labels };
}

function drawSamples(
  rng: Rng,
  spec: TeacherSpec,
  teacher: Teacher,
  task: TeacherTask,
  count: number,
): LabeledData {
  const p = spec.dimension;
  const inputs = new Float32Array(count * p);
  const labels = new Uint8Array(count);
  const centers = shuffledCenters(rng, task, count);
  const directions = transpose(teacher.nuisance);
  const x = new Float64Array(p);
  for (let i = 0; i < count; i++) {
    const k = centers[i]!;
    labels[i] = task.labels[k]!;
    x.set(rowView(task.centers, k));
    for (let d = 0; d < directions.rows; d++) {
      const amount = spec.nuisance.sd * rng.normal();
      const direction = rowView(directions, d);
      for (let j = 0; j < p; j++) x[j] = x[j]! + amount * direction[j]!;
    }
    for (let j = 0; j < p; j++) inputs[i * p + j] = x[j]! + spec.sd * rng.normal();
  }
  return { count, features: p, shape: [p], classes: 2, inputs, labels };
}

/** The centre of each sample: every centre equally often to within one, classes to within one, in random order. */
function shuffledCenters(rng: Rng, task: TeacherTask, count: number): Uint32Array {
  const clusters = task.labels.length;
  // One centre of each class in turn, so that a last incomplete round is as balanced as it can be.
  const ofClass = [0, 1].map((label) => [...task.labels.keys()].filter((k) => task.labels[k] === label));
  const centers = Uint32Array.from({ length: count }, (_, i) => {
    const place = i % clusters;
    return ofClass[place % 2]![place >> 1]!;
  });
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(rng.uniform() * (i + 1));
    [centers[i], centers[j]] = [centers[j]!, centers[i]!];
  }
  return centers;
}
