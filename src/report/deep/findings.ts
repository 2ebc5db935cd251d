import type { DeepComparison } from "../../deep/study/deepComparison.js";
import type { DeepMetric } from "../../deep/study/deepMetrics.js";
import type { DeepResult } from "../../deep/study/deepResult.js";
import { armNames, armValue } from "./armValues.js";
import { counted, panelText } from "./deepText.js";
import { gainText, pairText } from "./gainTable.js";

/** One point of the grid at one label budget. */
interface Setting {
  readonly point: number;
  readonly metric: DeepMetric;
  readonly text: string;
  /** Its comparisons that have an interval. */
  readonly measured: readonly DeepComparison[];
}

/**
 * The main outcome in sentences: a paragraph for each setting in which a comparison came out, one for all settings in which none did with how large an effect the data
 * leave possible there, and one about the raw inputs, which a trained network need not beat.
 */
export function findings(result: DeepResult, errors: readonly DeepMetric[]): string[] {
  const settings = result.points.flatMap(({ varied }, point) =>
    errors.map(
      (metric): Setting => ({
        point,
        metric,
        text: panelText(varied, metric),
        measured: result.probe.filter(
          (one) => one.point === point && one.metric === metric && one.verdict !== "not measured",
        ),
      }),
    ),
  );
  const seen = ({ measured }: Setting): boolean =>
    measured.some(({ verdict }) => verdict === "better" || verdict === "worse");
  return [
    ...settings.filter(seen).map(seenText),
    nothingText(settings.filter((setting) => setting.measured.length > 0 && !seen(setting))),
    rawText(result, settings),
  ].filter((text) => text !== "");
}

function seenText({ text, measured }: Setting): string {
  const list = (word: DeepComparison["verdict"]): string =>
    measured
      .filter(({ verdict }) => verdict === word)
      .map((one) => `${pairText(one)} (${signed(100 * one.gain!)})`)
      .join(", ");
  const [better, worse] = [list("better"), list("worse")];
  const open = measured.filter(({ verdict }) => verdict === "no difference seen").map(pairText);
  const parts = [
    better === "" ? "" : `better, in points: ${better}`,
    worse === "" ? "" : `worse, in points: ${worse}`,
    open.length === 0 ? "" : `no difference seen: ${open.join(", ")}`,
  ];
  return `With ${text}: ${parts.filter((part) => part !== "").join("; ")}.`;
}

function nothingText(settings: readonly Setting[]): string {
  if (settings.length === 0) return "";
  const all = settings.flatMap(({ measured }) => measured);
  // Without an interval (equal differences) nothing is known of the largest effect.
  const largest = all.map((one) => Math.abs(one.gain!) + (one.simultaneousHalfWidth ?? Infinity));
  const most = 100 * Math.max(...largest);
  const possible =
    most < 100
      ? `effects of up to ${gainText(most)} points are within the simultaneous intervals.`
      : "the simultaneous intervals leave any effect possible.";
  return (
    `No difference seen in any of ${counted(all.length, "comparison")} with ${settings.map(({ text }) => text).join("; ")}. ` +
    `That is not "no difference": ${possible}`
  );
}

/** Which trained arms have a lower mean error than the raw inputs; settings with the same answer share a sentence. */
function rawText(result: DeepResult, settings: readonly Setting[]): string {
  const names = armNames(result);
  const trained = names.filter((arm) => arm !== "raw" && arm !== "random");
  const answers = new Map<string, string[]>();
  for (const { point, metric, text } of settings) {
    const raw = names.includes("raw") ? armValue(result, point, "raw", metric).mean : null;
    const means = trained.map((arm) => ({ arm, mean: armValue(result, point, arm, metric).mean }));
    const known = means.filter(({ mean }) => mean !== null);
    if (raw === null || known.length === 0) continue;
    const below = known.filter(({ mean }) => mean! < raw).map(({ arm }) => arm);
    const who =
      below.length === 0
        ? "no trained arm"
        : below.length === trained.length
          ? "every trained arm"
          : below.join(", ");
    answers.set(who, [...(answers.get(who) ?? []), text]);
  }
  if (answers.size === 0) return "";
  const list = [...answers].map(([who, places]) => `${who} (${places.join("; ")})`);
  return `Lower mean error than the raw inputs: ${list.join(", ")}.`;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${gainText(value)}`;
}
