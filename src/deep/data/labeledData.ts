/**
 * Samples with class labels. `inputs` is `count x features`, row-major; a row is an input of the given `shape` (`[p]`, or `[height, width, channels]`,
 * channels last), so `features` is the product of the shape. Labels are in `0..classes-1`.
 */
export interface LabeledData {
  readonly count: number;
  readonly features: number;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
}

/** The classes of samples as indicators: `labels.length x classes`, row-major, 1 at the class. */
export function indicatorsOf(labels: Uint8Array, classes: number): Float32Array {
  const indicators = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => {
    indicators[i * classes + label] = 1;
  });
  return indicators;
}

/** Some of the samples, in the order of `rows`; a copy. */
export function rowsOf(data: LabeledData, rows: ArrayLike<number>): LabeledData {
  const { features } = data;
  const inputs = new Float32Array(rows.length * features);
  const labels = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    inputs.set(data.inputs.subarray(row * features, (row + 1) * features), i * features);
    labels[i] = data.labels[row]!;
  }
  return { ...data, count: rows.length, inputs, labels };
}
