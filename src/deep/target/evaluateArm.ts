import type { StreamKey } from "../../random/keyedStream.js";
import type { TargetTask, TransferData } from "../data/transferData.js";
import { featuresOf } from "../network/evaluate.js";
import type { Network } from "../network/network.js";
import { subspaceErrors } from "../representation/subspaceErrors.js";
import type { Tf } from "../tensors/tf.js";
import type { Attack } from "../training/arm.js";
import { batchesOf, batchesOfTasks, type SampleBatch } from "./batches.js";
import { allHeadsClassifier, type Classifier, probeClassifier } from "./classifier.js";
import { errorRate } from "./errorRate.js";
import { FINE_TUNING, type FineTuning, fineTune } from "./fineTune.js";
import { labelBudget } from "./labelBudget.js";
import { fitProbe, type Probe, type ProbeOptions } from "./probe.js";
import { robustErrors } from "./robustErrors.js";

/** What is measured of an arm. */
export interface EvaluationSpec {
  /** Label budgets: labelled target samples a class. */
  readonly labels: readonly number[];
  /** Whether the whole network is fine-tuned too; `true`: by {@link FINE_TUNING}. */
  readonly fineTune: boolean | FineTuning;
  /** The attack under which errors are measured too; null: none. */
  readonly attack: Attack | null;
  /** @defaultValue those of {@link fitProbe} */
  readonly probe?: ProbeOptions;
}

/** What is measured at one label budget. Error rates are of the target's test samples. */
export interface BudgetMetrics {
  readonly labels: number;
  /** Of a linear probe of the frozen features. */
  readonly errorRate: number;
  /** Null where it was not asked for, and for raw inputs. */
  readonly fineTuneErrorRate: number | null;
  /** Of the probe, through the features, under the attack; null without one. */
  readonly robustErrorRate: number | null;
  /** How the probe was fitted. */
  readonly probe: Omit<Probe, "weights" | "bias">;
}

/** What is measured of one arm. What an arm does not have is null, never 0. */
export interface ArmMetrics {
  readonly budgets: readonly BudgetMetrics[];
  /** The mean over source tasks of the error rate of their own heads on their test samples; null for raw inputs, which have no heads. */
  readonly sourceErrorRate: number | null;
  readonly sourceRobustErrorRate: number | null;
  /** ||sin Theta||_F^2 between span(B) and the first layer's subspace; null where no B is known, for raw inputs and for CNNs. */
  readonly sinTheta2: number | null;
  /** The same for the leading eigenspace of the average gradient outer product on source test samples. */
  readonly gradientSinTheta2: number | null;
}

/**
 * Evaluates what an arm has learnt (`network`; null: the raw inputs) on a replication: at each budget k a probe of the frozen features, and what else is asked
 * for, on the first k target samples of every class; then source errors and the distance from the true subspace. An untrained network is a network like any other.
 *
 * Deterministic by the key, which only fine-tuning and random starts of attacks use. Leaves no tensor behind. Throws `bad-input` when a class has fewer target
 * samples than a budget, and as its parts do. Cost: see {@link fitProbe}, {@link fineTune}, {@link robustErrors}.
 *
 * @example evaluateArm(tf, data, trained.network, { labels: [10, 50], fineTune: false, attack: null }, [seed, "evaluation"]).budgets[0].errorRate
 */
export function evaluateArm(
  tf: Tf,
  data: TransferData,
  network: Network | null,
  spec: EvaluationSpec,
  key: StreamKey,
): ArmMetrics {
  const budgets = spec.labels.map((labels) =>
    atBudget(tf, data.target, network, labels, spec, [...key, "budget", labels]),
  );
  const none = {
    sourceErrorRate: null,
    sourceRobustErrorRate: null,
    sinTheta2: null,
    gradientSinTheta2: null,
  };
  if (network === null) return { budgets, ...none };
  const tests = data.sources.map((source) => source.test);
  const source = errorsOf(tf, allHeadsClassifier(tf, network), batchesOfTasks(tests), spec.attack, [
    ...key,
    "source",
  ]);
  return {
    budgets,
    ...none,
    sourceErrorRate: source.clean,
    sourceRobustErrorRate: source.robust,
    ...(data.basis === null ? {} : subspaceErrors(tf, data.basis, network, tests)),
  };
}

function atBudget(
  tf: Tf,
  target: TargetTask,
  network: Network | null,
  labels: number,
  spec: EvaluationSpec,
  key: StreamKey,
): BudgetMetrics {
  const { test } = target;
  const part = labelBudget(target.training, labels);
  const features = network === null ? part.inputs : featuresOf(tf, network, part.inputs, part.count);
  const fitted = fitProbe({ ...part, features, width: features.length / part.count }, spec.probe);
  const { weights: _, bias: __, ...probe } = fitted;
  const batches = batchesOf(test);
  const { clean, robust } = errorsOf(
    tf,
    probeClassifier(tf, network, test.shape, fitted),
    batches,
    spec.attack,
    key,
  );
  let fineTuned: number | null = null;
  if (network !== null && spec.fineTune !== false) {
    const tuning = spec.fineTune === true ? FINE_TUNING : spec.fineTune;
    const tuned = fineTune(tf, network, part, tuning, [...key, "fine-tuning"]);
    fineTuned = errorRate(allHeadsClassifier(tf, tuned), batches);
  }
  return { labels, errorRate: clean, fineTuneErrorRate: fineTuned, robustErrorRate: robust, probe };
}

function errorsOf(
  tf: Tf,
  classifier: Classifier,
  batches: readonly SampleBatch[],
  attack: Attack | null,
  key: StreamKey,
): { clean: number; robust: number | null } {
  if (attack === null) return { clean: errorRate(classifier, batches), robust: null };
  const { clean, robust } = robustErrors(tf, classifier, batches, attack, [attack.radius], key);
  return { clean, robust: robust[0]! };
}
