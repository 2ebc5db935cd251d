import type { LabeledData } from "../../../src/deep/data/labeledData.js";
import type { TransferData } from "../../../src/deep/data/transferData.js";
import { type Matrix, rowView } from "../../../src/numerics/matrix.js";
import { haarFrame } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";

export const P = 10;
export const R = 2;
export const TASKS = 3;

/** Three source tasks and a target of two antipodal classes on one plane of R^10, distance 2.5 from the origin, noise 1. */
export function smallTransfer(key: unknown): TransferData & { readonly basis: Matrix } {
  const basis = haarFrame(keyedStream(["test transfer basis", key]), P, R);
  const task = (role: unknown) => {
    const direction = haarFrame(keyedStream(["test transfer task", key, role]), R, 1).data;
    const center = Array.from({ length: P }, (_, j) => {
      return 2.5 * rowView(basis, j).reduce((sum, b, l) => sum + b * direction[l]!, 0);
    });
    return (part: string, count: number): LabeledData => {
      const rng = keyedStream(["test transfer samples", key, role, part]);
      const labels = Uint8Array.from({ length: count }, () => (rng.uniform() < 0.5 ? 0 : 1));
      const inputs = new Float32Array(count * P);
      labels.forEach((label, i) => {
        center.forEach((c, j) => {
          inputs[i * P + j] = (label === 1 ? c : -c) + rng.normal();
        });
      });
      return { count, features: P, shape: [P], classes: 2, inputs, labels };
    };
  };
  const target = task("target");
  return {
    sources: Array.from({ length: TASKS }, (_, t) => {
      const draw = task(t);
      return {
        labeled: draw("labeled", 20),
        unlabeled: draw("unlabeled", 20),
        validation: draw("validation", 5),
        test: draw("test", 200),
      };
    }),
    target: { training: target("training", 80), test: target("test", 400) },
    basis,
  };
}
