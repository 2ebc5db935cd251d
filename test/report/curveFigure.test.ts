import { describe, expect, it } from "vitest";
import { contrastFigure } from "../../src/report/contrastFigure.js";
import { curveFigure } from "../../src/report/curveFigure.js";
import type { PlotlyObject } from "../../src/report/figureSpec.js";
import { figuresForStudy, mainPath } from "../../src/report/figuresForStudy.js";
import { methodStyles } from "../../src/report/palette.js";
import type { CellSummary, StudyResult } from "../../src/study/results.js";
import { fakeStudyResult } from "../helpers/fakeStudyResult.js";

const X = "problem.dimension";
const study = fakeStudyResult({ vary: { [X]: [100, 200, 400, 800] }, bounds: true });

/** Replaces what one method has of a metric in one cell. */
function patched(cell: number, method: string, change: object): StudyResult {
  const cells = study.cells.map((c): CellSummary => {
    if (c.cell !== cell) return c;
    const metrics = c.methods[method]!;
    return {
      ...c,
      methods: { ...c.methods, [method]: { ...metrics, sinTheta2: { ...metrics.sinTheta2, ...change } } },
    };
  });
  return { ...study, cells };
}

function traces(data: readonly PlotlyObject[], method: string, dash: string): PlotlyObject[] {
  return data.filter((t) => t.legendgroup === method && (t.line as PlotlyObject).dash === dash);
}
const numbers = (value: unknown): (number | null)[] => value as (number | null)[];
const bar = (trace: PlotlyObject): PlotlyObject => trace.error_y as PlotlyObject;

describe("a curve figure", () => {
  it("covers mean - 1.96 mcse to mean + 1.96 mcse with every error bar", () => {
    for (const logY of [false, true]) {
      const figure = curveFigure(study, { title: "t", x: X, metric: "sinTheta2", logY });
      const [trace] = traces(figure.data, "standard", "solid");
      study.cells.forEach((cell, i) => {
        const { mean, mcse } = cell.methods.standard!.sinTheta2;
        expect(numbers(trace!.y)[i]).toBe(mean);
        expect(numbers(bar(trace!).array)[i]).toBeCloseTo(1.96 * mcse!, 12);
        expect(numbers(bar(trace!).arrayminus)[i]).toBeCloseTo(1.96 * mcse!, 12);
      });
    }
  });

  it("never draws an error bar to 0 or below on a log axis", () => {
    const wild = patched(1, "standard", { mcse: 10 });
    const figure = curveFigure(wild, { title: "t", x: X, metric: "sinTheta2", logY: true });
    const [trace] = traces(figure.data, "standard", "solid");
    numbers(trace!.y).forEach((y, i) => {
      expect(y! - numbers(bar(trace!).arrayminus)[i]!).toBeGreaterThan(0);
    });
    expect(numbers(bar(trace!).array)[1]).toBeCloseTo(19.6, 12);
  });

  it("shows what is not known as a gap, never as 0", () => {
    const hole = patched(2, "standard", {
      mean: null,
      mcse: null,
      n: 0,
      predicted: null,
      bound: null,
      deviation: null,
    });
    const figure = curveFigure(hole, { title: "t", x: X, metric: "sinTheta2" });
    for (const dash of ["solid", "dash", "dot"]) {
      const [trace] = traces(figure.data, "standard", dash);
      expect(numbers(trace!.y)[2]).toBeNull();
      expect(trace!.connectgaps).toBe(false);
      expect(numbers(trace!.y).filter((y) => y === null)).toHaveLength(1);
    }
  });

  it("has no value that is not positive on a log axis, and says which methods that hides", () => {
    const zeros = patched(0, "standard", { mean: 0, predicted: 0 });
    const figure = curveFigure(zeros, { title: "t", x: X, metric: "sinTheta2", logY: true });
    for (const trace of figure.data) {
      for (const y of numbers(trace.y)) expect(y === null || y > 0).toBe(true);
    }
    expect(figure.caption).toContain("Not drawn where it is 0 (log axis): standard, oracle.");
    expect(figure.data.some((t) => t.name === "oracle")).toBe(false);
  });

  it("dashes the prediction and dots the bound through its first point", () => {
    const figure = curveFigure(study, { title: "t", x: X, metric: "sinTheta2" });
    const summaries = study.cells.map((c) => c.methods.standard!.sinTheta2);
    expect(traces(figure.data, "standard", "dash")[0]!.y).toEqual(summaries.map((s) => s.predicted));
    const bound = numbers(traces(figure.data, "standard", "dot")[0]!.y);
    const constant = summaries[0]!.mean! / summaries[0]!.bound!;
    expect(bound[0]).toBeCloseTo(summaries[0]!.mean!, 12);
    bound.forEach((y, i) => {
      expect(y! / summaries[i]!.bound!).toBeCloseTo(constant, 12);
    });
    expect(traces(figure.data, "adversarial", "dot")).toHaveLength(0);
    expect(traces(figure.data, "no-transfer", "dash")).toHaveLength(0);
  });

  it("shows the root of everything under sqrt", () => {
    const figure = curveFigure(study, { title: "t", x: X, metric: "sinTheta2", transform: "sqrt" });
    study.cells.forEach((cell, i) => {
      const { mean, mcse, predicted } = cell.methods.both!.sinTheta2;
      const [seen] = traces(figure.data, "both", "solid");
      expect(numbers(seen!.y)[i]).toBeCloseTo(Math.sqrt(mean!), 12);
      expect(numbers(bar(seen!).array)[i]).toBeCloseTo((1.96 * mcse!) / (2 * Math.sqrt(mean!)), 12);
      expect(numbers(traces(figure.data, "both", "dash")[0]!.y)[i]).toBeCloseTo(Math.sqrt(predicted!), 12);
    });
  });

  it("gives a method one colour in every trace of every figure", () => {
    const other = fakeStudyResult({ vary: { [X]: [100, 400] }, methods: ["oracle", "both", "standard"] });
    const styles = methodStyles(["standard", "both", "oracle"]);
    for (const figure of [...figuresForStudy(study), ...figuresForStudy(other)]) {
      for (const trace of figure.data) {
        const style = styles.get(String(trace.legendgroup));
        const marker = trace.marker as PlotlyObject | undefined;
        if (style === undefined || marker === undefined) continue;
        expect(marker.color).toBe(style.color);
        expect(marker.symbol).toBe(style.symbol);
        expect(bar(trace).color).toBe(style.color);
      }
    }
  });

  it("keeps every simulated number: cells that differ in another varied path are never in one curve", () => {
    const crossed = fakeStudyResult({ vary: { [X]: [100, 200], "problem.labeled": [10, 20, 40] } });
    const figure = curveFigure(crossed, { title: "t", x: X, metric: "excessRisk" });
    const drawn = traces(figure.data, "standard", "solid");
    expect(drawn.map((t) => t.xaxis)).toEqual(["x", "x2", "x3"]);
    const values = drawn.flatMap((t) => numbers(t.y));
    const truth = crossed.cells.map((c) => c.methods.standard!.excessRisk.mean);
    expect([...values].sort()).toEqual([...truth].sort());
    expect(drawn.filter((t) => t.showlegend === true)).toHaveLength(1);
    const fixed = curveFigure(crossed, {
      title: "t",
      x: X,
      metric: "excessRisk",
      where: { "problem.labeled": 20 },
    });
    expect(traces(fixed.data, "standard", "solid")).toHaveLength(1);
  });

  it("lists every simulated point in its table", () => {
    const figure = curveFigure(study, { title: "t", x: X, metric: "excessRisk" });
    expect(figure.table.rows).toHaveLength(study.cells.length * 6);
    for (const row of figure.table.rows) expect(row).toHaveLength(figure.table.columns.length);
  });

  it("gives 0 a place of its own on a log x axis, and says so", () => {
    const from0 = fakeStudyResult({ vary: { "problem.unlabeled": [0, 10, 40, 160] } });
    const figure = curveFigure(from0, { title: "t", x: "problem.unlabeled", metric: "sinTheta2" });
    const xaxis = figure.layout.xaxis as PlotlyObject;
    expect(xaxis.type).toBe("log");
    expect((xaxis.ticktext as string[])[0]).toBe("0");
    const x = numbers(traces(figure.data, "standard", "solid")[0]!.x);
    expect(x[0]).toBe((xaxis.tickvals as number[])[0]);
    expect(x.slice(1)).toEqual([10, 40, 160]);
    expect(figure.caption).toContain("not to scale");
  });

  it("writes user text so that plotly reads no markup in it", () => {
    const name = '<a href="https://x">&';
    const odd = fakeStudyResult({ vary: { [X]: [100, 200] }, methods: [name] });
    const figure = curveFigure(odd, { title: "t", x: X, metric: "excessRisk", yLabel: "<b>" });
    const trace = figure.data[0]!;
    expect(trace.name).toBe('&lt;a href="https://x"&gt;&amp;');
    expect((trace.hovertext as string[])[0]).not.toContain("<a");
    expect(JSON.stringify(figure.layout)).not.toContain('"<b>"');
  });

  it("refuses paths and methods that the study does not have", () => {
    expect(() => curveFigure(study, { title: "t", x: "problem.nope", metric: "sinTheta2" })).toThrow(
      /problem\.nope/,
    );
    const options = { title: "t", x: X, metric: "sinTheta2", methods: ["standrad"] } as const;
    expect(() => curveFigure(study, options)).toThrow(/standard/);
  });

  it("is the same bytes for the same result", () => {
    const make = (): string => JSON.stringify(figuresForStudy(fakeStudyResult({ bounds: true })));
    expect(make()).toBe(make());
  });
});

describe("a contrast figure", () => {
  const pairs = [
    ["adversarial", "standard"],
    ["both", "standard"],
  ] as const;
  const contrasted = fakeStudyResult({ vary: { [X]: [100, 200, 400] }, contrasts: pairs });

  it("shows a - b with its own interval, signs kept, and zero in sight", () => {
    const figure = contrastFigure(contrasted, { title: "t", x: X, metric: "sinTheta2" });
    const [trace] = traces(figure.data, "adversarial \u2212 standard", "solid");
    contrasted.cells.forEach((cell, i) => {
      const { mean, mcse } = cell.contrasts[0]!.metrics.sinTheta2;
      expect(mean).toBeLessThan(0);
      expect(numbers(trace!.y)[i]).toBe(mean);
      expect(numbers(bar(trace!).arrayminus)[i]).toBeCloseTo(1.96 * mcse!, 12);
    });
    const yaxis = figure.layout.yaxis as PlotlyObject;
    expect(yaxis.zeroline).toBe(true);
    expect(numbers(yaxis.range)[1]).toBeGreaterThan(0);
  });

  it("refuses a study without contrasts", () => {
    expect(() => contrastFigure(study, { title: "t", x: X, metric: "sinTheta2" })).toThrow(/contrasts/);
  });
});

describe("default figures", () => {
  it("put the numeric path with most values on the x axis", () => {
    const vary = {
      "problem.noise.family": ["gaussian", "uniform", "rademacher"],
      "problem.labeled": [1, 2],
      [X]: [4, 8],
    };
    expect(mainPath(fakeStudyResult({ vary }))).toBe("problem.labeled");
    expect(mainPath(fakeStudyResult({ vary: {} }))).toBeNull();
  });

  it("exist for a study that varies nothing, names, or one value", () => {
    for (const vary of [{}, { "problem.noise.family": ["gaussian", "uniform"] }, { [X]: [100] }]) {
      const figures = figuresForStudy(fakeStudyResult({ vary }));
      expect(figures.length).toBeGreaterThanOrEqual(2);
      for (const figure of figures) expect(figure.data.length).toBeGreaterThan(0);
    }
  });
});
