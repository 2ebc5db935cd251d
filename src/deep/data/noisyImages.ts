import { keyedStream, type StreamKey } from "../../random/keyedStream.js";
import { copyImage, type ImageSet } from "./imageSet.js";
import type { LabeledData } from "./labeledData.js";

/**
 * Images of a set, `rows[c]` as class c, with independent N(0, sd^2) added to every pixel. Classes take turns, 0, 1, ..., 0, 1, ...,
 * for as long as they have images. The noise of the i-th image of a class depends on the key, the class and i, so it stays when
 * more images follow.
 */
export function noisyImages(
  set: ImageSet,
  rows: readonly (readonly number[])[],
  sd: number,
  key: StreamKey,
): LabeledData {
  const { features, shape } = set;
  const count = rows.reduce((sum, ofClass) => sum + ofClass.length, 0);
  const inputs = new Float32Array(count * features);
  const labels = new Uint8Array(count);
  const places = rows.map(() => [] as number[]);
  for (let turn = 0, place = 0; place < count; turn++) {
    for (let c = 0; c < rows.length; c++) {
      if (turn < rows[c]!.length) {
        labels[place] = c;
        places[c]!.push(place++);
      }
    }
  }
  for (let c = 0; c < rows.length; c++) {
    for (const [i, row] of rows[c]!.entries()) copyImage(set, row, inputs, places[c]![i]! * features);
    if (sd > 0) addNoise(inputs, features, places[c]!, sd, [...key, c]);
  }
  return { count, features, shape, classes: rows.length, inputs, labels };
}

function addNoise(
  inputs: Float32Array,
  features: number,
  places: readonly number[],
  sd: number,
  key: StreamKey,
): void {
  const { normal } = keyedStream(key);
  for (const place of places) {
    const end = (place + 1) * features;
    for (let j = place * features; j < end; j++) inputs[j] = inputs[j]! + sd * normal();
  }
}
