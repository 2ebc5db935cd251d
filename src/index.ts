// The public list, by hand: what is not here may change without notice.

export { AdvTransferError, type ErrorCode } from "./core/errors.js";
export type {
  DiversityWeights,
  Noise,
  NoiseFamily,
  Problem,
  Sampling,
  SignalGroup,
  Target,
} from "./model/problem.js";
export { studyReport } from "./report/studyReport.js";
export type { Progress } from "./study/compute.js";
export { fingerprint } from "./study/fingerprint.js";
export type { RunReplication } from "./study/inProcessRunner.js";
export { parseJson } from "./study/parseJson.js";
export { type FolderResults, type Replay, readResults, replay } from "./study/readResults.js";
export { runReplication } from "./study/replication.js";
export { resolveProblem } from "./study/resolveProblem.js";
export { resolveStudy } from "./study/resolveStudy.js";
export {
  BASELINES,
  type CellSummary,
  type Contrast,
  type Estimate,
  type MetricSummary,
  type ReplicationRow,
  type StudyResult,
} from "./study/results.js";
export { resultJson, summaryCsv } from "./study/resultText.js";
export { type RunStudyOptions, runStudy } from "./study/runStudy.js";
export { type SimulateInProcessOptions, simulateInProcess } from "./study/simulateInProcess.js";
export type { Cell, Study } from "./study/study.js";
export type { StudyFile } from "./study/studyFile.js";
export { type Annotate, type Annotation, summarize } from "./study/summarize.js";
export { VERSION } from "./study/version.js";
export type { Aggregation, Attack, Method, PseudoLabels, RadiusSpec } from "./training/method.js";
export { METRIC_NAMES, type MetricName, type Metrics } from "./transfer/metricNames.js";
