import { tickText } from "../../core/numberText.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import type { DataSpec, DeepProblem } from "../../deep/study/deepStudy.js";
import { valueLabel } from "../../study/pathLabels.js";
import { attackText } from "./armTables.js";
import { counted } from "./deepText.js";

/** Data, network, training and target of a study in one paragraph, at the first point of its grid. */
export function settingsText(result: DeepResult): string {
  const { data, training, target } = result.cells[0]!.problem;
  const first = result.varied.some((path) => path !== "arm") ? "At the first point: " : "";
  return [
    `${first}${dataText(data)}`,
    networkText(training),
    `Target: ${target.labels.join(", ")} labels a class, a linear probe on frozen features${target.fineTune ? " and fine-tuning of the whole network" : ""}${
      target.attack === null ? "" : `; attacked with ${attackText(target.attack)}`
    }.`,
  ].join(" ");
}

function dataText(data: DataSpec): string {
  if (data.from === "teacher") {
    const { dimension, rank, support, tasks, clusters, labeled, unlabeled, nuisance, sd } = data;
    const rows = support === null ? "dense" : `${support} of ${dimension} rows differ from 0`;
    const extra =
      nuisance.directions === 0
        ? ""
        : `, and ${counted(nuisance.directions, "nuisance direction")} of sd ${tickText(nuisance.sd)}`;
    return (
      `Teacher with a shared subspace of dimension ${rank} in ${dimension} coordinates (${rows}), ${counted(tasks, "source task")} of ${clusters} centres at distance ` +
      `${valueLabel(data.signal)} in noise of sd ${tickText(sd)}${extra}; ${labeled} labelled and ${unlabeled} unlabelled samples a task.`
    );
  }
  const side = (name: "source" | "target"): string => {
    const { set, classes, noise } = data[name];
    const noisy = noise === 0 ? "" : ` with noise of sd ${tickText(noise)}`;
    return `${set} ${classes.join(", ")}${noisy}`;
  };
  return `Images: source ${side("source")}; target ${side("target")}; ${data.labeled} labelled source images a class.`;
}

function networkText({
  network,
  optimizer,
  learningRate,
  batch,
  steps,
  fewSteps,
}: DeepProblem["training"]): string {
  const layers =
    network.kind === "mlp"
      ? `MLP with hidden layers ${network.hidden.join(", ")}`
      : `CNN with ${network.filters.join(", ")} filters and ${network.dense} features`;
  const rule = optimizer === "adam" ? "Adam" : "stochastic gradient descent";
  return `${layers}, ${rule} with learning rate ${tickText(learningRate)}, batches of ${batch}, ${steps} steps (${fewSteps} where only the few labelled samples are used).`;
}
