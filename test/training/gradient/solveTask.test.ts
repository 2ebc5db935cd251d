import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromRows, matrix } from "../../../src/numerics/matrix.js";
import { addScaled, dot, norm2, scaled } from "../../../src/numerics/products.js";
import { normalVector } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { closedForm } from "../../../src/training/closedForm.js";
import { adversarialRisk } from "../../../src/training/gradient/adversarialRisk.js";
import { attackedPoint, averageLoss, bendBetween } from "../../../src/training/gradient/attackedPoint.js";
import { dualPoint, dualValue } from "../../../src/training/gradient/certificate.js";
import { certified } from "../../../src/training/gradient/certified.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import { penalty } from "../../../src/training/gradient/regularization.js";
import { solveTask } from "../../../src/training/gradient/solveTask.js";
import { equalWeights, weightedSum } from "../../../src/training/gradient/weightedSamples.js";
import { dualExponent, lqNorm } from "../../../src/training/lqNorm.js";
import { law } from "../../helpers/law.js";
import { BALL, LOSSES, ridge, samplesOf, unequal } from "./samples.js";

const EXPONENTS = [1, 1.5, 2, 3, Infinity];
const REGULARIZATIONS = [BALL, ridge(1), ridge(0.05)];

/** n, p, signal norm, support: few samples, many, strong, weak, sparse. */
const REGIMES = {
  "fewer samples than coordinates": samplesOf("few", 8, 30, 2),
  "more samples than coordinates": samplesOf("many", 60, 10, 1),
  "a signal without noise to speak of": samplesOf("strong", 10, 12, 30),
  "a weak signal": samplesOf("weak", 20, 25, 0.1),
  "a sparse signal": samplesOf("sparse", 15, 40, 3, 4),
  "unequal weights": unequal(samplesOf("unequal", 12, 15, 1)),
};

describe("the linear loss", () => {
  // eps as a share of ||muhat||_q; at 1 and beyond the task is filtered.
  const SHARES = [0, 0.05, 0.3, 0.7, 0.99, 0.999999, 1, 1.5];

  test("has the classifier of the closed form to 1e-6, from 0 and from random starts: q x eps x regime", () => {
    let cases = 0;
    for (const samples of Object.values(REGIMES)) {
      const mean = weightedSum(samples.points, samples.weights);
      const p = mean.length;
      for (const q of EXPONENTS) {
        for (const share of SHARES) {
          const attack = { norm: q, radius: share * lqNorm(mean, q) };
          const exact = closedForm(mean, attack);
          const starts = [new Float64Array(p), normalVector(keyedStream(["start", p, q, share]), p)];
          for (const from of [samples, equalWeights(matrix(1, p, mean))]) {
            for (const start of starts) {
              const solution = solveTask(from, marginLoss("linear"), attack, BALL, { start });
              expect(solution.status).toBe(share >= 1 ? "filtered" : "converged");
              const off = solution.beta.map((x, j) => x - exact.direction[j]!);
              expect(norm2(off)).toBeLessThan(1e-6);
              expect(Math.abs(solution.strength - exact.value)).toBeLessThanOrEqual(1e-9 * norm2(mean));
              expect(Math.abs(solution.value + exact.value)).toBeLessThanOrEqual(1e-9 * norm2(mean));
              cases++;
            }
          }
        }
      }
    }
    expect(cases).toBe(6 * 5 * 8 * 4);
  });

  test("with a ridge beta is the closed form's residual over lambda", () => {
    const samples = REGIMES["a sparse signal"];
    const mean = weightedSum(samples.points, samples.weights);
    for (const q of EXPONENTS) {
      for (const lambda of [0.01, 1, 100]) {
        const attack = { norm: q, radius: 0.4 * lqNorm(mean, q) };
        const exact = closedForm(mean, attack);
        const { beta, strength } = solveTask(samples, marginLoss("linear"), attack, ridge(lambda));
        const off = beta.map((x, j) => x - (exact.value / lambda) * exact.direction[j]!);
        expect(norm2(off) / norm2(beta)).toBeLessThan(1e-6);
        expect(strength / exact.value).toBeCloseTo(1, 9);
      }
    }
  });
});

describe.each(LOSSES)("%s loss", (name) => {
  const loss = marginLoss(name);

  test("the gap bounds how far the value is above every other classifier, and closes", () => {
    for (const samples of Object.values(REGIMES)) {
      const p = samples.points.cols;
      const mean = weightedSum(samples.points, samples.weights);
      for (const q of EXPONENTS) {
        for (const regularization of REGULARIZATIONS) {
          const attack = { norm: q, radius: 0.4 * lqNorm(mean, q) };
          const best = solveTask(samples, loss, attack, regularization);
          expect(best.status).toBe("converged");
          expect(best.gap).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(best.value)));
          const objective = { loss, attack, inner: "exact", regularization } as const;
          const objectiveAt = (beta: Float64Array): number => adversarialRisk(samples, objective, beta).value;
          expect(Math.abs(objectiveAt(best.beta) - best.value)).toBeLessThan(
            1e-12 * (1 + Math.abs(best.value)),
          );
          const rng = keyedStream(["rival", q]);
          const rounding = 1e-12 * (1 + Math.abs(best.value));
          for (const size of [1e-6, 1e-3, 0.1, 1]) {
            const rival = best.beta.slice();
            addScaled(rival, (size * norm2(best.beta)) / Math.sqrt(p), normalVector(rng, p));
            const length = regularization.kind === "ball" ? Math.max(1, norm2(rival)) : 1;
            const other = objectiveAt(scaled(rival, 1 / length));
            expect(best.value).toBeLessThanOrEqual(other + best.gap + rounding);
          }
          // Stopped early, the gap still bounds the distance to the optimum.
          const early = solveTask(samples, loss, attack, regularization, { maxIterations: 2 });
          expect(early.value - best.value).toBeLessThanOrEqual(early.gap + rounding);
          expect(early.value).toBeGreaterThanOrEqual(best.value - best.gap - rounding);
        }
      }
    }
  });

  test("weak duality: no weights alpha prove more than the minimum, the optimal ones prove it", () => {
    const samples = REGIMES["unequal weights"];
    const mean = weightedSum(samples.points, samples.weights);
    for (const q of EXPONENTS) {
      for (const regularization of REGULARIZATIONS) {
        const attack = { norm: q, radius: 0.4 * lqNorm(mean, q) };
        const best = solveTask(samples, loss, attack, regularization);
        const bound = (alpha: Float64Array): number => {
          const c = alpha.map((a, i) => a * samples.weights[i]!);
          const total = c.reduce((a, b) => a + b, 0);
          const dual = dualPoint(attack, { mean: weightedSum(samples.points, c), total });
          return dualValue(dual, loss, samples.weights, alpha, regularization);
        };
        const point = attackedPoint(samples, attack, best.beta);
        const own = point.scores.map((score) => -loss.slope(score - point.loss));
        expect(Math.abs(bound(own) - best.value)).toBeLessThan(1e-7 * (1 + Math.abs(best.value)));
        const rng = keyedStream(["weights", q]);
        for (let k = 0; k < 20; k++) {
          const alpha = own.map((a) =>
            name === "linear" ? 1 : a * rng.uniform() * 1.2 + 0.2 * rng.uniform(),
          );
          expect(bound(alpha)).toBeLessThanOrEqual(best.value + 1e-9 * (1 + Math.abs(best.value)));
        }
      }
    }
  });

  test("after one step from 0 the gap is what the dual point at 0 proves, and no more than the bend above it", () => {
    for (const samples of Object.values(REGIMES)) {
      const mean = weightedSum(samples.points, samples.weights);
      for (const q of [1, 2, Infinity]) {
        for (const regularization of REGULARIZATIONS) {
          const attack = { norm: q, radius: 0.4 * lqNorm(mean, q) };
          const one = solveTask(samples, loss, attack, regularization, { maxIterations: 1 });
          const alpha = -loss.slope(0);
          const dual = dualPoint(attack, { mean: scaled(mean, alpha), total: alpha });
          const all = samples.weights.map(() => alpha);
          const proved = one.value - dualValue(dual, loss, samples.weights, all, regularization);
          const rounding = 1e-12 * (1 + Math.abs(one.value));
          expect(one.gap).toBeGreaterThanOrEqual(proved - rounding);
          const point = attackedPoint(samples, attack, one.beta);
          const from = attackedPoint(samples, attack, new Float64Array(mean.length));
          const slack = bendBetween(samples, loss, from, point) / 2;
          expect(one.gap).toBeLessThanOrEqual(proved + slack + rounding);
        }
      }
    }
  });

  test("in one dimension it is the minimum over a fine grid", () => {
    for (const [radius, lambda] of [
      [0, null],
      [0.2, null],
      [0.2, 0.5],
      [0.05, 3],
    ] as const) {
      const samples = equalWeights(fromRows([[0.9], [-0.3], [2], [0.4]]));
      const regularization = lambda === null ? BALL : ridge(lambda);
      const attack = { norm: 3, radius };
      const best = solveTask(samples, loss, attack, regularization);
      let least = Infinity;
      for (let k = -40_000; k <= 40_000; k++) {
        const beta = k / (lambda === null ? 40_000 : 8000);
        let value = penalty(regularization, Float64Array.of(beta));
        for (const z of samples.points.data) value += loss.value(beta * z - radius * Math.abs(beta)) / 4;
        least = Math.min(least, value);
      }
      // Half a step from the minimum, 1/16000, the curvature of at most 12 costs 3e-8.
      expect(Math.abs(best.value - least)).toBeLessThan(3e-8);
    }
  });

  test("filters exactly the tasks that the closed form filters", () => {
    law(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.constantFrom(...EXPONENTS)), ([seed, q]) => {
      const samples = samplesOf(`filter ${seed}`, 5, 6, 0.5);
      const mean = weightedSum(samples.points, samples.weights);
      for (const share of [0.5, 1 - 1e-9, 1, 1 + 1e-9, 2]) {
        const attack = { norm: q, radius: share * lqNorm(mean, q) };
        const { status, beta, value } = solveTask(samples, loss, attack, BALL, { tolerance: 1e-6 });
        const out = closedForm(mean, attack).value === 0;
        expect(status === "filtered").toBe(out);
        if (out) expect([norm2(beta), value]).toEqual([0, loss.value(0)]);
        else expect(norm2(beta)).toBeGreaterThan(0);
      }
    });
  });

  test("a sample twice is a sample of twice the weight; the order of samples does not matter", () => {
    const { points } = samplesOf("twice", 6, 8, 1);
    const rows = Array.from({ length: 6 }, (_, i) => points.data.slice(i * 8, (i + 1) * 8));
    const attack = { norm: Infinity, radius: 0.1 };
    const doubled = equalWeights(fromRows([rows[5]!, ...rows.slice(0, 5), rows[0]!]));
    const weighted = { points, weights: Float64Array.of(2, 1, 1, 1, 1, 1).map((w) => w / 7) };
    for (const regularization of REGULARIZATIONS) {
      const a = solveTask(doubled, loss, attack, regularization).beta;
      const b = solveTask(weighted, loss, attack, regularization).beta;
      expect(norm2(a.map((x, j) => x - b[j]!)) / norm2(a)).toBeLessThan(1e-5);
    }
  });

  test("with q = 2 rotating the samples rotates the classifier, with q = Infinity it does not", () => {
    const { points } = samplesOf("rotate", 7, 2, 1.5, 1);
    const turn = (x: Float64Array): Float64Array =>
      Float64Array.of(0.6 * x[0]! - 0.8 * x[1]!, 0.8 * x[0]! + 0.6 * x[1]!);
    const rows = Array.from({ length: 7 }, (_, i) => points.data.slice(2 * i, 2 * i + 2));
    const turned = equalWeights(fromRows(rows.map(turn)));
    for (const [q, least, most] of [
      [2, 0, 1e-6],
      [Infinity, 1e-3, 2],
    ] as const) {
      const attack = { norm: q, radius: 0.3 };
      const a = turn(solveTask(equalWeights(points), loss, attack, BALL).beta);
      const b = solveTask(turned, loss, attack, BALL).beta;
      const off = norm2(a.map((x, j) => x - b[j]!));
      expect(off).toBeGreaterThanOrEqual(least);
      expect(off).toBeLessThanOrEqual(most);
    }
  });

  test("the objective grows with eps and with lambda", () => {
    const samples = REGIMES["a sparse signal"];
    const value = (radius: number, lambda: number): number =>
      solveTask(samples, loss, { norm: Infinity, radius }, ridge(lambda)).value;
    expect(value(0.2, 1)).toBeGreaterThan(value(0.1, 1));
    expect(value(0.1, 1)).toBeGreaterThan(value(0, 1));
    expect(value(0.1, 2)).toBeGreaterThan(value(0.1, 1));
  });

  test("radius 0 and no attack are the same, bit for bit", () => {
    const samples = REGIMES["fewer samples than coordinates"];
    for (const q of EXPONENTS) {
      expect(solveTask(samples, loss, { norm: q, radius: 0 }, BALL)).toEqual(
        solveTask(samples, loss, null, BALL),
      );
    }
  });

  test("a start at the optimum is recognised in a few steps", () => {
    for (const samples of Object.values(REGIMES)) {
      for (const regularization of REGULARIZATIONS) {
        const attack = { norm: Infinity, radius: 0.01 };
        const best = solveTask(samples, loss, attack, regularization);
        const again = solveTask(samples, loss, attack, regularization, { start: best.beta });
        expect(again.status).toBe("converged");
        expect(again.iterations).toBeLessThanOrEqual(Math.max(4, best.iterations));
        expect(norm2(again.beta.map((x, j) => x - best.beta[j]!))).toBeLessThan(1e-5 * norm2(best.beta));
      }
    }
  });

  test("an iteration limit is a status, and its gap is honest", () => {
    const samples = REGIMES["a sparse signal"];
    const attack = { norm: Infinity, radius: 0.2 };
    const limited = solveTask(samples, loss, attack, ridge(0.001), { maxIterations: 3 });
    expect(limited.status).toBe("iteration-limit");
    expect(limited.iterations).toBe(3);
    const best = solveTask(samples, loss, attack, ridge(0.001));
    expect(limited.value - best.value).toBeGreaterThan(0);
    expect(limited.value - best.value).toBeLessThanOrEqual(limited.gap);
  });
});

describe("without regularisation", () => {
  test("the logistic loss of separable samples has no minimum: separable, with a separating beta", () => {
    const samples = samplesOf("separable", 5, 20, 1);
    const attack = { norm: Infinity, radius: 0.1 };
    const { status, beta } = solveTask(samples, marginLoss("logistic"), attack, { kind: "none" });
    expect(status).toBe("separable");
    const point = attackedPoint(samples, attack, beta);
    for (const score of point.scores) expect(score).toBeGreaterThan(point.loss);
  });

  test("samples that no classifier separates have a minimum, where the gradient vanishes", () => {
    const samples = samplesOf("not separable", 80, 4, 0.5);
    const none = { kind: "none" } as const;
    for (const name of ["logistic", "squared-hinge"] as const) {
      const attack = { norm: 2, radius: 0.05 };
      const { status, beta, gap } = solveTask(samples, marginLoss(name), attack, none);
      expect(status).toBe("converged");
      expect(gap).toBeLessThan(1e-11);
      const objective = { loss: marginLoss(name), attack, inner: "exact", regularization: none } as const;
      expect(norm2(adversarialRisk(samples, objective, beta).gradient)).toBeLessThan(1e-6);
      // Stopped early, the gap bounds the distance to every classifier up to twice as long, often the best one among them.
      const best = solveTask(samples, marginLoss(name), attack, none).value;
      let counted = 0;
      for (const share of [0.5, 0.51, 0.6, 0.75, 0.9, 1]) {
        const short = { beta: scaled(beta, share), iterations: 0 };
        const bounded = certified(samples, marginLoss(name), attack, none, short, 1e-9);
        expect(bounded.value - best).toBeLessThanOrEqual(bounded.gap + 1e-12);
        counted++;
      }
      expect(counted).toBe(6);
    }
    // The squared hinge reaches 0 on separable samples: a minimum that is attained.
    const easy = samplesOf("separable", 5, 20, 1);
    const { status, value } = solveTask(easy, marginLoss("squared-hinge"), null, none);
    expect([status, value]).toEqual(["converged", 0]);
  });

  test("the linear loss is refused: it has no minimum", () => {
    expect(() => solveTask(samplesOf("a", 2, 2, 1), marginLoss("linear"), null, { kind: "none" })).toThrow(
      "regularization must be a ball or a ridge",
    );
  });
});

describe("degenerate input", () => {
  test("one sample: the direction of its closed form, for every loss", () => {
    const z = Float64Array.of(2, -1, 0.3);
    for (const q of EXPONENTS) {
      const attack = { norm: q, radius: 0.4 };
      for (const name of LOSSES) {
        const one = equalWeights(matrix(1, 3, z));
        const direction = closedForm(z, attack).direction;
        // For the squared hinge that reaches 0 inside the ball, the ridge: its minimiser is unique.
        const { beta, status } = solveTask(one, marginLoss(name), attack, ridge(1));
        expect(status).toBe("converged");
        expect(dot(beta, direction) / norm2(beta)).toBeCloseTo(1, 10);
      }
    }
  });

  test("samples without noise are one sample", () => {
    const z = [1.5, -0.5];
    const attack = { norm: Infinity, radius: 0.2 };
    for (const name of LOSSES) {
      const one = solveTask(equalWeights(fromRows([z])), marginLoss(name), attack, BALL);
      const five = solveTask(equalWeights(fromRows([z, z, z, z, z])), marginLoss(name), attack, BALL);
      expect(norm2(one.beta.map((x, j) => x - five.beta[j]!))).toBeLessThan(1e-9);
    }
  });

  test("samples whose mean is 0 are filtered, with or without an attack", () => {
    const opposed = equalWeights(
      fromRows([
        [1, -2],
        [-1, 2],
      ]),
    );
    for (const name of LOSSES) {
      for (const attack of [null, { norm: 2, radius: 1 }]) {
        expect(solveTask(opposed, marginLoss(name), attack, BALL).status).toBe("filtered");
      }
    }
  });

  test("the scale of the samples is no matter within 1e-100 to 1e100 for the linear loss, and no loss hangs there", () => {
    const { points } = samplesOf("scale", 6, 5, 1);
    for (const c of [1e-100, 1e-9, 1e9, 1e100]) {
      const samples = equalWeights(matrix(6, 5, scaled(points.data, c)));
      const mean = weightedSum(samples.points, samples.weights);
      const attack = { norm: Infinity, radius: 0.3 * lqNorm(mean, Infinity) };
      const exact = closedForm(mean, attack).direction;
      const linear = solveTask(samples, marginLoss("linear"), attack, BALL);
      expect(norm2(linear.beta.map((x, j) => x - exact[j]!))).toBeLessThan(1e-6);
      for (const name of ["logistic", "squared-hinge"] as const) {
        const { beta, gap } = solveTask(samples, marginLoss(name), attack, BALL, { maxIterations: 300 });
        expect(norm2(beta)).toBeLessThanOrEqual(1 + 1e-12);
        expect(Number.isNaN(gap)).toBe(false);
      }
    }
  });

  test("a logistic loss that has no digits left far beyond the margin is solved, not searched for ever", () => {
    const samples = samplesOf("strong", 10, 12, 1e4);
    const { status, iterations, value } = solveTask(samples, marginLoss("logistic"), null, BALL);
    expect(status).toBe("converged");
    expect(value).toBeLessThan(1e-15);
    expect(iterations).toBeLessThan(1000);
  });

  test("bad numbers and options are refused by name", () => {
    const samples = samplesOf("a", 3, 2, 1);
    const logistic = marginLoss("logistic");
    expect(() => equalWeights(matrix(0, 2, new Float64Array(0)))).toThrow("samples must be at least one");
    const nan = equalWeights(fromRows([[1, Number.NaN]]));
    expect(() => solveTask(nan, logistic, null, BALL)).toThrow("samples must be finite");
    expect(() => solveTask(samples, logistic, { norm: 2, radius: Number.NaN }, BALL)).toThrow(
      "radius must be",
    );
    expect(() => solveTask(samples, logistic, { norm: 0.5, radius: 1 }, BALL)).toThrow("q must be");
    expect(() => solveTask(samples, logistic, null, ridge(0))).toThrow("ridge must be");
    expect(() => solveTask(samples, logistic, null, BALL, { tolerance: 0 })).toThrow("tolerance must be");
    expect(() => solveTask(samples, logistic, null, BALL, { maxIterations: 0 })).toThrow(
      "maxIterations must be",
    );
  });
});

test("the objective is the average loss at the exact worst case, sample by sample", () => {
  const samples = REGIMES["unequal weights"];
  const beta = normalVector(keyedStream(["beta"]), 15);
  for (const q of EXPONENTS) {
    const attack = { norm: q, radius: 0.3 };
    for (const name of LOSSES) {
      const loss = marginLoss(name);
      const point = attackedPoint(samples, attack, beta);
      let sum = 0;
      samples.weights.forEach((w, i) => {
        const z = samples.points.data.subarray(i * 15, (i + 1) * 15);
        sum += w * loss.value(dot(beta, z) - 0.3 * lqNorm(beta, dualExponent(q)));
      });
      expect(averageLoss(samples, loss, point)).toBeCloseTo(sum, 12);
    }
  }
});
