import { type Picture, pictureNumbers } from "../../deep/gallery/picture.js";
import { sentences } from "./deepText.js";

/** More coordinates than this are not drawn. */
const MOST = 400;

/** In which order coordinates are drawn: those with the longest rows of B first, so that a sparse support is on the left. */
export interface CoordinateOrder {
  readonly order: readonly number[];
  /** How many coordinates are in the support of B; null where B is dense or not known. */
  readonly support: number | null;
  /** Whether B decided the order. */
  readonly sorted: boolean;
  /** Coordinates that are left out. */
  readonly hidden: number;
}

export function coordinateOrder(rowNorms: readonly number[] | null, dimension: number): CoordinateOrder {
  const all = Array.from({ length: dimension }, (_, i) => i);
  const order = rowNorms === null ? all : all.sort((i, j) => rowNorms[j]! - rowNorms[i]! || i - j);
  const inSupport = rowNorms === null ? 0 : rowNorms.filter((norm) => norm > 0).length;
  return {
    order: order.slice(0, MOST),
    support: inSupport === 0 || inSupport >= Math.min(MOST, dimension) ? null : inSupport,
    sorted: rowNorms !== null,
    hidden: Math.max(0, dimension - MOST),
  };
}

/** The numbers of a picture in that order. */
export function inOrder(picture: Picture, { order }: CoordinateOrder): number[] {
  const numbers = pictureNumbers(picture);
  return order.map((i) => numbers[i]!);
}

/** The title of an axis of coordinates. */
export function coordinateTitle({ sorted }: CoordinateOrder): string {
  return sorted ? "coordinates, sorted" : "coordinates";
}

/** What a caption says of the order of coordinates, and of those that are not drawn; empty where there is nothing to say. */
export function orderText({ sorted, hidden }: CoordinateOrder): string {
  return sentences(
    sorted ? "Coordinates with the longest rows of B come first." : "",
    hidden === 0 ? "" : `The last ${hidden} coordinates are not drawn.`,
  );
}
