import type { Condition } from "../statistics/conditions.js";

/** What a kind of test makes of the data at one look: conditions theta > 0 to be tested, and numbers for people. */
export interface Outcome {
  /** The claim holds when all of these are positive. */
  readonly conditions: readonly Condition[];
  /** The number that the claim is about, and its 95 % interval (not adjusted for other claims or looks); null where there is none. */
  readonly measured: Measured;
  /** What theory says, as text in the form of `measured`. */
  readonly predicted: string;
  /** A certain answer that no statistics is needed for (identities); overrides the conditions. */
  readonly certain?: "holds" | "violated";
}

export interface Measured {
  readonly text: string;
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
}

/** What is measured when there is nothing yet. */
export const NO_DATA: Measured = { text: "no data", value: null, interval: null };
