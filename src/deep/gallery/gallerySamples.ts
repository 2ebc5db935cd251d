import type { LabeledData } from "../data/labeledData.js";

/** Rows of the first `each` samples of every class, the classes in order; at most `most` in all. */
export function rowsByClass(data: LabeledData, each: number, most: number): number[] {
  const rows = Array.from({ length: data.classes }, (_, label) =>
    Array.from({ length: data.count }, (_, row) => row)
      .filter((row) => data.labels[row] === label)
      .slice(0, each),
  );
  return rows.flat().slice(0, most);
}

/** Row i of the data, as a view. */
export function inputOf(data: LabeledData, row: number): Float32Array {
  return data.inputs.subarray(row * data.features, (row + 1) * data.features);
}
