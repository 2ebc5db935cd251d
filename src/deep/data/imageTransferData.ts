import { keyedStream, type StreamKey } from "../../random/keyedStream.js";
import { type ClassDemand, type Dealt, dealImages, evenShares } from "./dealImages.js";
import { distinctRows } from "./distinctImages.js";
import type { ImageSet } from "./imageSet.js";
import { checkImageSpec, type ImageSide, type ImageSpec, setNamed } from "./imageSpec.js";
import type { LabeledData } from "./labeledData.js";
import { noisyImages } from "./noisyImages.js";
import { shuffled } from "./shuffled.js";
import type { SourceTask, TransferData } from "./transferData.js";

/**
 * A transfer problem made of images: one source task, one target task, each with its own classes, relabelled 0, 1, ... in the order of
 * the spec. Which image goes where, and the noise, are functions of the key alone.
 *
 * No image is in two places, even where both sides take the same classes of the same set, and no picture that a set holds twice, or
 * that both sets hold, is: its first copy counts, the source's before the target's.
 *
 * The parts that an arm is tested on, where their sizes are numbers, are the same whatever `labeled`, `sourceSamples` and `budgets` are;
 * a training part that becomes larger begins with the images that it had. In every part classes take turns, so the first rows are balanced as far as there are images of
 * each. Inputs are pixels in [0, 1] plus independent N(0, noise^2), not clipped. `labeled` and `unlabeled` share memory.
 *
 * Throws `bad-input`, naming the parameter, for a spec that these sets cannot meet, with what a class asks for and has.
 * Cost: one normal number a pixel where there is noise.
 *
 * @example imageTransferData([mnist], {
 *   source: { set: "mnist", classes: [0, 1, 2, 3, 4], noise: 0.5 }, target: { set: "mnist", classes: [5, 6, 7, 8, 9], noise: 0.5 },
 *   labeled: 10, sourceSamples: "all", validation: 200, test: 1000, budgets: [10, 50], targetTest: 2000 }, [seed, replication])
 */
export function imageTransferData(sets: readonly ImageSet[], spec: ImageSpec, key: StreamKey): TransferData {
  checkImageSpec(sets, spec);
  const source = setNamed(sets, spec.source.set, "source.set");
  const target = setNamed(sets, spec.target.set, "target.set");
  const ofSource = dealSide(source, spec, "source", key, null);
  const ofTarget = dealSide(target, spec, "target", key, source === target ? null : source);
  const part = (
    set: ImageSet,
    side: "source" | "target",
    dealt: readonly Dealt[],
    name: keyof Dealt,
  ): LabeledData =>
    noisyImages(
      set,
      dealt.map((one) => one[name]),
      spec[side].noise,
      [...key, "noise", name],
    );

  const training = part(source, "source", ofSource, "sourceTraining");
  const labeledRows = spec.labeled * spec.source.classes.length;
  const task: SourceTask = {
    // Classes take turns and each has at least `labeled` images: the first rows are the first `labeled` of every class.
    labeled: between(training, 0, labeledRows),
    unlabeled: between(training, labeledRows, training.count),
    validation: part(source, "source", ofSource, "validation"),
    test: part(source, "source", ofSource, "sourceTest"),
  };
  return {
    sources: [task],
    target: {
      training: part(target, "target", ofTarget, "targetTraining"),
      test: part(target, "target", ofTarget, "targetTest"),
    },
    basis: null,
  };
}

/** What each class of a side is dealt. A class that both sides take is shuffled and dealt alike for both. */
function dealSide(
  set: ImageSet,
  spec: ImageSpec,
  side: "source" | "target",
  key: StreamKey,
  besides: ImageSet | null,
): Dealt[] {
  return spec[side].classes.map((label) => {
    const other = besides === null ? null : { set: besides, classes: spec.source.classes };
    const rows = shuffled(keyedStream([...key, "split", set.name, label]), distinctRows(set, label, other));
    return dealImages(rows, demandOf(spec, set.name, label), `class ${label} of "${set.name}"`);
  });
}

/** What both sides together ask of a class of a set. */
function demandOf(spec: ImageSpec, set: string, label: number): ClassDemand {
  const share = (side: ImageSide, total: number | "all"): number | "all" => {
    const index = side.set === set ? side.classes.indexOf(label) : -1;
    if (index < 0) return 0;
    return total === "all" ? "all" : evenShares(total, side.classes.length)[index]!;
  };
  const counted = (side: ImageSide, total: number): number => share(side, total) as number;
  const { source, target } = spec;
  return {
    sourceTest: counted(source, spec.test),
    validation: counted(source, spec.validation),
    sourceTraining: share(source, spec.sourceSamples),
    labeled: counted(source, spec.labeled * source.classes.length),
    targetTest: share(target, spec.targetTest),
    targetTraining: counted(target, Math.max(...spec.budgets) * target.classes.length),
  };
}

function between(data: LabeledData, from: number, to: number): LabeledData {
  const { features } = data;
  const inputs = data.inputs.subarray(from * features, to * features);
  return { ...data, count: to - from, inputs, labels: data.labels.subarray(from, to) };
}
