import type { Gallery } from "../../deep/gallery/gallery.js";
import type { FigureSpec } from "../figureSpec.js";
import { counted } from "./deepText.js";
import { matrixFigure } from "./matrixFigure.js";

/** How alike what the arms have learnt is: alignment of features, and angles between first layers. */
export function similarityFigures(study: string, { similarity }: Gallery): FigureSpec[] {
  const { arms, cka, samples, angles } = similarity;
  const figures: FigureSpec[] = [];
  if (arms.length > 1) {
    figures.push(
      matrixFigure({
        id: `${study}-cka`,
        title: "Similarity of the features",
        caption: `Linear centred kernel alignment of the features of ${counted(samples, "target test input")}: 1 where one set of features is a rotation and rescaling of the other. It is biased upwards where features are not far fewer than inputs.`,
        names: arms,
        values: cka,
        valueLabel: "linear CKA",
        table: {
          caption: "Linear centred kernel alignment of the features of every two arms",
          columns: ["arm", ...arms],
          rows: arms.map((arm, i) => [
            arm,
            ...cka[i]!.map((value) => (value === null ? "\u2014" : value.toFixed(3))),
          ]),
        },
      }),
    );
  }
  if (angles !== null && angles.names.length > 1) {
    const { names, degrees, rank } = angles;
    const known = names[0] === "B" ? " B: the true subspace." : "";
    figures.push(
      matrixFigure({
        id: `${study}-angles`,
        title: "Angles between first layers",
        caption:
          `Between the ${rank} leading directions of the first layers, as ||sin \u0398||\u00b2 / ${rank}: 0 for the same subspace, 1 for orthogonal ones.${known} The table has all angles.`.replaceAll(
            "||",
            "\u2016",
          ),
        names,
        values: degrees.map((row) => row.map((pair) => meanSquaredSine(pair))),
        valueLabel: `\u2016sin \u0398\u2016\u00b2 / ${rank}`,
        table: {
          caption:
            "Principal angles in degrees, ascending, between the leading subspaces of every two first layers",
          columns: ["", ...names],
          rows: names.map((name, i) => [name, ...degrees[i]!.map(anglesText)]),
        },
      }),
    );
  }
  return figures;
}

function meanSquaredSine(degrees: readonly number[]): number {
  return degrees.reduce((sum, angle) => sum + Math.sin((Math.PI * angle) / 180) ** 2, 0) / degrees.length;
}

function anglesText(degrees: readonly number[]): string {
  return degrees.map((angle) => `${angle.toFixed(0)}\u00b0`).join(" ");
}
