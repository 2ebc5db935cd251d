import { describe, expect, it } from "vitest";
import type { Gallery } from "../../../src/deep/gallery/gallery.js";
import { pictureNumbers } from "../../../src/deep/gallery/picture.js";
import { coordinateOrder } from "../../../src/report/deep/coordinateOrder.js";
import { galleryFigures } from "../../../src/report/deep/galleryFigures.js";
import { mosaic } from "../../../src/report/deep/mosaic.js";
import { similarityFigures } from "../../../src/report/deep/similarityFigures.js";
import type { FigureSpec, PlotlyObject } from "../../../src/report/figureSpec.js";
import { fakeGallery } from "./fakeGallery.js";

const byId = (figures: readonly FigureSpec[], id: string): FigureSpec =>
  figures.find((f) => f.id.endsWith(id))!;
const maps = (figure: FigureSpec): PlotlyObject[] => figure.data.filter((t) => t.type === "heatmap");
const table = (value: unknown): (number | null)[][] => value as (number | null)[][];
const hidden = (figure: FigureSpec): string[] =>
  figure.data.filter((t) => t.hoverinfo === "text").flatMap((t) => t.hovertext as string[]);

const parts = {
  id: "m",
  title: "",
  caption: "",
  columns: ["a", "b"],
  wide: false,
  table: { caption: "", columns: [], rows: [] },
};

describe("a mosaic", () => {
  it("puts every pixel in its place: rows downwards, pictures beside each other with a gap", () => {
    const tile = (first: number) => ({
      values: [0, 1, 2, 3, 4, 5].map((i) => first + i),
      text: `tile ${first}`,
    });
    const figure = mosaic({
      ...parts,
      shape: [2, 3, 1],
      rows: [
        { label: "top", look: "grey", tiles: [tile(10), tile(20)] },
        { label: "below", look: "signed", tiles: [null, tile(-5)] },
      ],
    });
    const [top, below] = maps(figure);
    expect(top!.z).toEqual([
      [10, 11, 12, null, 20, 21, 22],
      [13, 14, 15, null, 23, 24, 25],
    ]);
    expect(table(below!.z)[1]).toEqual([null, null, null, null, -2, -1, 0]);
    // The y axis runs downwards, and the second row begins a gap below the first.
    const { range } = figure.layout.yaxis as { range: [number, number] };
    expect(range[0]).toBeGreaterThan(range[1]);
    expect([top!.y0, below!.y0]).toEqual([0, 3]);
    expect([below!.zmin, below!.zmax]).toEqual([-127, 127]);
    expect(figure.layout.yaxis).toMatchObject({
      scaleanchor: "x",
      ticktext: ["top", "below"],
      tickvals: [0.5, 3.5],
    });
    expect(figure.layout.xaxis).toMatchObject({ ticktext: ["a", "b"], tickvals: [1, 5] });
    expect(hidden(figure)).toEqual(["tile 10", "tile 20", "tile -5"]);
  });

  it("shows colours as they are, and signed colour pictures about grey", () => {
    const values = [127, 0, 64, 0, 0, 127];
    const figure = mosaic({
      ...parts,
      shape: [1, 2, 3],
      rows: [
        { label: "", look: "grey", tiles: [{ values, text: "" }] },
        { label: "", look: "signed", tiles: [{ values: [-127, 0, 127, 0, 0, 0], text: "" }] },
      ],
      columns: ["a"],
    });
    const [plain, signed] = figure.data.filter((t) => t.type === "image");
    expect([plain!.y0, signed!.y0]).toEqual([0, 2]);
    expect(plain!.z).toEqual([
      [
        [255, 0, 129],
        [0, 0, 255],
      ],
    ]);
    expect(signed!.z).toEqual([
      [
        [0, 127, 254],
        [127, 127, 127],
      ],
    ]);
  });
});

describe("pictures of images", () => {
  const gallery = fakeGallery([6, 5, 1]);
  const figures = galleryFigures("digits", gallery);

  it("are inputs, perturbations and first layers, each with a table", () => {
    expect(figures.map(({ id }) => id)).toEqual(["digits-samples", "digits-attacks", "digits-features"]);
    for (const { table: numbers } of figures) expect(numbers.rows.length).toBeGreaterThan(0);
  });

  it("perturbed is the input and its perturbation together, for arms trained with the attack alone", () => {
    const figure = byId(figures, "attacks");
    expect((figure.layout.yaxis as PlotlyObject).ticktext).toEqual([
      "input",
      "standard",
      "adversarial",
      "perturbed",
      "semi-supervised",
      "both",
      "perturbed",
    ]);
    const { inputs, arms } = gallery.attacks!;
    const sum = pictureNumbers(inputs[0]!).map((x, i) => x + pictureNumbers(arms[1]!.perturbations[0]!)[i]!);
    const most = Math.max(...sum.map(Math.abs));
    const seen = table(maps(figure)[3]!.z).flatMap((row) => row.slice(0, 5) as number[]);
    seen.forEach((value, i) => {
      expect(Math.abs((value / 127) * most - sum[i]!)).toBeLessThan(most / 127);
    });
    expect(figure.caption).toContain(
      "Arms that are trained without an attack are attacked as adversarial is.",
    );
    expect(hidden(figure)).toContain("standard: taken for 0, with the perturbation for 1");
    const row = figure.table.rows[2]!;
    expect(row.slice(0, 5)).toEqual(["adversarial", "adversarial", "\u2113\u2082", "1", "0"]);
    const delta = pictureNumbers(arms[1]!.perturbations[0]!);
    expect(Number(row[7])).toBeCloseTo(Math.hypot(...delta), 2);
  });

  it("have the classes of both parts above the samples", () => {
    const samples = byId(figures, "samples");
    expect((samples.layout.xaxis as PlotlyObject).ticktext).toEqual(["0 / 3", "1 / 4", "2 / 5"]);
    expect(hidden(samples)).toEqual(
      ["Source", "Target"].flatMap((part, k) => [0, 1, 2].map((c) => `${part}, class ${c + 3 * k}`)),
    );
  });
});

describe("pictures of vectors", () => {
  const gallery = fakeGallery([40]);
  const figures = galleryFigures("teacher", gallery);

  it("have the support of B on the left, with a line behind it", () => {
    const order = coordinateOrder(gallery.rowNorms, 40);
    expect(order.order.slice(0, 5)).toEqual([3, 13, 23, 33, 0]);
    expect(order.support).toBe(4);
    for (const figure of figures) {
      const line = figure.data.find((t) => t.mode === "lines")!;
      expect(line.x).toEqual([3.5, 3.5]);
    }
    const [rows, standard] = maps(byId(figures, "sensitivity"));
    expect(table(rows!.z)[0]!.slice(0, 5)).toEqual([127, 127, 127, 127, 0]);
    const { sensitivity } = gallery.attacks!.arms[0]!;
    const most = Math.max(...sensitivity!);
    expect(table(standard!.z)[0]![4]).toBe(Math.round((127 * sensitivity![0]!) / most));
  });

  it("show absolute weights, a row a unit, and what share of them is in span(B) beside chance", () => {
    const figure = byId(figures, "features");
    const bands = maps(figure);
    expect(bands).toHaveLength(5);
    for (const band of bands) {
      expect(table(band.z)).toHaveLength(3);
      expect(Math.min(...table(band.z).flat().map(Number))).toBeGreaterThanOrEqual(0);
    }
    expect(figure.caption).toContain("adversarial 5.0 %");
    expect(figure.caption).toContain("5.0 % would be chance");
    expect(figure.table.rows.at(-1)).toEqual(["chance", "5.0 %", "\u2014"]);
  });

  it("of a dense B have no line, and more coordinates than can be drawn are said to be left out", () => {
    const dense: Gallery = { ...gallery, rowNorms: gallery.rowNorms!.map((_, i) => 1 + i / 100) };
    for (const figure of galleryFigures("dense", dense)) {
      expect(figure.data.some((t) => t.mode === "lines")).toBe(false);
    }
    expect(coordinateOrder(dense.rowNorms, 40).order[0]).toBe(39);
    const wide = coordinateOrder(null, 1000);
    expect([wide.order.length, wide.hidden, wide.support]).toEqual([400, 600, null]);
  });

  it("are left out where nobody is attacked or has a network", () => {
    const none: Gallery = { ...gallery, attacks: null, features: { shape: [], units: [], arms: [] } };
    expect(galleryFigures("none", none).map(({ id }) => id)).toEqual(["none-samples"]);
  });
});

describe("similarity", () => {
  it("has the alignment of every two arms, and angles as the mean squared sine, 0 to 1", () => {
    const { similarity } = fakeGallery([40]);
    const [cka, angles] = similarityFigures("teacher", fakeGallery([40]));
    expect(maps(cka!)[0]!.z).toEqual(similarity.cka);
    const values = table(maps(angles!)[0]!.z);
    expect(values[0]![0]).toBe(0);
    const [first, second] = similarity.angles!.degrees[0]![1]!.map((a) => Math.sin((a * Math.PI) / 180) ** 2);
    expect(values[0]![1]).toBeCloseTo((first! + second!) / 2, 12);
    expect(angles!.table.rows[0]![2]).toBe("25\u00b0 60\u00b0");
    expect((cka!.layout.yaxis as { range: number[] }).range).toEqual([5.5, -0.5]);
    expect(angles!.caption).toContain("B: the true subspace.");
  });
});
