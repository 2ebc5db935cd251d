import type { LabeledData } from "../data/labeledData.js";

/** Samples that a classifier is asked about together: `count x p` inputs, row-major. */
export interface SampleBatch {
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
  readonly count: number;
}

/** Samples on the backend at a time, with what a backward pass through a small CNN keeps of each. */
const SIZE = 512;

/** The samples in their order, some hundreds at a time; views, not copies. */
export function batchesOf({ inputs, labels, count, features }: LabeledData): SampleBatch[] {
  const batches: SampleBatch[] = [];
  for (let from = 0; from < count; from += SIZE) {
    const to = Math.min(count, from + SIZE);
    batches.push({
      inputs: inputs.subarray(from * features, to * features),
      labels: labels.subarray(from, to),
      count: to - from,
    });
  }
  return batches;
}

/**
 * Samples of T tasks as a classifier of all heads takes them: in each batch as many of every task, those of task 0 first. Of tasks of unequal sizes the
 * first samples, as many as the smallest has.
 */
export function batchesOfTasks(parts: readonly LabeledData[]): SampleBatch[] {
  const each = Math.min(...parts.map((part) => part.count));
  const size = Math.max(1, Math.floor(SIZE / parts.length));
  const batches: SampleBatch[] = [];
  for (let from = 0; from < each; from += size) {
    const count = Math.min(size, each - from);
    const { features } = parts[0]!;
    const inputs = new Float32Array(parts.length * count * features);
    const labels = new Uint8Array(parts.length * count);
    parts.forEach((part, t) => {
      inputs.set(part.inputs.subarray(from * features, (from + count) * features), t * count * features);
      labels.set(part.labels.subarray(from, from + count), t * count);
    });
    batches.push({ inputs, labels, count: parts.length * count });
  }
  return batches;
}
