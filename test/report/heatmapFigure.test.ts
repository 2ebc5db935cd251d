import { describe, expect, it } from "vitest";
import type { PlotlyObject } from "../../src/report/figureSpec.js";
import { gridHeatmap } from "../../src/report/gridHeatmap.js";
import { heatmapFigure } from "../../src/report/heatmapFigure.js";
import { fakeStudyResult } from "../helpers/fakeStudyResult.js";

const study = fakeStudyResult({ vary: { "problem.labeled": [40, 10, 20], "problem.dimension": [100, 400] } });
const paths = {
  title: "t",
  x: "problem.labeled",
  y: "problem.dimension",
  metric: "sinTheta2",
  method: "standard",
} as const;

describe("a heat map", () => {
  it("puts every cell at its own x and y", () => {
    const [map] = heatmapFigure(study, paths).data;
    expect(map!.x).toEqual([10, 20, 40]);
    for (const cell of study.cells) {
      const j = [10, 20, 40].indexOf(cell.problem.labeled);
      const i = [100, 400].indexOf(cell.problem.dimension);
      expect((map!.z as number[][])[i]![j]).toBe(cell.methods.standard!.sinTheta2.mean);
    }
  });

  it("shows differences on a scale that is symmetric about 0", () => {
    const figure = heatmapFigure(study, { ...paths, method: "both", minus: "standard" });
    const axis = figure.layout.coloraxis as PlotlyObject;
    expect(axis.cmin).toBe(-(axis.cmax as number));
    const values = (figure.data[0]!.z as number[][]).flat();
    expect(Math.max(...values.map(Math.abs))).toBe(axis.cmax);
    expect(values.every((v) => v < 0)).toBe(true);
  });

  it("leaves a blank where there is no number, and draws boundary and simulated points over the map", () => {
    const figure = gridHeatmap({
      id: "g",
      title: "t",
      x: [1, 10],
      y: [1, 2],
      values: [
        [0.1, null],
        [0.3, 0.4],
      ],
      xLabel: "x",
      yLabel: "y",
      valueLabel: "v",
      logX: true,
      logY: false,
      boundaries: [
        {
          label: "edge",
          points: [
            [1, 1],
            [10, 2],
          ],
        },
      ],
      points: [{ x: 10, y: 1, value: 0.9 }],
    });
    expect((figure.data[0]!.z as unknown[][])[0]![1]).toBeNull();
    expect((figure.layout.coloraxis as PlotlyObject).cmax).toBe(0.9);
    const edge = figure.data.find((t) => t.name === "edge" && t.showlegend === true);
    expect(edge!.y).toEqual([1, 2]);
    expect(figure.table.rows[0]).toEqual(["1", "0.100", "\u2014"]);
  });

  it("refuses a third varied path that is not fixed, and axes that are not numbers", () => {
    const three = fakeStudyResult({
      vary: { "problem.labeled": [10, 20], "problem.dimension": [100, 400], "problem.unlabeled": [0, 10] },
    });
    expect(() => heatmapFigure(three, paths)).toThrow(/where/);
    expect(() => heatmapFigure(three, { ...paths, where: { "problem.unlabeled": 10 } })).not.toThrow();
    const names = fakeStudyResult({
      vary: { "problem.labeled": [1, 2], "problem.noise.family": ["gaussian", "uniform"] },
    });
    expect(() => heatmapFigure(names, { ...paths, y: "problem.noise.family" })).toThrow(/numeric/);
  });
});
