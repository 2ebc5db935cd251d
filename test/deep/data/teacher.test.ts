import { expect, test } from "vitest";
import type { LabeledData } from "../../../src/deep/data/labeledData.js";
import { drawTeacher, teacherTransferData } from "../../../src/deep/data/teacher.js";
import { type TeacherSpec, teacherSpec } from "../../../src/deep/data/teacherSpec.js";
import { type Matrix, rowView } from "../../../src/numerics/matrix.js";
import { multiplyTransposeLeft } from "../../../src/numerics/products.js";
import { FAR, varianceOf, zScore } from "../../helpers/statistics.js";

const spec = (rest: Partial<TeacherSpec> = {}): TeacherSpec =>
  teacherSpec({
    dimension: 12,
    rank: 3,
    support: null,
    tasks: 4,
    clusters: 2,
    labeling: "random",
    signal: [{ share: 1, norm: 2 }],
    labeled: 6,
    unlabeled: 10,
    validation: 4,
    test: 8,
    target: { norm: 2, trainingPerClass: 5, test: 20 },
    ...rest,
  });

const product = (a: Matrix, b: Matrix): number[] => [...multiplyTransposeLeft(a, b).data];

/** B^T x of every sample, as rows. */
function along(frame: Matrix, data: LabeledData): Float64Array[] {
  return Array.from({ length: data.count }, (_, i) => {
    const x = data.inputs.subarray(i * data.features, (i + 1) * data.features);
    return Float64Array.from({ length: frame.cols }, (_, c) =>
      x.reduce((sum, value, j) => sum + value * frame.data[j * frame.cols + c]!, 0),
    );
  });
}

test("B and the nuisance directions are orthonormal together; a sparse B has s nonzero rows, and they are no nuisance's only ones", () => {
  for (const support of [null, 12, 5]) {
    const { basis, nuisance } = drawTeacher(spec({ support, nuisance: { directions: 4, sd: 1 } }), [
      "orthonormal",
      support,
    ]);
    const identity = (n: number): number[] =>
      Array.from({ length: n * n }, (_, i) => expect.closeTo(i % (n + 1) === 0 ? 1 : 0, 13));
    expect(product(basis, basis)).toEqual(identity(3));
    expect(product(nuisance, nuisance)).toEqual(identity(4));
    for (const value of product(basis, nuisance)) expect(Math.abs(value)).toBeLessThan(1e-14);
    const filled = (m: Matrix): number =>
      Array.from({ length: m.rows }, (_, i) => rowView(m, i)).filter((row) => row.some((x) => x !== 0))
        .length;
    expect(filled(basis)).toBe(support ?? 12);
    expect(filled(nuisance)).toBe(12);
  }
});

test("centres are antipodal pairs B(+c), B(-c) of the group's norm along orthogonal directions", () => {
  const signal = [
    { share: 0.5, norm: 3 },
    { share: 0.5, norm: 1 },
  ];
  const { basis, tasks, target } = drawTeacher(spec({ clusters: 6, signal }), ["centres"]);
  [...tasks, target].forEach(({ centers }, t) => {
    const norm = [3, 3, 1, 1, 2][t]!;
    const inner = (a: number, b: number): number =>
      rowView(centers, a).reduce((sum, x, j) => sum + x * rowView(centers, b)[j]!, 0);
    for (let a = 0; a < 6; a++) {
      for (let b = 0; b < 6; b++) {
        const expected = a === b ? norm ** 2 : a >> 1 === b >> 1 ? -(norm ** 2) : 0;
        expect(inner(a, b)).toBeCloseTo(expected, 12);
      }
      // The centre lies in the range of B: its projection onto B is as long as itself.
      const inside = multiplyTransposeLeft(basis, { rows: 12, cols: 1, data: rowView(centers, a) }).data;
      expect(Math.hypot(...inside)).toBeCloseTo(norm, 12);
    }
  });
});

test("labels: half of the centres in each class; parity gives antipodes one class, random labelling gives every one of its six patterns", () => {
  const patterns = (labeling: TeacherSpec["labeling"]): Set<string> =>
    new Set(
      drawTeacher(spec({ tasks: 150, clusters: 4, rank: 2, labeling }), ["labels"]).tasks.map((task) =>
        task.labels.join(""),
      ),
    );
  // A pattern is missed with probability below 6 (5/6)^150 = 8e-12.
  expect([...patterns("random")].sort()).toEqual(["0011", "0101", "0110", "1001", "1010", "1100"]);
  expect([...patterns("parity")].sort()).toEqual(["0011", "1100"]);
});

test("samples of K = 2 have the law of the linear model: y x - B a is N(0, sd^2 I), coordinate by coordinate and along B", () => {
  const one = spec({ tasks: 1, unlabeled: 4000, sd: 1.5, signal: [{ share: 1, norm: 2 }] });
  const { basis, tasks } = drawTeacher(one, ["law"]);
  const [source] = teacherTransferData(one, ["law"]).sources;
  const { inputs, labels, count, features: p } = source!.unlabeled;
  const positive = rowView(tasks[0]!.centers, tasks[0]!.labels.indexOf(1));
  const noise = (i: number, j: number): number => (2 * labels[i]! - 1) * inputs[i * p + j]! - positive[j]!;
  // 12 coordinates and 3 directions, mean and variance of each: false alarm 30 x 6.6e-9 = 2e-7.
  for (let j = 0; j < p; j++) {
    const values = Float64Array.from({ length: count }, (_, i) => noise(i, j));
    expect(Math.abs(zScore(values, 0))).toBeLessThan(FAR);
    expect(
      Math.abs(
        zScore(
          values.map((x) => x * x),
          1.5 ** 2,
        ),
      ),
    ).toBeLessThan(FAR);
  }
  const centre = along(basis, { ...source!.unlabeled, inputs: Float32Array.from(positive), count: 1 })[0]!;
  const rows = along(basis, source!.unlabeled);
  for (let c = 0; c < 3; c++) {
    const values = rows.map((row, i) => (2 * labels[i]! - 1) * row[c]! - centre[c]!);
    expect(Math.abs(zScore(values, 0))).toBeLessThan(FAR);
    expect(
      Math.abs(
        zScore(
          values.map((x) => x * x),
          1.5 ** 2,
        ),
      ),
    ).toBeLessThan(FAR);
  }
  // Power: without the sign, or with half the norm, the mean along B is many standard errors away.
  expect(Math.hypot(...centre) / (1.5 / Math.sqrt(count))).toBeGreaterThan(40);
});

test("noise is sd^2 along B and off it, and sd^2 + nuisance.sd^2 along the nuisance directions", () => {
  const one = spec({ tasks: 1, unlabeled: 4000, clusters: 4, nuisance: { directions: 2, sd: 3 } });
  const { basis, nuisance, tasks } = drawTeacher(one, ["noise"]);
  const { unlabeled } = teacherTransferData(one, ["noise"]).sources[0]!;
  // The centre of a sample is the nearest one along B, as far as variance along the nuisance directions goes: it has no part there.
  for (let c = 0; c < 2; c++) {
    const values = along(nuisance, unlabeled).map((row) => row[c]!);
    expect(Math.abs(zScore(values, 0))).toBeLessThan(FAR);
    expect(
      Math.abs(
        zScore(
          values.map((x) => x * x),
          10,
        ),
      ),
    ).toBeLessThan(FAR);
  }
  const inside = along(basis, unlabeled);
  // Along B: the centres' mean square over the directions, 2 * (2^2 / 4) for two pairs in three directions, plus the noise.
  const square = inside.map((row) => row.reduce((sum, x) => sum + x * x, 0));
  expect(Math.abs(zScore(square, 4 + 3))).toBeLessThan(FAR);
  expect(varianceOf(square)).toBeGreaterThan(1);
  expect(tasks[0]!.centers.rows).toBe(4);
});

test("every part is balanced: centres to within one sample, classes exactly where the count is even", () => {
  const { sources, target } = teacherTransferData(
    spec({ clusters: 4, labeled: 6, unlabeled: 10, target: { norm: 2, trainingPerClass: 5, test: 20 } }),
    ["balanced"],
  );
  const ones = (data: LabeledData): number => data.labels.reduce((sum, y) => sum + y, 0);
  for (const { labeled, unlabeled, validation, test: held } of sources) {
    expect([labeled, unlabeled, validation, held].map(ones)).toEqual([3, 5, 2, 4]);
  }
  expect([target.training, target.test].map(ones)).toEqual([5, 10]);
  expect([target.training.count, target.test.count]).toEqual([10, 20]);
  // Random order: not all first labels agree (probability 2^-24 for 24 parts of even counts, half of them in each class).
  const firsts = sources.flatMap((s) =>
    [s.labeled, s.unlabeled, s.test].flatMap((d) => [d.labels[0], d.labels[1]]),
  );
  expect(new Set(firsts).size).toBe(2);
});

test("every centre is drawn: with norms far above the noise samples sit at K places, equally often", () => {
  const far = spec({ tasks: 2, clusters: 6, signal: [{ share: 1, norm: 1000 }], unlabeled: 30 });
  const { basis, tasks } = drawTeacher(far, ["places"]);
  teacherTransferData(far, ["places"]).sources.forEach(({ unlabeled }, t) => {
    const { centers, labels } = tasks[t]!;
    const counts = new Array(6).fill(0);
    along(basis, unlabeled).forEach((row, i) => {
      const nearest = [0, 1, 2, 3, 4, 5].find((k) => {
        const c = along(basis, {
          ...unlabeled,
          inputs: Float32Array.from(rowView(centers, k)),
          count: 1,
        })[0]!;
        return Math.hypot(...row.map((x, j) => x - c[j]!)) < 20;
      })!;
      counts[nearest]++;
      expect(unlabeled.labels[i]).toBe(labels[nearest]);
    });
    expect(counts).toEqual([5, 5, 5, 5, 5, 5]);
  });
});

test("the same key gives the same bytes, another key others; more tasks or samples leave the other parts as they are", () => {
  const first = teacherTransferData(spec(), [1]);
  expect(teacherTransferData(spec(), [1])).toEqual(first);
  expect(teacherTransferData(spec(), [2]).sources[0]!.labeled.inputs).not.toEqual(
    first.sources[0]!.labeled.inputs,
  );
  const more = teacherTransferData(spec({ tasks: 6, unlabeled: 30 }), [1]);
  expect(more.sources[1]!.labeled).toEqual(first.sources[1]!.labeled);
  expect(more.sources[3]!.test).toEqual(first.sources[3]!.test);
  expect(more.target).toEqual(first.target);
  expect(drawTeacher(spec(), [2]).basis).not.toEqual(drawTeacher(spec(), [1]).basis);
  expect(drawTeacher(spec(), [2]).target).not.toEqual(drawTeacher(spec(), [1]).target);
});

test("parts and tasks have streams of their own: of equal sizes they are different samples", () => {
  const target = { norm: 2, trainingPerClass: 4, test: 8 };
  const { sources, target: last } = teacherTransferData(
    spec({ labeled: 8, unlabeled: 8, validation: 8, target }),
    [1],
  );
  const parts = [...sources.flatMap((s) => [s.labeled, s.unlabeled, s.validation, s.test])];
  const starts = [...parts, last.training, last.test].map((data) => data.inputs[0]);
  expect(new Set(starts).size).toBe(4 * 4 + 2);
});

test("defaults follow what is given: a sparse B that fits, labels that the centres allow", () => {
  const found = (given: Partial<TeacherSpec>) => {
    const { support, clusters, labeling } = teacherSpec(given);
    return [support, clusters, labeling];
  };
  expect(found({})).toEqual([6, 4, "parity"]);
  expect(found({ dimension: 5 })).toEqual([5, 4, "parity"]);
  expect(found({ rank: 4 })).toEqual([12, 4, "parity"]);
  expect(found({ rank: 1 })).toEqual([3, 2, "random"]);
  expect(found({ rank: 3, clusters: 6 })).toEqual([9, 6, "random"]);
  expect(found({ support: null, labeling: "random" })).toEqual([null, 4, "random"]);
  const complete = teacherSpec({ tasks: 3, clusters: 2 });
  expect(teacherSpec(complete)).toEqual(complete);
});

test("a wrong spec names the field, what is allowed and what came", () => {
  const bad: [Partial<TeacherSpec>, string][] = [
    [{ dimension: 0 }, "teacher.dimension"],
    [{ rank: 0 }, "teacher.rank"],
    [{ rank: 101 }, "teacher.rank"],
    [{ support: 1 }, "teacher.support"],
    [{ support: 101 }, "teacher.support"],
    [{ tasks: 0 }, "teacher.tasks"],
    [{ clusters: 3 }, "teacher.clusters must be a multiple of 2, received 3"],
    [{ clusters: 6 }, "teacher.clusters"],
    [{ labeling: "parity", clusters: 2 }, "teacher.clusters must be a multiple of 4, received 2"],
    [{ labeling: "odd" as never }, "teacher.labeling"],
    [{ signal: [{ share: 1, norm: -1 }] }, "teacher.signal.norm"],
    [{ signal: [{ share: 0.5, norm: 1 }] }, "shares"],
    [{ labeled: 1 }, "teacher.labeled"],
    [{ unlabeled: -1 }, "teacher.unlabeled"],
    [{ validation: -1 }, "teacher.validation"],
    [{ test: 0 }, "teacher.test"],
    [{ sd: 0 }, "teacher.sd"],
    [{ sd: Number.NaN }, "teacher.sd"],
    [{ nuisance: { directions: 99, sd: 1 } }, "teacher.nuisance.directions"],
    [{ nuisance: { directions: 1, sd: -1 } }, "teacher.nuisance.sd"],
    [{ target: { norm: Number.NaN, trainingPerClass: 1, test: 1 } }, "teacher.target.norm"],
    [{ target: { norm: 1, trainingPerClass: 0, test: 1 } }, "teacher.target.trainingPerClass"],
    [{ target: { norm: 1, trainingPerClass: 1, test: 0 } }, "teacher.target.test"],
  ];
  const defaults = {
    dimension: 100,
    rank: 2,
    support: null,
    tasks: 40,
    clusters: 2,
    labeling: "random" as const,
    nuisance: { directions: 0, sd: 0 },
  };
  for (const [given, message] of bad) {
    expect(() => teacherSpec({ ...defaults, signal: [{ share: 1, norm: 2 }], ...given })).toThrow(message);
  }
  expect(() => teacherTransferData({ ...spec(), sd: -1 }, [1])).toThrow("teacher.sd");
});
