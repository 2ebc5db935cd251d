import { describe, expect, test } from "vitest";
import { fromRows, type Matrix, transpose } from "../../../src/numerics/matrix.js";
import { haarFrame, normalMatrix } from "../../../src/random/distributions/haarFrame.js";
import { keyedStream, type Rng } from "../../../src/random/keyedStream.js";
import type { FrameObjective, FrameValue } from "../../../src/training/joint/frameObjective.js";
import { maximizeFrame } from "../../../src/training/joint/maximizeFrame.js";
import { maxDifference } from "../../helpers/matrices.js";
import { ascent, type Events, inner, scaledBy } from "./plainAscent.js";

/** An objective that records the frames that it is asked for. */
function recorded(objective: FrameObjective): { objective: FrameObjective; frames: Matrix[] } {
  const frames: Matrix[] = [];
  return {
    frames,
    objective: (frame) => {
      frames.push(frame);
      return objective(frame);
    },
  };
}

/** Answers one after the other from a stream, whatever the frame: every branch of the search is met, and no rounding is amplified. */
function script(key: unknown, answer: (k: number, rng: Rng) => FrameValue): () => FrameObjective {
  return () => {
    const rng = keyedStream(["script", key]);
    let k = 0;
    return () => answer(k++, rng);
  };
}

const frameOf = (key: string, r: number, d: number): Matrix =>
  transpose(haarFrame(keyedStream(["steps", key]), d, r));

function compare(
  make: () => FrameObjective,
  start: Matrix,
  maxIterations: number,
  tolerance: number,
): Events {
  const expected = ascent(make(), start, maxIterations);
  const { objective, frames } = recorded(make());
  const found = maximizeFrame(objective, start, { maxIterations, tolerance: 1e-300 });
  expect(frames).toHaveLength(expected.evaluated.length);
  frames.forEach((frame, k) => {
    expect(maxDifference(frame, expected.evaluated[k]!)).toBeLessThan(tolerance);
  });
  expect(found.evaluations).toBe(frames.length);
  expect(maxDifference(found.frame, expected.here.frame)).toBeLessThan(tolerance);
  expect(found.value).toBeCloseTo(expected.here.value, 8);
  return expected.events;
}

/** Ranks and seeds of scripts after which the remembered pairs no longer make an ascent: transport has turned one. */
const FORGETTING = [[1, 73], [2, 12]] as const; // biome-ignore format: one line

describe("maximizeFrame evaluates the frames that Riemannian L-BFGS evaluates", () => {
  test.each([1, 2])(
    "on a quadratic function with leading eigenvalues that are close, r = %i: memory and all",
    (r) => {
      const sizes = [10, 9.9, 9.7, 9.4, 9, 8, 6, 3];
      const make = (): FrameObjective => (frame) => {
        const image = { ...frame, data: frame.data.map((x, i) => x * sizes[i % 8]!) };
        return { value: inner(image, frame), gradient: scaledBy(2, image) };
      };
      const events = compare(make, frameOf("quadratic", r, 8), 16, 1e-6);
      expect(events.dropped).toBeGreaterThan(0);
    },
  );

  test("where the curvatures along the frame are further apart than a millionth", () => {
    const sizes = [1e7, 1, 0.7, 0.2];
    const make = (): FrameObjective => (frame) => {
      const image = { ...frame, data: frame.data.map((x, i) => x * sizes[i % 4]!) };
      return { value: inner(image, frame), gradient: scaledBy(2, image) };
    };
    compare(make, fromRows([[1, 0, 0, 0], [0, 0.8, 0.6, 0]]), 3, 1e-9); // biome-ignore format: one line
  });

  test.each([
    [1, 0],
    [1, 1],
    [2, 0],
    [2, 1],
  ])("when values rise by about what is asked for, and gradients are anything, r = %i", (r, seed) => {
    const make = script([r, seed], (k, rng) => {
      // In the middle a run of falls, longer than the search goes on.
      const value = k >= 20 && k < 63 ? -1 : k * 3e-4 * (rng.uniform() - 0.2);
      return { value, gradient: normalMatrix(rng, r, 4) };
    });
    const events = compare(make, frameOf("script", r, 4), 14, 1e-8);
    expect(events.halved).toBeGreaterThan(40);
    expect(events.retried + events.refused).toBeGreaterThan(0);
  });

  test.each(FORGETTING)("when what is remembered no longer ascends: it is forgotten, r = %i", (r, seed) => {
    const make = script([r, seed], (k, rng) => ({ value: k, gradient: normalMatrix(rng, r, r + 2) }));
    expect(compare(make, frameOf("script", r, r + 2), 14, 1e-8).forgotten).toBe(1);
  });

  test.each([0, 1, 2, 3, 4, 5])(
    "when the value is so large that its rounding hides what a step gains: a shorter gradient counts (%i)",
    (seed) => {
      // Sizes around 1e9 times the gain.
      const size = 1e9 * 2 ** (2 * (seed % 3) - 2);
      const make = script(["hidden", seed], (_, rng) => {
        // The same to 1e-13, a little below that, or above.
        const fall = [0, 0.5e-13, 0.5e-13, 2e-13, -1e-3][Math.floor(5 * rng.uniform())]!;
        return { value: size * (1 - fall), gradient: normalMatrix(rng, 1, 4) };
      });
      expect(compare(make, frameOf("hidden", 1, 4), 8, 1e-8).tiny).toBeGreaterThan(0);
    },
  );
});
