import type { BackendName } from "../tensors/loadBackend.js";
import type { Arm } from "../training/arm.js";
import type { Settings } from "../training/settings.js";

/** A deep study as a file has it, every field present: plain JSON data (`"inf"` for Infinity). docs/deep.md lists the fields. */
export interface DeepStudyFile {
  readonly kind: "deep";
  readonly name: string;
  readonly question: string | null;
  readonly seed: number;
  readonly replications: number;
  readonly backend: BackendName;
  readonly data: DataFile;
  readonly training: Settings;
  readonly target: TargetFile;
  readonly methods: readonly ArmFile[];
  readonly contrasts: readonly (readonly [string, string])[];
  readonly vary: Readonly<Record<string, readonly unknown[]>>;
  /** SHA-256 of the image sets that the study was made with, by name; empty for data that is made by code. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** Where samples come from; the fields depend on `from`. */
export type DataFile = Readonly<Record<string, unknown>> & {
  readonly from: "teacher" | "strokes" | "folder";
};

export interface AttackFile {
  readonly norm: 2 | "inf";
  readonly radius: number;
  readonly steps?: number | undefined;
  readonly stepSize?: number | undefined;
  readonly randomStart?: boolean | undefined;
}

export interface TargetFile {
  readonly labels: readonly number[];
  readonly fineTune: boolean;
  readonly attack: AttackFile | null;
}

/** An arm in which Infinity is written as `"inf"`, and what has a default of its own in an attack may be left out. */
export interface ArmFile extends Omit<Arm, "attack"> {
  readonly attack: AttackFile | null;
}
