import { expect, it } from "vitest";
import { halfWidth } from "../../src/claims/kinds/numbers.js";
import { linearEstimate, ratioEstimate } from "../../src/claims/linear.js";
import { meanEstimate } from "../../src/claims/statistics/meanEstimate.js";
import { keyedStream } from "../../src/random/keyedStream.js";

const a = { content: "one", values: [1, 5, 2, 8] };
const b = { content: "one", values: [2, 6, 3, 9] };

it("terms that saw the same draws are paired: what they share leaves no error", () => {
  const paired = linearEstimate([
    { c: 1, point: b },
    { c: -1, point: a },
  ]);
  expect(paired).toMatchObject({ mean: 1, se: 0, n: 4 });
});

it("terms of different problems are independent: their variances add", () => {
  const found = linearEstimate(
    [
      { c: 2, point: a },
      { c: -1, point: { ...b, content: "two" } },
    ],
    7,
  );
  const [x, y] = [meanEstimate(a.values), meanEstimate(b.values)];
  expect(found.mean).toBeCloseTo(2 * x.mean - y.mean + 7, 12);
  expect(found.se).toBeCloseTo(Math.hypot(2 * x.se, y.se), 12);
});

it("a replication that one of the terms lacks is in none of them", () => {
  const found = linearEstimate([
    { c: 1, point: { ...b, values: [2, null, 3, 10] } },
    { c: -1, point: { ...a, values: [null, 5, 2, 8] } },
  ]);
  expect(found).toMatchObject({ mean: 1.5, n: 2 });
});

it("the interval of a ratio has the truth in it as often as it says, paired or not", () => {
  for (const content of ["one", "two"]) {
    let covered = 0;
    for (let run = 0; run < 1000; run++) {
      const rng = keyedStream(["ratio", content, run]);
      const shared = Array.from({ length: 12 }, () => rng.normal());
      const x = shared.map((z) => 6 + z + 0.5 * rng.normal());
      const y = (content === "one" ? shared : shared.map(() => rng.normal())).map((z) => 10 + 2 * z);
      const ratio = ratioEstimate({ content: "one", values: x }, [{ content, values: y }], 2);
      if (Math.abs(ratio.mean - 6 / 12) <= halfWidth(ratio)) covered++;
    }
    // 95 %: outside [910, 983] with probability below 1e-6 (binomial tails), the small bias of a ratio included.
    expect(covered).toBeGreaterThan(910);
    expect(covered).toBeLessThan(983);
  }
});
