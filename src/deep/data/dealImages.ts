import { AdvTransferError } from "../../core/errors.js";

/** How many images of one class each part of a transfer problem takes; "all" takes what the others leave. */
export interface ClassDemand {
  readonly sourceTest: number;
  readonly validation: number;
  readonly targetTest: number | "all";
  readonly sourceTraining: number | "all";
  /** The least that `sourceTraining: "all"` may be left with. */
  readonly labeled: number;
  readonly targetTraining: number;
}

export interface Dealt {
  readonly sourceTest: readonly number[];
  readonly validation: readonly number[];
  readonly targetTest: readonly number[];
  readonly sourceTraining: readonly number[];
  readonly targetTraining: readonly number[];
}

/**
 * Deals the shuffled images of a class: tests and validation first, source training from there on, target training from the end
 * backwards. So a test part does not change with the sizes of the training parts, and each training part with a larger size
 * begins with the images of a smaller one.
 *
 * Throws `bad-input`, naming the class (as `what`) and the parameters, when there are too few images.
 */
export function dealImages(rows: readonly number[], demand: ClassDemand, what: string): Dealt {
  const { sourceTest, validation, targetTest, sourceTraining, labeled, targetTraining } = demand;
  if (sourceTraining === "all" && targetTest === "all") {
    throw new AdvTransferError(
      "bad-input",
      `sourceSamples and targetTest must not both be "all" where source and target share ${what}`,
      { hint: "Give one of them as a number." },
    );
  }
  const least =
    sourceTest +
    validation +
    (targetTest === "all" ? 1 : targetTest) +
    (sourceTraining === "all" ? labeled : sourceTraining) +
    targetTraining;
  if (rows.length < least) throw tooFew(rows.length, least, demand, what);
  const first = sourceTest + validation;
  const second = first + (targetTest === "all" ? 0 : targetTest);
  const end = rows.length - targetTraining;
  const third = sourceTraining === "all" ? end : second + sourceTraining;
  return {
    sourceTest: rows.slice(0, sourceTest),
    validation: rows.slice(sourceTest, first),
    targetTest: targetTest === "all" ? rows.slice(third, end) : rows.slice(first, second),
    sourceTraining: rows.slice(second, third),
    targetTraining: rows.slice(end).reverse(),
  };
}

/** `total` spread over k classes: equal numbers, and one more for the first `total mod k`. */
export function evenShares(total: number, k: number): number[] {
  return Array.from({ length: k }, (_, c) => Math.floor(total / k) + (c < total % k ? 1 : 0));
}

function tooFew(has: number, least: number, demand: ClassDemand, what: string): AdvTransferError {
  const { sourceTest, validation, targetTest, sourceTraining, labeled, targetTraining } = demand;
  const parts: readonly [string, number][] = [
    ["test", sourceTest],
    ["validation", validation],
    sourceTraining === "all" ? ["labeled", labeled] : ["sourceSamples", sourceTraining],
    ["targetTest", targetTest === "all" ? 1 : targetTest],
    ["budgets", targetTraining],
  ];
  const asked = parts.filter(([, count]) => count > 0).map(([name, count]) => `${name} ${count}`);
  return new AdvTransferError(
    "bad-input",
    `${what} must have at least ${least} different images (${asked.join(" + ")}), it has ${has}`,
    { hint: "Ask for fewer, leave the class out, or take a larger set." },
  );
}
