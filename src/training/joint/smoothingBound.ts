import type { JointLoss } from "./marginObjective.js";

/**
 * How much a task's gain may fall when the norm that an attack charges is smoothed by `delta` ({@link frameNorm}), whatever the frame, the samples and the head:
 *
 *     0 <= G(W) - G_delta(W) <= l(-h) - l(0),    h = eps delta p^{1/k},
 *
 * G(W) = max over w of l(0) - sum_i omega_i l(<w, W^T z_i> - eps psi(W w)) - R(w). The left side because psi_delta >= psi. The right side: at the best head of G margins fall by
 * at most h. The loss after that, phi(y) = l(l^{-1}(y) - h), is a concave function of the loss y before, and phi(y) - y increases (y + h, log(1 + e^h (e^y - 1)),
 * (sqrt(y) + h)^2), so by Jensen's inequality the average loss rises by no more than phi(y) - y at its average y, and that is at most l(0), since the head 0 is no better.
 *
 * That is h for the linear loss, log((1 + e^h)/2), about h/2, for the logistic one, 2 h + h^2 for the squared hinge; 0 for k = 2, where nothing is smoothed. Attained by a task
 * that the attack filters; for k = 1, to the share 1 - s/p, by every task with the linear loss on a frame with s rows of W other than zero.
 */
export function smoothingBound({ loss, radius, dual }: JointLoss, p: number, delta: number): number {
  if (dual === 2) return 0;
  return loss.value(-radius * delta * p ** (1 / dual)) - loss.value(0);
}
