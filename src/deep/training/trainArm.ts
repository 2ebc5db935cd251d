import { AdvTransferError } from "../../core/errors.js";
import { badInput } from "../../core/guards.js";
import type { StreamKey } from "../../random/keyedStream.js";
import type { TransferData } from "../data/transferData.js";
import { initialNetwork, type Network, withWeights } from "../network/network.js";
import type { Tf } from "../tensors/tf.js";
import type { Arm } from "./arm.js";
import { type ArmState, decodeState, encodeState } from "./checkpoint.js";
import { meanLoss } from "./meanLoss.js";
import { labeledPart, type Pool, poolOf } from "./pool.js";
import { selfLabeled } from "./pseudoLabels.js";
import type { Settings } from "./settings.js";
import { train } from "./train.js";
import { initialState } from "./trainingState.js";

export interface TrainOptions {
  /** Every so many steps the whole state goes to `save` as bytes; `resume` takes such bytes and goes on from there, to the same result bit for bit. */
  readonly checkpoint?: {
    readonly every: number;
    readonly save: (bytes: Uint8Array) => void;
    readonly resume?: Uint8Array | null;
  };
  readonly onStep?: (progress: TrainingProgress) => void;
}

export interface TrainingProgress {
  /** Trainings of the arm: the labelling ones of pseudo-labels, then the arm's own. */
  readonly phase: number;
  readonly phases: number;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
}

/** What an arm has learnt. */
export interface TrainedArm {
  readonly arm: Arm;
  /** Null for raw inputs, which need none. */
  readonly network: Network | null;
  readonly status: "trained" | "stopped-early" | "untrained";
  /** Steps of the arm's own training, and the step that its weights are from. */
  readonly steps: number;
  readonly bestStep: number;
  /** Backward passes in all, labelling networks included: what the arm cost. */
  readonly gradients: number;
  /** Mean cross-entropy of the labelled source samples, without attack; null where nothing was trained. */
  readonly sourceLoss: number | null;
  /** Of the pseudo-labels that the arm learnt from: the share that is wrong, and the share of the unlabelled samples that have one. */
  readonly pseudoLabelErrorRate: number | null;
  readonly pseudoLabelShare: number | null;
}

/**
 * Trains one arm on the source tasks of a replication. Everything random is a function of the key and the role, not of the arm: all arms start from the
 * same weights, and the labelling network of round one is the standard few-label arm's, bit for bit.
 *
 * Pseudo-labels: a network trained on the labelled samples without attack labels the unlabelled ones, and the next network starts again from the initial
 * weights with both; the attack acts in the last training alone (docs/theory.md section 2).
 *
 * Synchronous; leaves no tensor behind. Throws `numerical` naming arm and step when a loss is not finite, and `bad-input` on data without source tasks,
 * early stopping without validation samples, or a checkpoint of another training.
 *
 * @example trainArm(tf, data, armOf({ name: "standard" }), settingsOf(), [seed, "training"]).network
 */
export function trainArm(
  tf: Tf,
  data: TransferData,
  arm: Arm,
  settings: Settings,
  key: StreamKey,
  options: TrainOptions = {},
): TrainedArm {
  const start = startingNetwork(data, settings, key);
  const untrained: TrainedArm = {
    arm,
    network: arm.features === "raw" ? null : start,
    status: "untrained",
    steps: 0,
    bestStep: 0,
    gradients: 0,
    sourceLoss: null,
    pseudoLabelErrorRate: null,
    pseudoLabelShare: null,
  };
  if (arm.features !== "network") return untrained;

  const { checkpoint, onStep } = options;
  const backend = `${tf.getBackend()} ${tf.version_core}`;
  const identity = { arm, settings, key, backend, data: markOf(data) };
  const rounds = arm.pseudoLabels?.rounds ?? 0;
  const resume = checkpoint?.resume ?? null;
  let state: ArmState =
    resume === null
      ? { phase: 0, gradients: 0, labeler: null, training: initialState(start, settings) }
      : decodeState(resume, identity, start);
  const validation = data.sources.map((source) => source.validation);
  for (;;) {
    const { phase, labeler } = state;
    const last = phase === rounds;
    const own = last ? arm : { name: arm.name, attack: null, augmentation: null };
    const material = materialOf(tf, data, arm, labeler === null ? null : withWeights(start, labeler));
    const budget = material.few ? settings.fewSteps : settings.steps;
    const steps = last ? Math.max(1, Math.round(budget * arm.stepsFactor)) : budget;
    const cost = 1 + (own.attack === null || own.attack.radius === 0 ? 0 : own.attack.steps);
    const current = state;
    const afterStep = (_: unknown, loss: number): void => {
      const { step } = current.training;
      current.gradients += cost;
      if (checkpoint !== undefined && step % checkpoint.every === 0) {
        checkpoint.save(encodeState(current, identity));
      }
      onStep?.({ phase, phases: rounds + 1, step, steps, loss });
    };
    const trained = train(
      tf,
      start,
      { pools: material.pools, validation, steps, arm: own, settings, key, afterStep },
      current.training,
    );
    if (last) {
      return {
        ...untrained,
        network: trained.network,
        status: trained.stoppedEarly ? "stopped-early" : "trained",
        steps: trained.steps,
        bestStep: trained.bestStep,
        gradients: current.gradients,
        sourceLoss: meanLoss(
          tf,
          trained.network,
          data.sources.map((source) => source.labeled),
        ),
        pseudoLabelErrorRate: material.errorRate,
        pseudoLabelShare: material.share,
      };
    }
    state = {
      phase: phase + 1,
      gradients: current.gradients,
      labeler: trained.network.weights,
      training: initialState(start, settings),
    };
  }
}

function startingNetwork(data: TransferData, settings: Settings, key: StreamKey): Network {
  const first = data.sources[0];
  if (first === undefined) throw badInput("data.sources", "at least one source task", data.sources.length);
  if (settings.earlyStopping !== null && !data.sources.every((source) => source.validation.count > 0)) {
    throw new AdvTransferError("bad-input", "early stopping needs validation samples of every source task", {
      hint: "Give every source task validation samples, or set earlyStopping to null.",
    });
  }
  return initialNetwork(
    settings.network,
    { inputShape: first.labeled.shape, tasks: data.sources.length, classes: first.labeled.classes },
    key,
  );
}

/** Enough of the data to tell it from other data: the sizes, and the first numbers. */
function markOf({ sources }: TransferData): readonly unknown[] {
  const sizes = sources.map(({ labeled, unlabeled }) => [labeled.count, unlabeled.count]);
  return [sizes, ...sources.map(({ labeled }) => Array.from(labeled.inputs.subarray(0, 8), String))];
}

interface Material {
  readonly pools: readonly Pool[];
  /** Whether the few labelled samples are all there is. */
  readonly few: boolean;
  readonly errorRate: number | null;
  readonly share: number | null;
}

/** What a training learns from: labelled samples, with all others by their own label or by that of the labelling network. */
function materialOf(tf: Tf, data: TransferData, arm: Arm, labeler: Network | null): Material {
  const { sources } = data;
  if (labeler === null) {
    const few = arm.labels === "few";
    const pools = sources.map(({ labeled, unlabeled }) =>
      poolOf(labeled, few ? [labeledPart(labeled)] : [labeledPart(labeled), labeledPart(unlabeled)]),
    );
    return { pools, few, errorRate: null, share: null };
  }
  const own = sources.map(({ unlabeled }, task) =>
    selfLabeled(tf, labeler, task, unlabeled, arm.pseudoLabels!),
  );
  const used = own.reduce((sum, { part }) => sum + part.rows.length, 0);
  const wrong = own.reduce((sum, task) => sum + task.wrong, 0);
  const total = sources.reduce((sum, { unlabeled }) => sum + unlabeled.count, 0);
  return {
    pools: sources.map(({ labeled }, task) => poolOf(labeled, [labeledPart(labeled), own[task]!.part])),
    few: false,
    errorRate: used === 0 ? null : wrong / used,
    share: total === 0 ? null : used / total,
  };
}
