// The public list, by hand, in the order of the layers: what is not here may change without notice.

export { AdvTransferError, type ErrorCode } from "./core/errors.js";

// Linear algebra
export { fromRows, type Matrix, matrix } from "./numerics/matrix.js";
export { principalAngles, sinThetaSquared } from "./numerics/principalAngles.js";
export {
  type TopSubspace,
  type TopSubspaceOptions,
  topLeftSubspace,
  topRightSubspace,
} from "./numerics/topSubspace.js";

// Randomness
export { haarFrame } from "./random/distributions/haarFrame.js";
export { keyedStream, type Rng, type StreamKey } from "./random/keyedStream.js";

// The problem and its draws
export { drawReplication, type ReplicationDraw } from "./model/drawReplication.js";
export type {
  DiversityWeights,
  Noise,
  NoiseFamily,
  Problem,
  Sampling,
  SignalGroup,
  Target,
} from "./model/problem.js";
export { type RawSamples, rawSamples } from "./model/rawSamples.js";
export type { UnlabeledSample } from "./model/unlabeledSample.js";

// Source training
export { type BallProjection, projectOntoBall } from "./training/ballProjection.js";
export { adversarialObjective, type Ball, closedForm, type TaskClassifier } from "./training/closedForm.js";
export type { Objective } from "./training/gradient/adversarialRisk.js";
export { certified } from "./training/gradient/certified.js";
export type { InnerMaximum } from "./training/gradient/innerMaximum.js";
export { type LossName, type MarginLoss, marginLoss } from "./training/gradient/marginLoss.js";
export { type FoundPerturbation, type PgdOptions, pgdAttack } from "./training/gradient/pgdAttack.js";
export type { Regularization } from "./training/gradient/regularization.js";
export { type SolveOptions, solveTask } from "./training/gradient/solveTask.js";
export type { SolveStatus, TaskSolution } from "./training/gradient/taskSolution.js";
export type { SgdOptions } from "./training/gradient/sgdOptions.js";
export { type SgdResult, trainBySgd } from "./training/gradient/trainBySgd.js";
export { equalWeights, type WeightedSamples } from "./training/gradient/weightedSamples.js";
export { type JointTraining, jointMarginSubspace } from "./training/joint/jointMarginSubspace.js";
export { type JointOptions, type JointSubspace, jointSubspace } from "./training/joint/jointSubspace.js";
export type { MaximizeOptions } from "./training/joint/maximizeFrame.js";
export type { Network, NetworkOptions, NetworkStatus } from "./training/joint/network.js";
export { agreeingStarts, randomStarts } from "./training/joint/randomStarts.js";
export { trainNetwork } from "./training/joint/trainNetwork.js";
export { dualExponent, lqNorm } from "./training/lqNorm.js";
export type { Aggregation, Attack, Method, PseudoLabels, RadiusSpec } from "./training/method.js";
export { type LabelMoments, labelMoments, type SslLaw, sslLaw } from "./training/pseudoLabelLaw.js";
export { resolveAttack } from "./training/resolveRadius.js";
export { semiSupervisedMean } from "./training/semiSupervisedMean.js";
export { sourceMeans } from "./training/sourceMeans.js";
export type { TaskKnowledge } from "./training/taskLabeler.js";
export { type Representation, trainRepresentation } from "./training/trainRepresentation.js";

// The target
export { evaluateNoTransfer, evaluateOracle, evaluateRepresentation } from "./transfer/evaluate.js";
export { METRIC_NAMES, type MetricName, type Metrics } from "./transfer/metricNames.js";
export { targetHead } from "./transfer/targetHead.js";
export { errorRate, excessRisk } from "./transfer/targetRisk.js";

// Theory
export { type Assumption, type Bound, type BoundTerm, violated } from "./theory/bounds/bound.js";
export { boundFor, type MethodBounds } from "./theory/bounds/boundFor.js";
export { bestRadius } from "./theory/consequences/bestRadius.js";
export { filterBoundary, filterGain } from "./theory/consequences/filterBoundary.js";
export { marginalValue } from "./theory/consequences/marginalValue.js";
export { transitionLabeled, transitionTasks } from "./theory/consequences/phaseTransition.js";
export { type Reach, type Resource, smallestReaching } from "./theory/consequences/reach.js";
export { equivalentLabeled, pseudoLabelValue, unlabeledFloor } from "./theory/consequences/unlabeledValue.js";
export { expectedCosine } from "./theory/expectedCosine.js";
export { predict } from "./theory/predict.js";
export { predictBaseline } from "./theory/predictBaseline.js";
export type { Prediction } from "./theory/prediction.js";
export { type ColumnClass, spikeOverlap } from "./theory/weightedSpike.js";

// Studies
export type { Progress } from "./study/compute.js";
export { fingerprint } from "./study/fingerprint.js";
export type { RunReplication } from "./study/inProcessRunner.js";
export { parseJson } from "./study/parseJson.js";
export { predictStudy, type StudyPrediction } from "./study/predictStudy.js";
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
export { theoryAnnotation } from "./study/theoryAnnotation.js";
export { VERSION } from "./study/version.js";

// Claims
export { CLAIMS, GROUPS } from "./claims/catalogue/catalogue.js";
export type {
  BoundClaim,
  Claim,
  ClaimStudy,
  ClaimTest,
  FlatnessClaim,
  Group,
  IdentityClaim,
  OrderingClaim,
  RateClaim,
  Series,
  ValueClaim,
} from "./claims/claim.js";
export { customReplication, type ReplicationSteps } from "./claims/customReplication.js";
export { completeClaim, type Extension, loadExtension, type UserClaim } from "./claims/extension.js";
export type { Measured } from "./claims/kinds/outcome.js";
export { PRESETS, type Preset, type PresetName } from "./claims/presets.js";
export { type RunProvenance, runProvenance } from "./claims/provenance.js";
export { type Controlled, selectClaims, withControls } from "./claims/selectClaims.js";
export { withTrust } from "./claims/trust.js";
export type { ClaimVerdict, VerdictWord } from "./claims/verdict.js";
export { type VerdictsFile, verdictsFile, verdictsJson } from "./claims/verdictsFile.js";
export { verify } from "./claims/verify.js";
export type { VerifyOptions, VerifyProgress, VerifyResult } from "./claims/verifyOptions.js";

// Figures and reports
export { type ContrastOptions, contrastFigure } from "./report/contrastFigure.js";
export { type CurveOptions, curveFigure } from "./report/curveFigure.js";
export { exportImages } from "./report/exportImages.js";
export type { FigureSpec } from "./report/figureSpec.js";
export { heatmapFigure } from "./report/heatmapFigure.js";
export type { ReportPage, ReportSection } from "./report/html/reportPage.js";
export { studyReport, studyReportHtml } from "./report/studyReport.js";
export { type VerdictReportInput, verdictReportPage } from "./report/verdictReport.js";
