import type { Method } from "../method.js";
import type { InnerMaximum } from "./innerMaximum.js";
import type { LossName } from "./marginLoss.js";
import type { Regularization } from "./regularization.js";

/** The gradient side of a method with its defaults filled in. */
export interface GradientMethod {
  readonly loss: LossName;
  readonly inner: InnerMaximum;
  readonly regularization: Regularization;
}

/** How a method trains by gradients; null when the closed form does it. A loss other than the linear one has no closed form. */
export function gradientMethod(method: Method): GradientMethod | null {
  const loss: LossName = method.loss ?? "linear";
  if (loss === "linear" && method.solver !== "gradient") return null;
  const lambda = method.regularization?.ridge;
  return {
    loss,
    inner: method.attack?.inner?.pgd ?? "exact",
    regularization: lambda === undefined ? { kind: "ball" } : { kind: "ridge", lambda },
  };
}

/** true when a method needs the samples of a task, because its loss sees more of them than the mean. */
export function seesSamples(method: Method): boolean {
  return method.loss !== undefined;
}
