import { describe, expect, it } from "vitest";
import { studentQuantile } from "../../../src/claims/statistics/studentT.js";
import type { DeepMetric } from "../../../src/deep/study/deepMetrics.js";
import { armFigure } from "../../../src/report/deep/armFigure.js";
import { armNames, budgetMetrics } from "../../../src/report/deep/armValues.js";
import { deepStyles } from "../../../src/report/deep/deepStyles.js";
import { gainFigure } from "../../../src/report/deep/gainFigure.js";
import { gainText } from "../../../src/report/deep/gainTable.js";
import { budgetCurves, pathCurves } from "../../../src/report/deep/learningCurves.js";
import { subspaceFigure } from "../../../src/report/deep/subspaceFigure.js";
import type { PlotlyObject } from "../../../src/report/figureSpec.js";
import { METHOD_COLORS } from "../../../src/report/palette.js";
import { fakeDeepResult, fakeDeepTruth } from "./fakeDeepResult.js";

const result = fakeDeepResult();
const styles = deepStyles(armNames(result));
const errors = budgetMetrics(result, "errorRate");
const RADIUS = "methods.adversarial.attack.radius";

const numbers = (value: unknown): number[] => value as number[];
const bar = (trace: PlotlyObject, axis: "x" | "y"): number[] =>
  numbers((trace[`error_${axis}`] as PlotlyObject).array);
const axesOf = (i: number): string => (i === 0 ? "x" : `x${i + 1}`);
const family = (alone = result) => gainFigure(alone, alone.probe, "probe", "Paired");

describe("arms side by side", () => {
  const figure = armFigure(result, errors, styles)!;

  it("shows every arm at every budget, in percent, the references too, with t intervals", () => {
    expect(errors).toEqual(["errorRate@5", "errorRate@20", "errorRate@80"]);
    expect(armNames(result)).toEqual(["standard", "adversarial", "semi-supervised", "both", "random", "raw"]);
    armNames(result).forEach((arm, row) => {
      errors.forEach((metric, panel) => {
        const traces = figure.data.filter((t) => t.legendgroup === arm && t.xaxis === axesOf(panel));
        expect(traces).toHaveLength(1);
        const { mean, mcse, n } = result.cells[result.points[0]!.cells[arm]!]!.methods[arm]![metric];
        expect(n).toBe(6);
        expect(numbers(traces[0]!.x)[0]).toBeCloseTo(100 * mean!, 10);
        expect(numbers(traces[0]!.y)).toEqual([row]);
        expect(bar(traces[0]!, "x")[0]).toBeCloseTo(100 * mcse! * studentQuantile(0.025, 5), 10);
      });
    });
    expect(figure.table.rows.map(([arm]) => arm)).toEqual(armNames(result));
    expect(figure.caption).toContain("raw: the inputs themselves");
  });

  it("has rows of names from the top down, and is higher the more there are", () => {
    const axis = figure.layout.yaxis as PlotlyObject;
    expect(axis.ticktext).toEqual(armNames(result));
    expect(numbers(axis.range)).toEqual([5.5, -0.5]);
    const two = fakeDeepResult({ file: { methods: [{ name: "standard" }] } });
    const small = armFigure(two, errors, deepStyles(armNames(two)))!;
    expect(Number(small.layout.height)).toBeLessThan(Number(figure.layout.height));
    expect(Number(figure.narrow.height)).toBeGreaterThan(Number(figure.layout.height));
  });

  it("has a gap where an arm has no value, and no bar from one replication", () => {
    const missing = fakeDeepResult({
      truth: (cell, metric, r) =>
        cell.problem.arm.name === "both" && metric === "errorRate@20" ? null : fakeDeepTruth(cell, metric, r),
    });
    const holes = armFigure(missing, errors, styles)!;
    expect(holes.data.filter((t) => t.legendgroup === "both").map((t) => t.xaxis)).toEqual(["x", "x3"]);
    expect(holes.table.rows[3]![2]).toBe("\u2014");
    const once = armFigure(fakeDeepResult({ file: { replications: 1 } }), errors, styles)!;
    expect(once.data.every((t) => bar(t, "x")[0] === 0)).toBe(true);
    expect(armFigure(result, ["fineTuneErrorRate@5"], styles)).toBeNull();
  });

  it("cuts intervals where no error rate can be, and says so", () => {
    const wild = fakeDeepResult({ file: { replications: 2 }, truth: (_, __, r) => 0.3 + 0.2 * r });
    for (const seen of [armFigure(wild, errors, styles)!, budgetCurves(wild, errors, styles)!]) {
      expect(seen.caption).toContain("are cut there");
    }
    const [low, high] = numbers((armFigure(wild, errors, styles)!.layout.xaxis as PlotlyObject).range);
    expect([low, high]).toEqual([-5, 105]);
    expect(numbers((budgetCurves(wild, errors, styles)!.layout.yaxis as PlotlyObject).range)).toEqual([
      -5, 105,
    ]);
    expect(figure.caption).not.toContain("cut");
    const [left, right] = numbers((figure.layout.xaxis as PlotlyObject).range);
    for (const t of figure.data) {
      expect(numbers(t.x)[0]! - bar(t, "x")[0]!).toBeGreaterThan(left!);
      expect(numbers(t.x)[0]! + bar(t, "x")[0]!).toBeLessThan(right!);
    }
  });

  it("gives no arm the look of another, and references colours that were checked", () => {
    const names = [...armNames(result), "few", "few adversarial", "standard with equal work"];
    const looks = names.map((name) => JSON.stringify(deepStyles(names).get(name)));
    expect(new Set(looks).size).toBe(names.length);
    for (const name of ["random", "raw"]) expect(METHOD_COLORS).toContain(styles.get(name)!.color);
  });
});

describe("paired comparisons", () => {
  const mixed = fakeDeepResult({
    file: {
      contrasts: [
        ["adversarial", "standard"],
        ["random", "standard"],
        ["semi-supervised", "both"],
      ],
    },
    truth: (cell, metric, r) => {
      const value = fakeDeepTruth(cell, metric, r) as number | null;
      // At 80 labels nothing but chance: signs that alternate.
      return metric === "errorRate@80"
        ? 0.2 + (cell.problem.arm.name === "standard" ? 0 : 0.01 * (-1) ** (r + cell.cell))
        : value;
    },
  });

  it("draws each gain in points with its own interval, thick, inside that of the family", () => {
    const figure = family(mixed)!;
    const shown = figure.data.filter((t) => t.showlegend === false);
    expect(shown).toHaveLength(2 * mixed.probe.length);
    for (const one of mixed.probe) {
      const row = mixed.probe.filter((o) => o.metric === one.metric).indexOf(one);
      const panel = errors.indexOf(one.metric);
      const [wide, own] = shown.filter((t) => t.xaxis === axesOf(panel) && numbers(t.y)[0] === row);
      expect(numbers(own!.x)[0]).toBeCloseTo(100 * one.gain!, 10);
      expect(numbers(wide!.x)).toEqual(numbers(own!.x));
      expect(bar(own!, "x")[0]).toBeCloseTo(100 * one.halfWidth!, 10);
      expect(bar(wide!, "x")[0]).toBeCloseTo(100 * one.simultaneousHalfWidth!, 10);
      expect(bar(wide!, "x")[0]).toBeGreaterThan(bar(own!, "x")[0]!);
      const thickness = (t: PlotlyObject): number => Number((t.error_x as PlotlyObject).thickness);
      expect(thickness(own!)).toBeGreaterThan(thickness(wide!));
    }
  });

  it("tells verdicts apart by marker and colour, and its legend has those that occur", () => {
    const figure = family(mixed)!;
    const verdicts = new Set(mixed.probe.map(({ verdict }) => verdict));
    expect([...verdicts].sort()).toEqual(["better", "no difference seen", "worse"]);
    const keys = figure.data.filter((t) => t.showlegend === true);
    expect(keys.map((t) => t.name)).toEqual(["better", "worse", "no difference seen"]);
    const marker = (t: PlotlyObject): PlotlyObject => t.marker as PlotlyObject;
    expect(new Set(keys.map((t) => marker(t).symbol)).size).toBe(3);
    expect(new Set(keys.map((t) => marker(t).color)).size).toBe(3);
    for (const key of keys) {
      const own = figure.data.filter((t) => t.name === key.name && t.showlegend === false);
      expect(own.length).toBe(mixed.probe.filter(({ verdict }) => verdict === key.name).length);
      for (const t of own) {
        expect(marker(t).symbol).toBe(marker(key).symbol);
        const gain = numbers(t.x)[0]!;
        if (key.name === "better") expect(gain).toBeGreaterThan(0);
        if (key.name === "worse") expect(gain).toBeLessThan(0);
      }
    }
  });

  it("has gain, both half widths, n, p and verdict of every comparison in its table", () => {
    const { table } = family(mixed)!;
    expect(table.columns).toEqual([
      "comparison",
      "metric",
      "gain (points)",
      "± alone",
      "± all",
      "n",
      "p",
      "verdict",
    ]);
    expect(table.rows).toHaveLength(mixed.probe.length);
    const one = mixed.probe.find(({ a, metric }) => a === "random" && metric === "errorRate@5")!;
    expect(one.gain!).toBeLessThan(0);
    const row = table.rows.find(
      ([pair, metric]) => pair === "random over standard" && metric!.includes("5 labels"),
    )!;
    expect(row.slice(2, 6)).toEqual([
      `\u2212${(-100 * one.gain!).toFixed(2)}`,
      (100 * one.halfWidth!).toFixed(2),
      (100 * one.simultaneousHalfWidth!).toFixed(2),
      "6",
    ]);
    expect(row[7]).toBe("worse");
    expect([gainText(0.004), gainText(-1.234), gainText(1e-14), gainText(null)]).toEqual([
      "0.0040",
      "\u22121.23",
      "0.00",
      "\u2014",
    ]);
  });

  it("says what is thin and thick, how many were tested together, and that not seen is not absent", () => {
    const { caption } = family(mixed)!;
    expect(caption).toContain(`of all ${mixed.probe.length} at once (Bonferroni)`);
    expect(caption).toContain("at level 5 %");
    expect(caption).toContain("No difference seen is not no difference.");
    const once = family(fakeDeepResult({ file: { replications: 1 } }))!;
    expect(once.caption).toContain("One replication: no interval and no test.");
    expect(once.data.filter((t) => t.showlegend === true).map((t) => t.name)).toEqual(["not measured"]);
  });

  it("lets simultaneous intervals leave the picture where they dwarf the others, and says so", () => {
    const two = fakeDeepResult({ file: { replications: 2 } });
    const { layout, caption } = family(two)!;
    const reach = Math.max(...two.probe.map((o) => 100 * (Math.abs(o.gain!) + o.halfWidth!)));
    const [low, high] = numbers((layout.xaxis as PlotlyObject).range);
    expect(Math.max(-low!, high!)).toBeGreaterThanOrEqual(reach);
    expect(Math.max(-low!, high!)).toBeLessThanOrEqual(3 * reach);
    expect(caption).toContain("Some intervals leave the picture.");
  });

  it("of the subspace error has its units and a panel for each of the two", () => {
    const figure = gainFigure(result, result.representation, "representation", "Subspace")!;
    const own = result.representation.find(({ metric }) => metric === "sinTheta2")!;
    expect(figure.data.some((t) => numbers(t.x)[0] === own.gain)).toBe(true);
    const titles = (figure.layout.annotations as readonly PlotlyObject[]).map(({ text }) => text);
    expect(titles).toEqual(["<b>first layer</b>", "<b>gradients (AGOP)</b>"]);
    expect(((figure.layout.xaxis as PlotlyObject).title as PlotlyObject).text).toBe("gain in subspace error");
    expect(gainFigure(result, [], "none", "None")).toBeNull();
  });
});

describe("learning curves", () => {
  it("have the budgets on a log axis and a curve an arm, apart by little", () => {
    const figure = budgetCurves(result, errors, styles)!;
    expect(figure.data.map((t) => t.name)).toEqual(armNames(result));
    expect((figure.layout.xaxis as PlotlyObject).type).toBe("log");
    expect((figure.layout.xaxis as PlotlyObject).tickvals).toEqual([5, 20, 80]);
    const [low, high] = numbers((figure.layout.xaxis as PlotlyObject).range);
    for (const [k, arm] of armNames(result).entries()) {
      const trace = figure.data[k]!;
      [5, 20, 80].forEach((x, i) => {
        const at = numbers(trace.x)[i]!;
        expect(Math.abs(Math.log(at / x))).toBeLessThan(0.0701 * Math.log(4));
        expect(Math.log10(at)).toBeGreaterThan(low!);
        expect(Math.log10(at)).toBeLessThan(high!);
        const { mean, mcse } = result.cells[result.points[0]!.cells[arm]!]!.methods[arm]![errors[i]!];
        expect(numbers(trace.y)[i]).toBeCloseTo(100 * mean!, 10);
        expect(bar(trace, "y")[i]).toBeCloseTo(100 * mcse! * studentQuantile(0.025, 5), 10);
      });
    }
    expect(budgetCurves(result, errors.slice(0, 1), styles)).toBeNull();
  });

  it("against an attack's radius have a panel a budget, points in order, and no budget curve in the way", () => {
    const varied = fakeDeepResult({
      file: { vary: { [RADIUS]: [0.4, 0, 0.2] }, target: { labels: [5, 20] } },
    });
    const both = ["errorRate@5", "errorRate@20"] as const;
    const figure = pathCurves(varied, RADIUS, both, styles)!;
    const own = figure.data.filter((t) => t.name === "adversarial");
    expect(own).toHaveLength(2);
    const pointOf = (radius: number): number => varied.points.findIndex((p) => p.varied[RADIUS] === radius);
    own.forEach((trace, i) => {
      [0, 0.2, 0.4].forEach((radius, k) => {
        const cell = varied.cells[varied.points[pointOf(radius)]!.cells.adversarial!]!;
        expect(numbers(trace.y)[k]).toBeCloseTo(100 * cell.methods.adversarial![both[i]!].mean!, 10);
        expect(Math.abs(numbers(trace.x)[k]! - radius)).toBeLessThan(0.05);
      });
    });
    const untouched = figure.data.find((t) => t.name === "standard")!;
    expect(new Set(numbers(untouched.y)).size).toBe(1);
    expect(figure.title).toBe("Target error against the attack radius \u03b5 of adversarial");
    const titles = (figure.layout.annotations as readonly PlotlyObject[]).map(({ text }) => text);
    expect(titles).toEqual(["<b>5 labels a class</b>", "<b>20 labels a class</b>"]);
    expect(pathCurves(varied, "arm", both, styles)).toBeNull();
    expect(pathCurves(result, RADIUS, both, styles)).toBeNull();
  });
});

describe("the link to theory", () => {
  it("has a point an arm and replication that has both errors, raw inputs none", () => {
    const figure = subspaceFigure(result, errors, styles)!;
    const metrics: readonly DeepMetric[] = ["sinTheta2", "gradientSinTheta2"];
    metrics.forEach((metric, panel) => {
      const traces = figure.data.filter((t) => t.xaxis === axesOf(panel));
      expect(traces.map((t) => t.name)).toEqual(armNames(result).filter((arm) => arm !== "raw"));
      for (const trace of traces) {
        const own = result.values.filter(({ cell }) => result.cells[cell]!.problem.arm.name === trace.name);
        expect(numbers(trace.x)).toEqual(own.map(({ metrics: m }) => m[metric]));
        expect(numbers(trace.y)).toEqual(own.map(({ metrics: m }) => 100 * m["errorRate@5"]!));
      }
    });
    expect(figure.data.filter((t) => t.showlegend === true)).toHaveLength(5);
  });

  it("says the rank correlation, over all points, between the arms and within one", () => {
    // Between arms the error rises with the subspace error, within an arm it falls.
    const paradox = fakeDeepResult({
      truth: (cell, metric, r) => {
        const base = { standard: 3, adversarial: 1, "semi-supervised": 2, both: 0, random: 4, raw: 5 }[
          cell.problem.arm.name
        ]!;
        if (metric === "sinTheta2") return cell.problem.arm.name === "raw" ? null : (10 * base + r) / 50;
        if (metric.startsWith("errorRate")) return (10 * base - r + 10) / 100;
        return null;
      },
    });
    const { caption, table } = subspaceFigure(paradox, errors, styles)!;
    expect(caption).toContain("1.00 between the means of the arms, \u22121.00 within an arm on average");
    expect(caption).toContain("over 30 points");
    const all = Number(/first layer: (0\.\d\d) over/.exec(caption)![1]);
    expect(all).toBeGreaterThan(0.85);
    expect(all).toBeLessThan(1);
    expect(caption).not.toContain("AGOP");
    const row = table.rows.find(([name]) => name!.includes("first layer, within"))!;
    expect(row.slice(2)).toEqual(["\u22121.00", "\u22121.00", "\u22121.00"]);
  });

  it("is left out where no subspace is known", () => {
    const images = fakeDeepResult({ file: { data: { from: "strokes" } } });
    expect(subspaceFigure(images, errors, styles)).toBeNull();
    expect(images.representation).toEqual([]);
  });
});
