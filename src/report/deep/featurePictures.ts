import type { Gallery } from "../../deep/gallery/gallery.js";
import type { FigureSpec, ReportTable } from "../figureSpec.js";
import { coordinateOrder, coordinateTitle, inOrder, orderText } from "./coordinateOrder.js";
import { counted, sentences } from "./deepText.js";
import { mosaic } from "./mosaic.js";
import { strips } from "./strips.js";

/** Units of the first layer of every arm: as images, or their absolute weights over coordinates. Null where no arm has a network. */
export function featureFigure(study: string, gallery: Gallery): FigureSpec | null {
  const { features, chance } = gallery;
  const { arms, units, shape } = features;
  if (arms.length === 0) return null;
  const parts = { id: `${study}-features`, title: "First layers", table: featureTable(gallery) };
  const same = `The same ${counted(units.length, "unit")} of every arm, those with the longest weights on average: all arms start from the same weights, which random still has.`;
  const share = (value: number | null): string =>
    value === null ? "\u2014" : `${(100 * value).toFixed(1)} %`;
  if (shape.length === 1) {
    const order = coordinateOrder(gallery.rowNorms, shape[0]!);
    const inside =
      chance === null
        ? ""
        : `Share of all squared weights of the layer in span(B): ${arms.map(({ arm, inSubspace }) => `${arm} ${share(inSubspace)}`).join(", ")}; ${share(chance)} would be chance.`;
    return strips({
      ...parts,
      caption: sentences(
        "Absolute weights, a row a unit; from 0 (dark), each arm on its own scale.",
        same,
        inside,
        orderText(order),
      ),
      bands: arms.map(({ arm, pictures }) => ({
        label: arm,
        rows: pictures.map((picture) => inOrder(picture, order).map(Math.abs)),
        texts: pictures.map((_, k) => `${arm}, unit ${units[k]}`),
      })),
      signed: false,
      support: order.support,
      xTitle: coordinateTitle(order),
      rowHeight: 6,
      wide: true,
    });
  }
  return mosaic({
    ...parts,
    caption: sentences("Weights of units, each on its own scale (blue: negative, orange: positive).", same),
    shape,
    rows: arms.map(({ arm, pictures }) => ({
      label: arm,
      look: "signed",
      tiles: pictures.map(({ values }, k) => ({ values, text: `${arm}, unit ${units[k]}` })),
    })),
    columns: units.map(String),
    wide: false,
  });
}

function featureTable({ features: { arms, units }, chance }: Gallery): ReportTable {
  const percent = (value: number | null): string =>
    value === null ? "\u2014" : `${(100 * value).toFixed(1)} %`;
  if (chance !== null && arms.some(({ inSubspace }) => inSubspace !== null)) {
    return {
      caption: "Share of the squared weights of the first layer in span(B) and on the support of B",
      columns: ["arm", "in span(B)", "on the support"],
      rows: [
        ...arms.map(({ arm, inSubspace, onSupport }) => [arm, percent(inSubspace), percent(onSupport)]),
        ["chance", percent(chance), "\u2014"],
      ],
    };
  }
  return {
    caption: "Largest absolute weight of each unit shown",
    columns: ["arm", ...units.map((unit) => `unit ${unit}`)],
    rows: arms.map(({ arm, pictures }) => [arm, ...pictures.map(({ unit }) => (127 * unit).toPrecision(2))]),
  };
}
