import type { Gallery } from "../../deep/gallery/gallery.js";
import type { FigureSpec } from "../figureSpec.js";
import { attackFigure, sensitivityFigure } from "./attackPictures.js";
import { featureFigure } from "./featurePictures.js";
import { sampleFigure } from "./samplePictures.js";

/** All pictures of a gallery, in the order of a page: inputs, what attacks do to them, what first layers look at. */
export function galleryFigures(study: string, gallery: Gallery): FigureSpec[] {
  return [
    sampleFigure(study, gallery),
    attackFigure(study, gallery),
    sensitivityFigure(study, gallery),
    featureFigure(study, gallery),
  ].filter((figure) => figure !== null);
}
