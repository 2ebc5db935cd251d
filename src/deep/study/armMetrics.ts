import type { StreamKey } from "../../random/keyedStream.js";
import type { TransferData } from "../data/transferData.js";
import { evaluateArm } from "../target/evaluateArm.js";
import type { Tf } from "../tensors/tf.js";
import type { TrainedArm } from "../training/trainArm.js";
import { type BUDGET_METRICS, type DeepMetric, deepMetrics, metricParts } from "./deepMetrics.js";
import type { DeepProblem } from "./deepStudy.js";

/** The row of an arm: every metric that the study asks for, null where the arm does not have it. */
export function armMetrics(
  tf: Tf,
  data: TransferData,
  { network, pseudoLabelErrorRate }: TrainedArm,
  problem: DeepProblem,
  key: StreamKey,
): Readonly<Record<DeepMetric, number | null>> {
  const found = evaluateArm(tf, data, network, problem.target, key);
  const general = { ...found, pseudoLabelErrorRate };
  const valueAt = (metric: DeepMetric): number | null => {
    const { name, budget: labels } = metricParts(metric);
    if (labels === null) return general[name as keyof typeof general] as number | null;
    const budget = found.budgets.find((one) => one.labels === labels)!;
    return budget[name as (typeof BUDGET_METRICS)[number]];
  };
  return Object.fromEntries(deepMetrics(problem).map((metric) => [metric, valueAt(metric)])) as Record<
    DeepMetric,
    number | null
  >;
}
