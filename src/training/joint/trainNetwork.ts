import {
  badInput,
  requireFinite,
  requireInteger,
  requireNonNegative,
  requirePositive,
} from "../../core/guards.js";
import { zeros } from "../../numerics/matrix.js";
import { topRightSubspace } from "../../numerics/topSubspace.js";
import type { Rng } from "../../random/keyedStream.js";
import type { Objective } from "../gradient/adversarialRisk.js";
import type { WeightedSamples } from "../gradient/weightedSamples.js";
import type { Network, NetworkOptions, NetworkStatus } from "./network.js";
import {
  evaluate,
  growthRate,
  initialState,
  isFiltered,
  moved,
  type NetworkProblem,
  type NetworkState,
  stateSize,
  validationRisk,
} from "./networkState.js";

/** The share of the objective by which a step may raise it. */
const KINKS = 1e-4;

/**
 * The practitioner's network: W1 (`p x k`) and a head w_t (length k) a task, no constraint on either, a small random start, and plain gradient descent on
 *
 *     sum_t sum_i omega_i l(<W1 w_t, z_i + v_i>) + (lambda/2) (||W1||_F^2 + sum_t ||w_t||^2)
 *
 * with one step length, halved when a step would raise the objective by more than a ten-thousandth: smaller rises are the kinks of the worst case under an attack, around which descent
 * dances. Tasks whose mean the attack filters (||muhat||_q <= eps: head 0 is optimal for any W1) are left out. The representation is read from W1. While the network is small it follows
 * the linearised flow, whose growing directions are the singular vectors of the matrix of attacked means, the raw aggregation of docs/theory.md section 2; what a
 * loss that saturates makes of it later is another matter.
 *
 * Cost a step: two passes over all samples and 4 T p k. Throws `bad-input` on options out of range, `numerical` on non-finite samples.
 */
export function trainNetwork(
  tasks: readonly WeightedSamples[],
  r: number,
  objective: Omit<Objective, "regularization">,
  options: NetworkOptions,
  rng: Rng,
): Network {
  const p = tasks[0]?.points.cols ?? 0;
  requireInteger("r", r, 1, p);
  for (const task of tasks) requireFinite("samples", task.points.data);
  const { width = r, weightDecay = 0, maxSteps = 5000, tolerance = 1e-5, patience = 200 } = options;
  requireInteger("width", width, r);
  requireNonNegative("weightDecay", weightDecay);
  requireInteger("maxSteps", maxSteps, 1);
  requireInteger("patience", patience, 1);
  requirePositive("tolerance", tolerance);
  const { validation } = options;
  if (validation !== undefined && validation.length !== tasks.length) {
    throw badInput("validation", `samples of ${tasks.length} tasks`, validation.length);
  }
  const problem: NetworkProblem = {
    tasks,
    filtered: tasks.map((task) => isFiltered(task, objective.attack)),
    objective: { ...objective, regularization: { kind: "none" } },
    weightDecay,
    rng,
  };
  let state = initialState(problem, width, requirePositive("initialNorm", options.initialNorm ?? 1e-3));
  let here = evaluate(problem, state);
  const firstRate = growthRate(here, state);
  let rate = requirePositive("learningRate", options.learningRate ?? (firstRate > 0 ? 0.2 / firstRate : 1));
  const size = stateSize(state);
  const judged = (step: number): Judged => {
    const loss = validation === undefined ? 0 : validationRisk(problem, validation, state);
    return { state, value: here.value, loss, step };
  };
  let best = judged(0);
  let status: NetworkStatus = problem.filtered.every((is) => is) ? "vanished" : "step-limit";
  let steps = 0;
  while (status === "step-limit" && steps < maxSteps) {
    if (growthRate(here, state) <= tolerance * firstRate) {
      status = "converged";
      break;
    }
    // A start may be as small as one likes: what counts as large is measured from 1.
    const length = stateSize(state);
    if (length > 1e6 * Math.max(size, 1) || length < 1e-9 * size) {
      status = length > size ? "unbounded" : "vanished";
      break;
    }
    const next = moved(state, here, rate);
    const there = evaluate(problem, next);
    steps++;
    if (!(there.value <= here.value + KINKS * Math.abs(here.value))) {
      rate /= 2;
      continue;
    }
    state = next;
    here = there;
    const now = judged(steps);
    if (validation === undefined || now.loss < best.loss) best = now;
    else if (steps - best.step >= patience) {
      status = "early-stopped";
      break;
    }
  }
  const { layer, heads } = best.state;
  const basis = status === "vanished" ? zeros(p, 0) : topRightSubspace(layer, r).basis;
  return { basis, layer, heads, value: best.value, status, steps };
}

/** A network on the way, its objective, and its loss on the validation samples; without such samples the last one is the best. */
interface Judged {
  readonly state: NetworkState;
  readonly value: number;
  readonly loss: number;
  readonly step: number;
}
