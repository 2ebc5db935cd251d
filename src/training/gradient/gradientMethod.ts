import type { Method } from "../method.js";
import type { InnerMaximum } from "./innerMaximum.js";
import type { LossName } from "./marginLoss.js";
import type { BoundedRegularization } from "./regularization.js";
import type { SgdOptions } from "./sgdOptions.js";

/** The gradient side of a method with its defaults filled in. */
export interface GradientMethod {
  readonly loss: LossName;
  readonly inner: InnerMaximum;
  readonly regularization: BoundedRegularization;
  /** Descent with these options; absent: its defaults where the inner maximum is not exact, and a solve to the duality gap otherwise. */
  readonly descent?: SgdOptions;
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
    ...(method.descent === undefined ? {} : { descent: method.descent }),
  };
}

/** true when a method needs the samples of a task, because its loss sees more of them than the mean. */
export function seesSamples(method: Method): boolean {
  return method.loss !== undefined;
}
