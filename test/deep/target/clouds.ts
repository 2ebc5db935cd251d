import type { LabeledFeatures } from "../../../src/deep/target/probe.js";
import { keyedStream } from "../../../src/random/keyedStream.js";

/** `perClass` points of each class around means of length about `separation`, in turn: class 0, class 1, ... */
export function clouds(
  key: readonly unknown[],
  {
    classes,
    width,
    perClass,
    separation,
  }: { classes: number; width: number; perClass: number; separation: number },
): LabeledFeatures & { readonly features: Float64Array } {
  const rng = keyedStream(["test clouds", ...key]);
  const means = Array.from({ length: classes }, () =>
    Array.from({ length: width }, () => (separation * rng.normal()) / Math.sqrt(width)),
  );
  const count = classes * perClass;
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  const features = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < width; j++) features[i * width + j] = means[i % classes]![j]! + rng.normal();
  }
  return { features, count, width, labels, classes };
}
