import { numberText } from "../../core/numberText.js";
import type { Gallery, GallerySample } from "../../deep/gallery/gallery.js";
import { pictureNumbers } from "../../deep/gallery/picture.js";
import type { FigureSpec, ReportTable } from "../figureSpec.js";
import { upperFirst } from "../labels.js";
import { coordinateOrder, coordinateTitle, inOrder, orderText } from "./coordinateOrder.js";
import { sentences } from "./deepText.js";
import { type MosaicRow, mosaic } from "./mosaic.js";
import { type StripBand, strips } from "./strips.js";

const PARTS = ["source", "target"] as const;

/** Inputs of the source and the target task, as images or over coordinates. */
export function sampleFigure(study: string, gallery: Gallery): FigureSpec {
  const id = `${study}-samples`;
  const title = "Inputs of the source and the target task";
  const table = sampleTable(gallery);
  if (gallery.shape.length === 1) {
    const order = coordinateOrder(gallery.rowNorms, gallery.shape[0]!);
    const bands = gallery.samples.map(
      (sample): StripBand => ({
        label: `${sample.part}, class ${sample.className}`,
        rows: [inOrder(sample.picture, order)],
        texts: [sampleText(sample)],
      }),
    );
    return strips({
      id,
      title,
      caption: sentences(
        "Test samples, a row each: blue below 0, orange above, each row on its own scale.",
        gallery.rowNorms === null ? "" : "The class lies in the span of B alone; the rest is noise.",
        orderText(order),
      ),
      bands,
      signed: true,
      support: order.support,
      xTitle: coordinateTitle(order),
      rowHeight: 18,
      wide: false,
      table,
    });
  }
  const [source, target] = PARTS.map((part) => gallery.samples.filter((sample) => sample.part === part));
  const count = Math.max(source!.length, target!.length);
  const places = Array.from({ length: count }, (_, i) => i);
  const row = (label: string, samples: readonly GallerySample[]): MosaicRow => ({
    label,
    look: "grey",
    tiles: places.map((i) => {
      const sample = samples[i];
      return sample === undefined ? null : { values: sample.picture.values, text: sampleText(sample) };
    }),
  });
  return mosaic({
    id,
    title,
    caption:
      "A test sample of each class as the networks see it, each on its own scale of brightness. Above: its class in the source / in the target.",
    shape: gallery.shape,
    rows: [row("source", source!), row("target", target!)],
    columns: places.map((i) => `${source![i]?.className ?? ""} / ${target![i]?.className ?? ""}`),
    wide: true,
    table,
  });
}

function sampleText({ part, className }: GallerySample): string {
  return `${upperFirst(part)}, class ${className}`;
}

function sampleTable({ samples }: Gallery): ReportTable {
  return {
    caption: "The samples shown: their classes, and their smallest, mean and largest entries",
    columns: ["part", "class", "smallest", "mean", "largest"],
    rows: samples.map(({ part, className, picture }) => {
      const numbers = pictureNumbers(picture);
      const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
      return [
        part,
        className,
        numberText(Math.min(...numbers)),
        numberText(mean),
        numberText(Math.max(...numbers)),
      ];
    }),
  };
}
