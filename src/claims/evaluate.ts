import { canonicalJson } from "../core/canonicalJson.js";
import { badInput } from "../core/guards.js";
import type { Rng } from "../random/keyedStream.js";
import type { Cell } from "../study/study.js";
import { predict } from "../theory/predict.js";
import { predictBaseline } from "../theory/predictBaseline.js";
import type { Prediction } from "../theory/prediction.js";
import { cellLabel } from "./cellLabel.js";
import type { BoundClaim, ClaimTest, FlatnessClaim, OrderingClaim, Series, ValueClaim } from "./claim.js";
import { type BoundPoint, boundTest, fitConstant } from "./kinds/bound.js";
import { type FlatnessPoint, flatnessTest } from "./kinds/flatness.js";
import { identityTest, type Pair } from "./kinds/identity.js";
import { formatted } from "./kinds/numbers.js";
import { type OrderingPoint, orderingTest } from "./kinds/ordering.js";
import type { Outcome } from "./kinds/outcome.js";
import { rateTest } from "./kinds/rate.js";
import { type ValuePoint, valueTest } from "./kinds/value.js";
import { linearEstimate, type PointValues, present, ratioEstimate } from "./linear.js";
import { meanEstimate } from "./statistics/meanEstimate.js";

/** One cell of a series with its values so far. */
export interface SeriesPoint extends PointValues {
  readonly cell: Cell;
}

/** Where a test finds its data: the cells of a series, and what the first look saw of them. */
export interface Data {
  readonly points: (series: Series) => readonly SeriesPoint[];
  /** Replications of the first look of a series' study: constants are fitted on these alone. */
  readonly firstLook: (series: Series) => number;
}

/** Draws that a cell shares with every other cell of the same content. */
export function contentOf(cell: Cell): string {
  return canonicalJson({ problem: cell.problem, sampling: cell.sampling });
}

/** Applies a claim's test to the data of a look. `rng` is for bootstraps alone. */
export function evaluate(test: ClaimTest, data: Data, rng: Rng): Outcome {
  if (test.kind === "ordering") return evaluateOrdering(test, data);
  if (test.kind === "value") return evaluateValue(test, data);
  if (test.kind === "bound") return evaluateBound(test, data);
  if (test.kind === "flatness") return evaluateFlatness(test, data);
  if (test.kind === "identity") return identityTest(pairsOf(test.a, test.b, data), test.tolerance ?? 0);
  const { power = 0.5, exponent, margin, side = "both", curvature = 0.3, over } = test;
  const points = data.points(test.of).map((point) => ({
    x: test.x(point.cell),
    values: present(point),
    ...(over === undefined ? {} : { form: over(point.cell) }),
  }));
  return rateTest(points, { power, exponent, margin, side, curvature }, rng);
}

function evaluateOrdering({ pairs, factor = 1 }: OrderingClaim, data: Data): Outcome {
  const points = pairs.flatMap(({ smaller, larger }, k) =>
    matched(data.points(smaller), data.points(larger)).map(([a, b]): OrderingPoint => {
      const terms = [
        { c: factor, point: b },
        { c: -1, point: a },
      ];
      return {
        label:
          pairs.length > 1
            ? `${pairText(pairs[k]!)}, ${cellLabel(a.cell, b.cell)}`
            : cellLabel(a.cell, b.cell),
        difference: linearEstimate(terms),
        smaller: meanEstimate(present(a)).mean,
        larger: meanEstimate(present(b)).mean,
        ratio: ratioEstimate(a, [b]),
      };
    }),
  );
  return orderingTest(points, factor);
}

function evaluateValue({ of, equals, margin }: ValueClaim, data: Data): Outcome {
  const points = of.flatMap((series) => {
    const measured = data.points(series);
    const reference = (
      point: SeriesPoint,
      i: number,
    ): { constant: number; terms: readonly PointValues[] } => {
      if (equals === "prediction") return { constant: predictedValue(series, point.cell), terms: [] };
      if (typeof equals === "function") return { constant: equals(point.cell), terms: [] };
      return { constant: 0, terms: equals.map((other) => matched(measured, data.points(other))[i]![1]) };
    };
    return measured.map((point, i): ValuePoint => {
      const { constant, terms } = reference(point, i);
      const against = (c: number, share: number) =>
        linearEstimate(
          [{ c, point }, ...terms.map((other) => ({ c: -c * share, point: other }))],
          -c * share * constant,
        );
      const label = of.length > 1 ? `${series.method}, ${cellLabel(point.cell)}` : cellLabel(point.cell);
      return {
        label,
        aboveLow: against(1, 1 - margin),
        belowHigh: against(-1, 1 + margin),
        ratio: ratioEstimate(point, terms, constant),
      };
    });
  });
  return valueTest(points, margin);
}

function evaluateBound({ of, power = 0.5, form, fitOn, slack }: BoundClaim, data: Data): Outcome {
  // The form bounds mean^power, so form^(1/power) bounds the mean.
  const point = (p: SeriesPoint, values: readonly number[]): BoundPoint => ({
    label: cellLabel(p.cell),
    mean: meanEstimate(values),
    form: form(p.cell) ** (1 / power),
  });
  const all = data.points(of);
  const first = data.firstLook(of);
  const fitted = all
    .filter(({ cell }) => fitOn(cell))
    .map((p) => point(p, present({ content: p.content, values: p.values.slice(0, first) })));
  const covered = all.filter(({ cell }) => !fitOn(cell)).map((p) => point(p, present(p)));
  return boundTest(covered, fitConstant(fitted, slack), power);
}

function evaluateFlatness({ of, margin, floor }: FlatnessClaim, data: Data): Outcome {
  const points = of.flatMap((series) =>
    data.points(series).map((point, i, all): FlatnessPoint => {
      const against = (c: number, share: number) =>
        linearEstimate([
          { c, point },
          { c: -c * share, point: all[0]! },
        ]);
      const flat =
        margin === null || i === 0
          ? {}
          : {
              aboveLow: against(1, 1 - margin),
              belowHigh: against(-1, 1 + margin),
              toFirst: ratioEstimate(point, [all[0]!]),
            };
      const least =
        floor === undefined ? {} : { aboveFloor: linearEstimate([{ c: 1, point }], -floor(point.cell)) };
      const label = of.length > 1 ? `${series.method}, ${cellLabel(point.cell)}` : cellLabel(point.cell);
      return { label, mean: meanEstimate(present(point)), ...flat, ...least };
    }),
  );
  const lowest = floor === undefined ? null : floorText(of, floor, data);
  return flatnessTest(points, { margin, floor: lowest });
}

function floorText(of: readonly Series[], floor: (cell: Cell) => number, data: Data): string {
  const values = of.flatMap((series) => data.points(series).map(({ cell }) => floor(cell)));
  return formatted(Math.max(...values));
}

function pairsOf(a: Series, b: Series | ((cell: Cell) => number), data: Data): Pair[] {
  const left = data.points(a);
  const right = typeof b === "function" ? null : data.points(b);
  return left.flatMap((point, i) => {
    const other = right === null ? null : matched(left, right)[i]![1];
    return point.values.flatMap((value, k): Pair[] => {
      const against = other === null ? (b as (cell: Cell) => number)(point.cell) : other.values[k];
      if (value === null || against === null || against === undefined) return [];
      return [{ label: `${cellLabel(point.cell)}, replication ${k}`, a: value, b: against }];
    });
  });
}

/** Cell by cell; a series of one cell goes with every cell of the other. */
function matched(
  a: readonly SeriesPoint[],
  b: readonly SeriesPoint[],
): readonly (readonly [SeriesPoint, SeriesPoint])[] {
  if (a.length === b.length) return a.map((point, i) => [point, b[i]!]);
  if (b.length === 1) return a.map((point) => [point, b[0]!]);
  if (a.length === 1) return b.map((point) => [a[0]!, point]);
  throw badInput("claim", "between series of equally many cells, or of one", `${a.length} and ${b.length}`);
}

function predictedValue(series: Series, cell: Cell): number {
  const { method: name, metric = "sinTheta2" } = series;
  const value = predictionOf(cell, name)?.metrics[metric] ?? null;
  if (value === null) {
    throw badInput("equals", `something else than "prediction": there is none for ${metric}`, name);
  }
  return value;
}

function predictionOf(cell: Cell, name: string): Prediction | null {
  if (name === "no-transfer" || name === "oracle") return predictBaseline(cell.problem, name);
  const method = cell.methods.find((candidate) => candidate.name === name);
  return method === undefined ? null : predict(cell.problem, method);
}

function pairText({ smaller, larger }: { readonly smaller: Series; readonly larger: Series }): string {
  return smaller.method === larger.method ? smaller.method : `${smaller.method} against ${larger.method}`;
}
