import type { KernelBody } from "./kernelCall.js";

/**
 * Sums of the rows of x by segment: row s of the result is the sum of the rows k with `segmentIds[k] = s`; ids outside 0..numSegments-1 count nowhere.
 * wasm lacks it, and the gradient of `gather` needs it. Worked out on the host, in double precision; cost: one pass over x.
 */
export const unsortedSegmentSum: KernelBody = (call) => {
  const { x, segmentIds } = call.inputs;
  const segments = call.attrs.numSegments as number;
  const ids = call.read(segmentIds!);
  const values = call.read(x!);
  const rowShape = x!.shape.slice(segmentIds!.shape.length);
  const length = rowShape.reduce((a, b) => a * b, 1);
  const sums = new Float64Array(segments * length);
  ids.forEach((id, k) => {
    if (id < 0 || id >= segments) return;
    for (let j = 0; j < length; j++) sums[id * length + j]! += values[k * length + j]!;
  });
  return call.write(new Float32Array(sums), [segments, ...rowShape]);
};
