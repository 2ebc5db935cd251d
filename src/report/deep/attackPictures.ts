import { numberText, tickText } from "../../core/numberText.js";
import type { Gallery, GalleryAttack, GalleryAttacks } from "../../deep/gallery/gallery.js";
import { type Picture, pictureNumbers, pictureOf } from "../../deep/gallery/picture.js";
import type { FigureSpec, ReportTable } from "../figureSpec.js";
import {
  type CoordinateOrder,
  coordinateOrder,
  coordinateTitle,
  inOrder,
  orderText,
} from "./coordinateOrder.js";
import { sentences } from "./deepText.js";
import { type MosaicRow, mosaic } from "./mosaic.js";
import { type StripBand, strips } from "./strips.js";

/**
 * What attacks do to inputs, as each network sees them: the input, the perturbation on a scale of its own and, for arms that are trained with the attack, the perturbed
 * input. Null where no arm is attacked.
 */
export function attackFigure(study: string, gallery: Gallery): FigureSpec | null {
  const { attacks, shape } = gallery;
  if (attacks === null) return null;
  const parts = { id: `${study}-attacks`, title: "Adversarial perturbations", table: attackTable(attacks) };
  const other = attacks.arms.find(({ arm, attackOf }) => arm !== attackOf);
  const scale =
    "Perturbations are drawn each on its own scale (blue: less, orange: more); the table has their sizes.";
  const borrowed =
    other === undefined
      ? ""
      : `Arms that are trained without an attack are attacked as ${other.attackOf} is.`;
  if (shape.length === 1) {
    const order = coordinateOrder(gallery.rowNorms, shape[0]!);
    return strips({
      ...parts,
      caption: sentences(
        `A test sample of the first source task (class ${attacks.classNames[0]}).`,
        scale,
        borrowed,
        orderText(order),
      ),
      bands: attackBands(attacks, order),
      signed: true,
      support: order.support,
      xTitle: coordinateTitle(order),
      rowHeight: 18,
      wide: false,
    });
  }
  const inputs: MosaicRow = {
    label: "input",
    look: "grey",
    tiles: attacks.inputs.map(({ values }, i) => ({ values, text: `class ${attacks.classNames[i]}` })),
  };
  return mosaic({
    ...parts,
    caption: sentences(
      "Test samples of the source task.",
      scale,
      borrowed,
      "Above a sample: its class; the table has what each network takes it for.",
    ),
    shape,
    rows: [inputs, ...attacks.arms.flatMap((arm) => attackRows(arm, attacks))],
    columns: attacks.classNames.map((name) => `class ${name}`),
    wide: false,
  });
}

function attackRows(one: GalleryAttack, { inputs }: GalleryAttacks): MosaicRow[] {
  const text = (i: number): string =>
    `${one.arm}: taken for ${one.before[i]}, with the perturbation for ${one.after[i]}`;
  const perturbation: MosaicRow = {
    label: one.arm,
    look: "signed",
    tiles: one.perturbations.map(({ values }, i) => ({ values, text: text(i) })),
  };
  if (one.arm !== one.attackOf) return [perturbation];
  const perturbed: MosaicRow = {
    label: "perturbed",
    look: "grey",
    tiles: one.perturbations.map((delta, i) => ({ values: sum(inputs[i]!, delta).values, text: text(i) })),
  };
  return [perturbation, perturbed];
}

function attackBands({ inputs, arms }: GalleryAttacks, order: CoordinateOrder): StripBand[] {
  const band = (label: string, picture: Picture, text: string): StripBand => ({
    label,
    rows: [inOrder(picture, order)],
    texts: [text],
  });
  return [
    band("input", inputs[0]!, "The input"),
    ...arms.flatMap(({ arm, attackOf, perturbations, before, after }) => {
      const text = `${arm}: taken for class ${before[0]}, with the perturbation for ${after[0]}`;
      const own = band(arm, perturbations[0]!, text);
      return arm === attackOf ? [own, band("perturbed", sum(inputs[0]!, perturbations[0]!), text)] : [own];
    }),
  ];
}

function sum(a: Picture, b: Picture): Picture {
  const [x, y] = [pictureNumbers(a), pictureNumbers(b)];
  return pictureOf(x.map((value, i) => value + y[i]!));
}

function attackTable({ classNames, arms }: GalleryAttacks): ReportTable {
  return {
    caption: "Perturbations of the samples shown, and the class that each network finds most probable",
    columns: [
      "arm",
      "attack of",
      "norm",
      "\u03b5",
      "class",
      "taken for",
      "perturbed, taken for",
      "\u2016\u03b4\u2016\u2082",
      "largest |\u03b4|",
    ],
    rows: arms.flatMap(({ arm, attackOf, norm, radius, perturbations, before, after }) =>
      perturbations.map((picture, i) => {
        const delta = pictureNumbers(picture);
        return [
          arm,
          attackOf,
          norm === 2 ? "\u2113\u2082" : "\u2113\u221e",
          tickText(radius),
          classNames[i]!,
          before[i]!,
          after[i]!,
          numberText(Math.hypot(...delta)),
          numberText(Math.max(...delta.map(Math.abs))),
        ];
      }),
    ),
  };
}

/** Where the loss of each network is sensitive, by coordinate, below the rows of B: data with a known subspace only. */
export function sensitivityFigure(study: string, gallery: Gallery): FigureSpec | null {
  const { attacks, rowNorms, chance } = gallery;
  const arms = attacks?.arms.filter(({ sensitivity }) => sensitivity !== null) ?? [];
  if (rowNorms === null || chance === null || arms.length === 0) return null;
  const order = coordinateOrder(rowNorms, rowNorms.length);
  const at = (numbers: readonly number[]): number[] => order.order.map((i) => numbers[i]!);
  const share = (value: number | null): string =>
    value === null ? "\u2014" : `${(100 * value).toFixed(1)} %`;
  return strips({
    id: `${study}-sensitivity`,
    title: "Where networks are sensitive",
    caption: sentences(
      "Root mean square of the gradient of the loss by coordinate, over test samples of the first source task (what an attack follows), below the lengths of the rows of B; from 0 (dark), each row on its own scale.",
      `Share of the squared gradient in span(B): ${arms.map(({ arm, gradientInSubspace }) => `${arm} ${share(gradientInSubspace)}`).join(", ")}; ${share(chance)} would be chance.`,
      orderText(order),
    ),
    bands: [
      { label: "rows of B", rows: [at(rowNorms)], texts: ["Lengths of the rows of B"] },
      ...arms.map(
        ({ arm, sensitivity, gradientInSubspace }): StripBand => ({
          label: arm,
          rows: [at(sensitivity!)],
          texts: [`${arm}: ${share(gradientInSubspace)} of the squared gradient in span(B)`],
        }),
      ),
    ],
    signed: false,
    support: order.support,
    xTitle: coordinateTitle(order),
    rowHeight: 18,
    wide: false,
    table: {
      caption: "Share of the squared gradient of the loss in span(B)",
      columns: ["arm", "share"],
      rows: [
        ...arms.map(({ arm, gradientInSubspace }) => [arm, share(gradientInSubspace)]),
        ["chance", share(chance)],
      ],
    },
  });
}
