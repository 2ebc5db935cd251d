import { badInput, requireInteger, requireNonNegative } from "../../core/guards.js";
import { nearNames, orList } from "../../study/nearNames.js";
import type { ImageSet } from "./imageSet.js";

/** Where one side of a transfer takes its images from. */
export interface ImageSide {
  /** The name of an image set. */
  readonly set: string;
  /** Labels of the set, at least two; the first is class 0 of the task, and so on. */
  readonly classes: readonly number[];
  /** Standard deviation of the Gaussian noise that is added to every pixel (pixels are in [0, 1], and are not clipped after): >= 0. */
  readonly noise: number;
}

/**
 * How a transfer problem is made of images. Totals are spread over the classes evenly; what does not divide goes to the first classes,
 * one each.
 */
export interface ImageSpec {
  readonly source: ImageSide;
  readonly target: ImageSide;
  /** Labelled source images of every class: >= 1. */
  readonly labeled: number;
  /** Source images to learn from, labelled and unlabelled, in total; "all": what the other parts leave. */
  readonly sourceSamples: number | "all";
  /** Source images for early stopping, in total: >= 0. */
  readonly validation: number;
  /** Source images to test on, in total: at least one a class. */
  readonly test: number;
  /** Labelled target images of every class, one study cell each: every one >= 1. */
  readonly budgets: readonly number[];
  /** Target images to test on, in total: at least one a class; "all": what the other parts leave. */
  readonly targetTest: number | "all";
}

/**
 * Throws `bad-input`, naming the parameter, for a spec that no sets can meet, or not these: unknown set or class, sides of different
 * shape, counts out of range.
 */
export function checkImageSpec(sets: readonly ImageSet[], spec: ImageSpec): void {
  const source = checkSide(sets, spec.source, "source");
  const target = checkSide(sets, spec.target, "target");
  if (source.shape.join() !== target.shape.join()) {
    const shape = source.shape.join(" x ");
    throw badInput(
      "target.set",
      `of images of the source's shape, ${shape}`,
      target.shape.join(" x "),
      "One network reads both sides.",
    );
  }
  requireInteger("labeled", spec.labeled, 1);
  requireInteger("validation", spec.validation, 0);
  requireInteger("test", spec.test, spec.source.classes.length);
  const k = spec.source.classes.length;
  if (spec.sourceSamples !== "all") {
    const least = spec.labeled * k;
    if (!(Number.isSafeInteger(spec.sourceSamples) && spec.sourceSamples >= least)) {
      const allowed = `"all" or an integer >= labeled x classes = ${least}`;
      throw badInput("sourceSamples", allowed, spec.sourceSamples);
    }
  }
  if (!(Array.isArray(spec.budgets) && spec.budgets.length > 0)) {
    throw badInput("budgets", "a list of at least one integer", spec.budgets);
  }
  for (const [i, budget] of spec.budgets.entries()) requireInteger(`budgets[${i}]`, budget, 1);
  if (spec.targetTest !== "all") requireInteger("targetTest", spec.targetTest, spec.target.classes.length);
}

/** The set of a name among those at hand. */
export function setNamed(sets: readonly ImageSet[], name: string, parameter: string): ImageSet {
  const set = sets.find((candidate) => candidate.name === name);
  if (set !== undefined) return set;
  const names = sets.map((candidate) => candidate.name);
  const near = nearNames(name, names);
  const hint = near.length > 0 ? `Did you mean ${orList(near)}?` : "Load the set first.";
  throw badInput(parameter, names.length > 0 ? orList(names) : "a set at hand (there is none)", name, hint);
}

function checkSide(sets: readonly ImageSet[], side: ImageSide, name: "source" | "target"): ImageSet {
  const set = setNamed(sets, side.set, `${name}.set`);
  const { classes } = side;
  const known = (label: unknown): boolean =>
    Number.isInteger(label) && (label as number) >= 0 && (label as number) < set.classes;
  if (!(Array.isArray(classes) && classes.every(known) && classes.length >= 2)) {
    const allowed = `at least two labels in 0..${set.classes - 1}`;
    throw badInput(`${name}.classes`, allowed, classes);
  }
  if (new Set(classes).size < classes.length) {
    throw badInput(`${name}.classes`, "labels without repetition", classes);
  }
  requireNonNegative(`${name}.noise`, side.noise);
  return set;
}
