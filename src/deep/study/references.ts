import { type Arm, armOf } from "../training/arm.js";

/** Rows that every deep study has: the features of an untrained network, and the inputs themselves. Without them a gain could be one over nothing. */
export const REFERENCES: readonly Arm[] = [
  armOf({ name: "random", features: "random" }),
  armOf({ name: "raw", features: "raw" }),
];
