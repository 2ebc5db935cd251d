import { beforeAll, describe, expect, it } from "vitest";
import type { LabeledData } from "../../../src/deep/data/labeledData.js";
import { teacherTransferData } from "../../../src/deep/data/teacher.js";
import type { TeacherSpec } from "../../../src/deep/data/teacherSpec.js";
import type { TransferData } from "../../../src/deep/data/transferData.js";
import type { Gallery } from "../../../src/deep/gallery/gallery.js";
import { galleryOf } from "../../../src/deep/gallery/galleryOf.js";
import { pictureNumbers } from "../../../src/deep/gallery/picture.js";
import { initialNetwork, type Network, withWeights } from "../../../src/deep/network/network.js";
import type { DeepStudy } from "../../../src/deep/study/deepStudy.js";
import { resolveDeepStudy } from "../../../src/deep/study/resolveDeepStudy.js";
import { loadBackend, type Tf } from "../../../src/deep/tensors/loadBackend.js";

const P = 12;
const teacher = resolveDeepStudy(
  {
    kind: "deep",
    seed: 3,
    data: { from: "teacher", dimension: P, rank: 2, support: 4, tasks: 2, test: 30, target: { test: 40 } },
    training: { network: { kind: "mlp", hidden: [16] } },
    methods: [
      { name: "standard" },
      { name: "adversarial", attack: { norm: 2, radius: 0.5 } },
      { name: "signs", attack: { norm: "inf", radius: 0.2, randomStart: true } },
    ],
  },
  "cpu",
);

/** The same with an attack that takes every sample across. */
const strong = resolveDeepStudy(
  { ...teacher.file, methods: [{ name: "adversarial", attack: { norm: 2, radius: 6 } }], contrasts: [] },
  "cpu",
);

const images = resolveDeepStudy(
  {
    kind: "deep",
    data: { from: "strokes", source: { classes: [0, 3] }, target: { classes: [7, 1, 4] } },
    training: { network: { kind: "cnn", filters: [3], kernel: 3, stride: 2, dense: 5 } },
    methods: [{ name: "standard" }, { name: "none", attack: { norm: 2, radius: 0 } }],
  },
  "cpu",
);

function trained(data: TransferData, study: DeepStudy, seed: string): Network {
  const { labeled } = data.sources[0]!;
  const problem = { inputShape: labeled.shape, tasks: data.sources.length, classes: labeled.classes };
  return initialNetwork(study.cells[0]!.problem.training.network, problem, [seed]);
}

/** Images of one bright pixel, at the number of the sample; the last class comes first. */
function pixels(classes: number, count: number): LabeledData {
  const inputs = new Float32Array(count * 30);
  for (let i = 0; i < count; i++) inputs[i * 30 + (i % 30)] = 1;
  const labels = Uint8Array.from({ length: count }, (_, i) => (classes - 1 + i) % classes);
  return { count, features: 30, shape: [6, 5, 1], classes, inputs, labels };
}

describe("a gallery", () => {
  let tf: Tf;
  let data: TransferData;
  let networks: Map<string, Network>;
  let gallery: Gallery;
  beforeAll(async () => {
    ({ tf } = await loadBackend("cpu"));
    data = teacherTransferData(teacher.cells[0]!.problem.data as unknown as TeacherSpec, [1, "data"]);
    networks = new Map(
      ["standard", "adversarial", "signs", "random"].map((name) => [name, trained(data, teacher, name)]),
    );
    gallery = galleryOf(tf, teacher, data, networks);
  });

  it("is plain JSON data, the same each time, and leaves no tensor", () => {
    const before = tf.memory().numTensors;
    const again = galleryOf(tf, teacher, data, networks);
    expect(tf.memory().numTensors).toBe(before);
    expect(JSON.stringify(again)).toBe(JSON.stringify(gallery));
    expect(JSON.parse(JSON.stringify(gallery))).toEqual(gallery);
  });

  it("shows test inputs of both parts, by class, within half a unit", () => {
    expect(gallery.samples.map(({ part, className }) => `${part} ${className}`)).toEqual(
      ["source", "target"].flatMap((part) => [0, 0, 0, 1, 1, 1].map((label) => `${part} ${label}`)),
    );
    const { test } = data.target;
    const row = test.labels.indexOf(1);
    const { picture } = gallery.samples[9]!;
    pictureNumbers(picture).forEach((x, j) => {
      expect(Math.abs(x - test.inputs[row * P + j]!)).toBeLessThanOrEqual(0.5001 * picture.unit);
    });
  });

  it("attacks each arm within its own budget, and arms without an attack by the first one's", () => {
    const { attacks } = gallery;
    expect(attacks!.arms.map(({ arm, attackOf, norm, radius }) => [arm, attackOf, norm, radius])).toEqual([
      ["standard", "adversarial", 2, 0.5],
      ["adversarial", "adversarial", 2, 0.5],
      ["signs", "signs", "inf", 0.2],
    ]);
    for (const { norm, radius, perturbations } of attacks!.arms) {
      expect(perturbations).toHaveLength(attacks!.inputs.length);
      for (const picture of perturbations) {
        const delta = pictureNumbers(picture);
        const length = norm === 2 ? Math.hypot(...delta) : Math.max(...delta.map(Math.abs));
        expect(length).toBeLessThan(radius * 1.03);
        expect(length).toBeGreaterThan(radius * 0.9);
      }
    }
  });

  it("raises the loss with what it shows: a perturbed input is further from its class", () => {
    // A network that is a line: logits (x_0, -x_0). The attack on class 0 lowers x_0, on class 1 it raises it, and nothing else is moved.
    const network = trained(data, teacher, "line");
    const kernel = new Float32Array(P * 16);
    kernel[0] = 1;
    kernel[1] = -1;
    const heads = new Float32Array(2 * 16 * 2);
    for (const task of [0, 32]) heads.set([1, -1, -1, 1], task);
    const line = withWeights(network, { ...network.weights, "layer1.kernel": kernel, "heads.kernel": heads });
    const { attacks } = galleryOf(tf, strong, data, new Map([["adversarial", line]]));
    const [arm] = attacks!.arms;
    attacks!.classNames.forEach((name, i) => {
      const delta = pictureNumbers(arm!.perturbations[i]!);
      expect(delta[0]).toBeCloseTo(name === "0" ? -6 : 6, 1);
      expect(Math.max(...delta.slice(1).map(Math.abs))).toBe(0);
      const x0 = pictureNumbers(attacks!.inputs[i]!)[0]!;
      expect(arm!.before[i]).toBe(x0 > 0 ? "0" : "1");
      expect(arm!.after[i]).toBe(name === "0" ? "1" : "0");
    });
    // The loss is log(1 + exp(-2 y x_0)): its derivative is 2 / (1 + exp(2 y x_0)).
    const { test } = data.sources[0]!;
    const squares = Array.from(test.labels, (label, i) => {
      const margin = (label === 0 ? 1 : -1) * test.inputs[i * P]!;
      return (2 / (1 + Math.exp(2 * margin))) ** 2;
    });
    const rms = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
    expect(arm!.sensitivity![0]).toBeCloseTo(rms, 4);
    expect(arm!.sensitivity!.slice(1)).toEqual(new Array(P - 1).fill(0));
    // All gradients are along the first coordinate: their share in span(B) is the squared length of that row of B.
    expect(arm!.gradientInSubspace).toBeCloseTo(gallery.rowNorms![0]! ** 2, 5);
  });

  it("says how much of a first layer is in span(B) and on its support: all of B itself, its chance of everything", () => {
    expect(gallery.rowNorms!.filter((norm) => norm > 0)).toHaveLength(4);
    expect(gallery.rowNorms!.reduce((sum, norm) => sum + norm ** 2, 0)).toBeCloseTo(2, 4);
    expect(gallery.chance).toBeCloseTo(2 / P, 5);
    const { basis } = data;
    const kernel = new Float32Array(P * 16);
    for (let i = 0; i < P; i++) for (let j = 0; j < 2; j++) kernel[i * 16 + j] = basis!.data[i * 2 + j]!;
    const everything = new Float32Array(P * 16);
    for (let i = 0; i < P; i++) everything[i * 16 + i] = 1;
    const network = trained(data, teacher, "x");
    const withKernel = (k: Float32Array): Network =>
      withWeights(network, { ...network.weights, "layer1.kernel": k });
    const shares = galleryOf(
      tf,
      teacher,
      data,
      new Map([
        ["standard", withKernel(kernel)],
        ["adversarial", withKernel(everything)],
      ]),
    );
    const [first, second] = shares.features.arms;
    expect(first!.inSubspace).toBeCloseTo(1, 5);
    expect(first!.onSupport).toBeCloseTo(1, 5);
    expect(second!.inSubspace).toBeCloseTo(2 / P, 5);
    expect(second!.onSupport).toBeCloseTo(4 / P, 5);
    const { names, degrees } = shares.similarity.angles!;
    expect(names).toEqual(["B", "standard", "adversarial"]);
    expect(Math.max(...degrees[0]![1]!)).toBeLessThan(0.1);
    expect(degrees[0]![1]).toHaveLength(2);
    // One direction of B alone: the other one is missing, seen from either side.
    const half = kernel.map((value, i) => (i % 16 === 0 ? value : 0));
    const { similarity } = galleryOf(tf, teacher, data, new Map([["standard", withKernel(half)]]));
    expect(similarity.angles!.degrees[0]![1]![0]).toBeLessThan(0.1);
    expect(similarity.angles!.degrees[1]![0]![1]).toBe(90);
  });

  it("shows the same units of every arm, those with the longest weights", () => {
    const { units, arms } = gallery.features;
    expect(units).toHaveLength(8);
    expect(units).toEqual([...units].sort((a, b) => a - b));
    const lengths = Array.from({ length: 16 }, (_, unit) =>
      [...networks.values()].reduce((sum, { weights }) => {
        const column = Array.from({ length: P }, (_, i) => weights["layer1.kernel"]![i * 16 + unit]!);
        return sum + Math.hypot(...column);
      }, 0),
    );
    const shown = units.map((unit) => lengths[unit]!);
    const hidden = lengths.filter((_, unit) => !units.includes(unit));
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(Math.max(...hidden));
    const standard = networks.get("standard")!.weights["layer1.kernel"]!;
    pictureNumbers(arms[0]!.pictures[5]!).forEach((w, i) => {
      expect(Math.abs(w - standard[i * 16 + units[5]!]!)).toBeLessThanOrEqual(
        0.5001 * arms[0]!.pictures[5]!.unit,
      );
    });
  });

  it("compares every pair of arms, raw inputs too: 1 with itself, symmetric, in [0, 1]", () => {
    const { arms, cka, samples, angles } = gallery.similarity;
    expect(arms).toEqual(["standard", "adversarial", "signs", "random", "raw"]);
    expect(samples).toBe(40);
    cka.forEach((row, i) => {
      expect(row).toHaveLength(5);
      expect(row[i]).toBeCloseTo(1, 5);
      row.forEach((value, j) => {
        expect(value).toBe(cka[j]![i]);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      });
    });
    expect(angles!.names).toEqual(["B", "standard", "adversarial", "signs", "random"]);
    angles!.degrees.forEach((row, i) => {
      expect(Math.max(...row[i]!)).toBeLessThan(0.1);
      for (const pair of row) expect([...pair].sort((a, b) => a - b)).toEqual(pair);
    });
  });

  it("leaves out what an arm without a network cannot show", () => {
    const some = galleryOf(tf, teacher, data, new Map([["signs", networks.get("signs")!]]));
    expect(some.attacks!.arms.map(({ arm, attackOf }) => [arm, attackOf])).toEqual([["signs", "signs"]]);
    expect(some.similarity.arms).toEqual(["signs", "raw"]);
    const none = galleryOf(tf, teacher, data, new Map());
    expect([none.attacks, none.features.arms, none.similarity.angles]).toEqual([null, [], null]);
  });

  it("of images has class names of the set, patches of a convolution, and no B", () => {
    const test = pixels(2, 20);
    const task = { labeled: test, unlabeled: test, validation: test, test };
    const target = pixels(3, 30);
    const pictures: TransferData = {
      sources: [task],
      target: { training: target, test: target },
      basis: null,
    };
    const network = trained(pictures, images, "cnn");
    const seen = galleryOf(tf, images, pictures, new Map([["standard", network]]));
    expect(seen.shape).toEqual([6, 5, 1]);
    expect(seen.samples.map(({ part, className }) => `${part} ${className}`)).toEqual([
      "source 0",
      "source 3",
      "target 7",
      "target 1",
      "target 4",
    ]);
    // The first sample has the last class: the row of class 0 is the second.
    expect(seen.samples[0]!.picture.values.indexOf(127)).toBe(1);
    expect(seen.features.shape).toEqual([3, 3, 1]);
    expect(seen.features.arms[0]!.pictures[1]!.values).toHaveLength(9);
    expect([seen.rowNorms, seen.chance, seen.attacks, seen.similarity.angles]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(seen.features.arms[0]!.inSubspace).toBeNull();
  });
});
