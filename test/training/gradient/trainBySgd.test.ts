import { describe, expect, test } from "vitest";
import { matrix } from "../../../src/numerics/matrix.js";
import { dot, norm2, scaled } from "../../../src/numerics/products.js";
import { keyedStream } from "../../../src/random/keyedStream.js";
import { certified } from "../../../src/training/gradient/certified.js";
import { defaultLearningRate } from "../../../src/training/gradient/defaultLearningRate.js";
import type { InnerMaximum } from "../../../src/training/gradient/innerMaximum.js";
import { marginLoss } from "../../../src/training/gradient/marginLoss.js";
import type { SgdOptions } from "../../../src/training/gradient/sgdOptions.js";
import { solveTask } from "../../../src/training/gradient/solveTask.js";
import { trainBySgd } from "../../../src/training/gradient/trainBySgd.js";
import { BALL, LOSSES, ridge, samplesOf } from "./samples.js";

const samples = samplesOf("sgd", 24, 12, 2, 4);
const PGD = { steps: 10 };

/** Gap to the exact minimum as a share of the gain over beta = 0, and the cosine with the exact classifier. */
function compare(
  name: (typeof LOSSES)[number],
  q: number,
  regularization: typeof BALL,
  inner: InnerMaximum,
  options: SgdOptions,
) {
  const loss = marginLoss(name);
  const attack = { norm: q, radius: q === Infinity ? 0.1 : 0.4 };
  const exact = solveTask(samples, loss, attack, regularization);
  const rng = keyedStream(["sgd", name, q]);
  const { beta, steps } = trainBySgd(samples, { loss, attack, inner, regularization }, options, rng);
  const found = certified(samples, loss, attack, regularization, { beta, iterations: steps }, 0.05);
  const share = (found.value - exact.value) / (loss.value(0) - exact.value);
  return { share, cosine: dot(beta, exact.beta) / (norm2(beta) * norm2(exact.beta)), found, exact };
}

describe.each(LOSSES)("%s loss", (name) => {
  test.each([1, 2, Infinity])(
    "q = %d: full batches under PGD comes near the exact minimum, by less than 1 % of what training gains",
    (q) => {
      for (const regularization of [BALL, ridge(1)]) {
        const { share, cosine, found, exact } = compare(name, q, regularization, PGD, { epochs: 200 });
        expect(share).toBeGreaterThan(-1e-9);
        expect(share).toBeLessThan(0.01);
        // Within the ball the squared hinge nearly reaches 0 and is flat around its minimum.
        expect(cosine).toBeGreaterThan(name === "squared-hinge" ? 0.97 : 0.99);
        expect(found.value - exact.value).toBeLessThanOrEqual(found.gap + 1e-12);
      }
    },
  );

  test("random starts that leave the attack short of the maximum cost little", () => {
    const short = { steps: 6, starts: 1 };
    const { share, cosine } = compare(name, Infinity, ridge(1), short, { epochs: 100 });
    expect(share).toBeLessThan(0.03);
    expect(cosine).toBeGreaterThan(0.98);
  });

  test("minibatches with momentum and averaging end at the minimum under the exact inner maximum", () => {
    for (const schedule of ["cosine", "inverse-sqrt"] as const) {
      for (const regularization of [BALL, ridge(1)]) {
        const options = { epochs: 150, batchSize: 5, schedule, averaging: 0.3, momentum: 0.5 };
        const { share, cosine, found } = compare(name, 2, regularization, "exact", options);
        // Steps that fall like 1/sqrt(k) have not quite arrived where the squared hinge is flat.
        expect(share).toBeLessThan(schedule === "cosine" ? 0.001 : 0.05);
        expect(cosine).toBeGreaterThan(name === "squared-hinge" ? 0.97 : 0.99);
        expect(found.iterations).toBe(150 * 5);
      }
    }
  });
});

test("constant steps do not come to rest where the worst case has no gradient; averaging settles them", () => {
  const constant = { epochs: 200, schedule: "constant" } as const;
  const last = compare("logistic", Infinity, BALL, "exact", constant).share;
  const mean = compare("logistic", Infinity, BALL, "exact", { ...constant, averaging: 0.5 }).share;
  const cosine = compare("logistic", Infinity, BALL, "exact", { epochs: 200 }).share;
  expect(mean).toBeLessThan(last);
  expect(cosine).toBeLessThan(last / 3);
});

test("certified: the exact classifier is converged, a bad one is not, and no gap is below the truth", () => {
  for (const name of LOSSES) {
    const loss = marginLoss(name);
    const attack = { norm: Infinity, radius: 0.1 };
    for (const regularization of [BALL, ridge(1)]) {
      const exact = solveTask(samples, loss, attack, regularization);
      const again = certified(samples, loss, attack, regularization, exact, 1e-9);
      expect(again.status).toBe("converged");
      expect(again.value).toBeCloseTo(exact.value, 12);
      const half = { beta: scaled(exact.beta, 0.5), iterations: 0 };
      const worse = certified(samples, loss, attack, regularization, half, 0.05);
      expect(worse.status).toBe("iteration-limit");
      expect(worse.value - exact.value).toBeLessThanOrEqual(worse.gap);
    }
  }
});

test("the ball is never left, runs repeat, and a run is a function of its stream", () => {
  const objective = {
    loss: marginLoss("logistic"),
    attack: null,
    inner: "exact",
    regularization: BALL,
  } as const;
  const run = (key: string, options: SgdOptions): Float64Array =>
    trainBySgd(samples, objective, options, keyedStream([key])).beta;
  const options = { epochs: 3, batchSize: 7, learningRate: 50 };
  expect(norm2(run("a", options))).toBeLessThanOrEqual(1 + 1e-12);
  expect(run("a", options)).toEqual(run("a", options));
  expect(run("a", options)).not.toEqual(run("b", options));
});

test("one step of gradient descent by hand, from 0: minus the learning rate times the gradient", () => {
  const one = { points: matrix(1, 2, Float64Array.of(3, -4)), weights: Float64Array.of(1) };
  const objective = {
    loss: marginLoss("logistic"),
    attack: null,
    inner: "exact",
    regularization: ridge(1),
  } as const;
  const options = { epochs: 1, learningRate: 0.1, momentum: 0, schedule: "constant" } as const;
  const rng = keyedStream(["by hand"]);
  expect([...trainBySgd(one, objective, options, rng).beta]).toEqual([
    expect.closeTo(0.15, 15),
    expect.closeTo(-0.2, 15),
  ]);
  // Two steps of momentum 1/2 on the linear loss without pull: 0.1 z, then 0.15 z more.
  const linear = { ...objective, loss: marginLoss("linear"), regularization: BALL };
  const far = { epochs: 2, learningRate: 0.01, momentum: 0.5, schedule: "constant" } as const;
  expect(trainBySgd(one, linear, far, rng).beta[0]).toBeCloseTo(0.01 * 3 * 2.5, 15);
});

test.each([
  ["constant", 3],
  ["inverse-sqrt", 1 + 1 / Math.sqrt(2) + 1 / Math.sqrt(3)],
  // (1 + cos(pi t)) / 2 at t = 0, 1/3, 2/3.
  ["cosine", 1 + 3 / 4 + 1 / 4],
] as const)("%s: three steps on a constant gradient, by hand", (schedule, lengths) => {
  const one = { points: matrix(1, 1, Float64Array.of(2)), weights: Float64Array.of(1) };
  const objective = {
    loss: marginLoss("linear"),
    attack: null,
    inner: "exact",
    regularization: BALL,
  } as const;
  const options = { epochs: 3, learningRate: 0.01, momentum: 0, schedule };
  const { beta } = trainBySgd(one, objective, options, keyedStream(["schedule"]));
  expect(beta[0]).toBeCloseTo(0.01 * 2 * lengths, 14);
});

test("the default learning rate is in the units of the data", () => {
  for (const name of LOSSES) {
    const { points, weights } = samples;
    const doubled = { points: matrix(24, 12, scaled(points.data, 2)), weights };
    const rate = (of: typeof samples, lambda: number): number =>
      defaultLearningRate(of, marginLoss(name), ridge(lambda));
    expect(rate(doubled, 4) / rate(samples, 1)).toBeCloseTo(0.25, 12);
  }
});

test("bad options are refused by name, and a run that overflows is an error", () => {
  const objective = {
    loss: marginLoss("squared-hinge"),
    attack: null,
    inner: "exact",
    regularization: ridge(1),
  } as const;
  const run = (options: SgdOptions): unknown => trainBySgd(samples, objective, options, keyedStream([1]));
  expect(() => run({ epochs: 0 })).toThrow("epochs must be");
  expect(() => run({ epochs: 1, batchSize: 0 })).toThrow("batchSize must be");
  expect(() => run({ epochs: 1, momentum: 1 })).toThrow("momentum must be");
  expect(() => run({ epochs: 1, learningRate: -1 })).toThrow("learningRate must be");
  expect(() => run({ epochs: 1, averaging: 2 })).toThrow("averaging must be");
  expect(() => run({ epochs: 500, learningRate: 1e6, schedule: "constant" })).toThrow(
    "learning rate is too large",
  );
});
