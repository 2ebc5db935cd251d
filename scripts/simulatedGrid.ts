import { readFileSync } from "node:fs";
import type { Problem } from "../src/model/problem.js";
import { exponent } from "../src/study/resolveProblem.js";
import { predict } from "../src/theory/predict.js";
import type { Attack, Method } from "../src/training/method.js";
import { METRIC_NAMES } from "../src/transfer/metricNames.js";

/** One problem of the grid, simulated by an independent program (numpy; p x T matrices, SVD, no shared code): metrics in the order of METRIC_NAMES. */
export interface SimulatedProblem {
  readonly id: string;
  readonly problem: Problem;
  readonly methods: readonly {
    readonly method: Method;
    readonly mean: readonly (number | null)[];
    readonly mcse: readonly (number | null)[];
  }[];
}

/** The grid of docs/theory.md 5.6, complete problems and methods. */
export function simulatedGrid(): SimulatedProblem[] {
  const file = new URL("../test/theory/simulatedGrid.json", import.meta.url);
  const rows = JSON.parse(readFileSync(file, "utf8")) as SimulatedProblem[];
  return rows.map(({ id, problem, methods }) => ({
    id,
    problem: { ...problem, target: { ...problem.target, attack: withInfinity(problem.target.attack) } },
    methods: methods.map(({ method, mean, mcse }) => ({
      method: { ...method, attack: withInfinity(method.attack as Attack | null) },
      mean,
      mcse,
    })),
  }));
}

/** JSON has no Infinity: the file says "inf", as study files do. */
function withInfinity<T extends { readonly norm: number | "inf" }>(attack: T | null): T | null {
  return attack === null ? null : { ...attack, norm: exponent(attack.norm) };
}

/** Every simulated mean of the grid with its Monte Carlo error and its prediction, six digits each, one row each. */
export function simulatedGridCsv(): string {
  const digits = (x: number | null | undefined): string =>
    x === null || x === undefined ? "" : String(Number(x.toPrecision(6)));
  const rows = simulatedGrid().flatMap(({ id, problem, methods }) =>
    methods.flatMap(({ method, mean, mcse }) => {
      const { metrics } = predict(problem, method);
      return METRIC_NAMES.flatMap((metric, k) =>
        metrics[metric] === null
          ? []
          : [
              [
                id,
                `"${method.name}"`,
                metric,
                digits(mean[k]),
                digits(mcse[k]),
                digits(metrics[metric]),
              ].join(","),
            ],
      );
    }),
  );
  return `${["problem,method,metric,simulated,mcse,predicted", ...rows].join("\n")}\n`;
}
