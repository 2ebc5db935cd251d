import type { RunningStudy } from "../claims/campaign.js";
import { type Claim, type ClaimStudy, type RateClaim, type Series, seriesOf } from "../claims/claim.js";
import { pathLabel } from "../study/pathLabels.js";
import type { StudyResult } from "../study/results.js";
import { summarize } from "../study/summarize.js";
import { theoryAnnotation } from "../study/theoryAnnotation.js";
import type { MetricName } from "../transfer/metricNames.js";
import { curveFigure } from "./curveFigure.js";
import { dotFigure } from "./dotFigure.js";
import type { FigureSpec } from "./figureSpec.js";
import { figureId } from "./frame.js";
import { metricLabel } from "./labels.js";
import type { MethodStyle } from "./palette.js";

/** The result of a claim's study as far as it got, with predictions beside the means; null before its first replication. */
export function studyResult({ study, rows }: RunningStudy): StudyResult | null {
  const replications = Math.min(...rows.map((cell) => cell.length));
  if (replications === 0) return null;
  return summarize({ ...study, replications }, rows.flat(), theoryAnnotation());
}

/**
 * The figures of a group of claims: one a study and metric, with every method that a claim of the group asks about, on the axis of the claim's rate where there is
 * one.
 */
export function verdictFigures(
  claims: readonly Claim[],
  results: ReadonlyMap<ClaimStudy, StudyResult>,
  styles: ReadonlyMap<string, MethodStyle>,
): FigureSpec[] {
  const panels = new Map<string, { study: ClaimStudy; metric: MetricName; claims: Claim[] }>();
  for (const claim of claims) {
    for (const series of seriesOf(claim.test)) {
      const metric = series.metric ?? "sinTheta2";
      const key = `${series.study.name} ${metric}`;
      const panel = panels.get(key) ?? { study: series.study, metric, claims: [] };
      if (!panel.claims.includes(claim)) panel.claims.push(claim);
      panels.set(key, panel);
    }
  }
  return [...panels.values()].flatMap(({ study, metric, claims: own }) => {
    const result = results.get(study);
    return result === undefined ? [] : [figureOf(own, study, metric, result, styles)];
  });
}

function figureOf(
  claims: readonly Claim[],
  study: ClaimStudy,
  metric: MetricName,
  result: StudyResult,
  styles: ReadonlyMap<string, MethodStyle>,
): FigureSpec {
  const of = (series: Series): boolean => series.study === study && (series.metric ?? "sinTheta2") === metric;
  const methods = [
    ...new Set(
      claims.flatMap(({ test }) =>
        seriesOf(test)
          .filter(of)
          .map(({ method }) => method),
      ),
    ),
  ];
  const id = figureId(`${study.name}-${metric}`);
  const ids = claims.map((claim) => claim.id).join(", ");
  const common = { id, methods, styles, metric, caption: `For ${ids}. Dashed: predicted.` };
  const path = Object.keys(study.vary ?? {})[0];
  if (path === undefined) {
    const caption = `For ${ids}. Lines: predicted.`;
    return dotFigure(result, { ...common, caption, title: `${metricTitle(metric, "none")} (${study.name})` });
  }
  const rate = claims
    .map(({ test }) => test)
    .find((test): test is RateClaim => test.kind === "rate" && of(test.of) && test.over === undefined);
  const guide =
    rate !== undefined && (rate.side ?? "both") === "both"
      ? { slopeGuide: rate.exponent, logX: true, logY: true }
      : {};
  const { xLabel } = rate ?? {};
  const axis = xLabel === undefined ? {} : { xValue: rate!.x, xLabel };
  const transform = metric === "sinTheta2" ? "sqrt" : "none";
  const title = `${metricTitle(metric, transform)} against ${xLabel ?? pathLabel(path)} (${study.name})`;
  return curveFigure(result, { ...common, ...guide, ...axis, transform, title, x: path });
}

function metricTitle(metric: MetricName, transform: "none" | "sqrt"): string {
  const label = metricLabel(metric, transform);
  return `${label.slice(0, 1).toUpperCase()}${label.slice(1)}`;
}
