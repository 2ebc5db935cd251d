import type { BackendName } from "../tensors/loadBackend.js";

/** A deep study as a file has it, every field present: plain JSON data (`"inf"` for Infinity). docs/deep.md lists the fields. */
export interface DeepStudyFile {
  readonly kind: "deep";
  readonly name: string;
  readonly question: string | null;
  readonly seed: number;
  readonly replications: number;
  readonly backend: BackendName;
  readonly data: DataFile;
  readonly training: TrainingFile;
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

export interface TrainingFile {
  readonly network:
    | { readonly kind: "mlp"; readonly hidden: readonly number[] }
    | {
        readonly kind: "cnn";
        readonly filters: readonly number[];
        readonly kernel: number;
        readonly stride: number;
        readonly dense: number;
      };
  readonly optimizer: "adam" | "sgd";
  readonly learningRate: number;
  readonly momentum: number;
  readonly batch: number;
  readonly steps: number;
  readonly fewSteps: number;
  readonly weightDecay: number;
  readonly earlyStopping: { readonly every: number; readonly patience: number } | null;
}

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

export interface ArmFile {
  readonly name: string;
  readonly features: "network" | "random" | "raw";
  readonly labels: "all" | "few";
  readonly attack: AttackFile | null;
  readonly pseudoLabels: {
    readonly rounds: number;
    readonly threshold: number;
    readonly soft: boolean;
  } | null;
  readonly augmentation: { readonly sd: number } | null;
  readonly stepsFactor: number;
}
