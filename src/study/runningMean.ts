import type { Estimate } from "./results.js";

/**
 * Mean and Monte Carlo standard error in one pass (Welford): the sum of squares is gathered around the running mean, so that
 * a spread that is small beside the mean loses no digits.
 */
export class RunningMean {
  private n = 0;
  private mean = 0;
  private squares = 0;

  add(value: number | null): void {
    if (value === null) return;
    this.n++;
    const step = value - this.mean;
    this.mean += step / this.n;
    this.squares += step * (value - this.mean);
  }

  /** Nothing added: mean null. One value: no standard error. */
  estimate(): Estimate {
    const { n, mean, squares } = this;
    if (n === 0) return { mean: null, mcse: null, n };
    // + 0 turns a negative zero into the zero that JSON has.
    return { mean: mean + 0, mcse: n < 2 ? null : Math.sqrt(Math.max(0, squares) / (n - 1) / n), n };
  }
}
