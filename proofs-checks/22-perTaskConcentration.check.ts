/**
 * LEMMA perTaskConcentration: all tasks at once.
 *
 *     P(max_t ||muhat_t - mu_t||_2 > tau (sqrt(p) + sqrt(2 log(T/delta)))) <= delta.
 *
 * Hypotheses: Gaussian noise (or sub-Gaussian, with other constants); the union over T tasks costs the log.
 * Role: on this event every ||muhat_t|| is within it of its norm, which bounds the weights D of the stacked matrix and decides filtering.
 * Follows from: meanOfSamples, chiSquare.
 */
import { drawReplication } from "../src/model/drawReplication.js";
import type { Rng } from "../src/random/keyedStream.js";
import { problemOf } from "./arbitraries/problems.js";
import { lemma } from "./laws/lemma.js";
import { mustFail, rarelyHappens } from "./laws/statistical.js";

const DELTA = 0.3;

/** Is some task's mean farther away than tau times the radius? */
function someFar(p: number, tasks: number, radius: number): (rng: Rng) => boolean {
  const problem = problemOf({ dimension: p, tasks, labeled: 4 });
  return (rng) => {
    const draw = drawReplication(problem, Math.floor(rng.uniform() * 2 ** 40), 0, "auto");
    for (let t = 0; t < tasks; t++) {
      let square = 0;
      for (let j = 0; j < p; j++)
        square += (draw.labeledMeans.data[t * p + j]! - draw.taskMeans.data[t * p + j]!) ** 2;
      if (square > (radius * 0.5) ** 2) return true;
    }
    return false;
  };
}

const radius = (p: number, tasks: number): number => Math.sqrt(p) + Math.sqrt(2 * Math.log(tasks / DELTA));
const size = { draws: 500 };

lemma("perTaskConcentration", [
  rarelyHappens(
    "p = 3, T = 8: some task is rarely beyond the radius",
    someFar(3, 8, radius(3, 8)),
    DELTA,
    0.53,
    size,
  ),
  rarelyHappens("p = 30, T = 20: the same", someFar(30, 20, radius(30, 20)), DELTA, 0.53, size),
  mustFail(
    "refuted without the union bound: log(1/delta) in place of log(T/delta)",
    rarelyHappens("", someFar(3, 60, radius(3, 1)), DELTA, 0.53, size),
  ),
  mustFail(
    "refuted without sqrt(p)",
    rarelyHappens("", someFar(30, 20, Math.sqrt(2 * Math.log(20 / DELTA))), DELTA, 0.53, size),
  ),
]);
