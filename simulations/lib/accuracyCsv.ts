import type { StudyResult } from "../../src/study/results.js";

/** Every simulated mean of subspace error and excess risk with its prediction, one row each: the data behind the accuracy figures. */
export function accuracyCsv(results: readonly StudyResult[]): string {
  const header =
    "study,cell,p,T,n,u,s,signal,method,metric,simulated,mcse,n_replications,predicted,deviation";
  const rows = results.flatMap((result) =>
    result.cells.flatMap(({ cell, problem, methods }) =>
      Object.entries(methods).flatMap(([method, metrics]) =>
        (["sinTheta2", "excessRisk"] as const).flatMap((metric) => {
          const { mean, mcse, n, predicted, deviation } = metrics[metric];
          if (mean === null || predicted === null) return [];
          const signal = problem.signal.map((group) => `${group.share} x ${group.norm}`).join(" + ");
          const { dimension, tasks, labeled, unlabeled, support } = problem;
          const place = [
            result.study,
            cell,
            dimension,
            tasks,
            labeled,
            unlabeled,
            support ?? dimension,
            signal,
          ];
          const numbers = [mean, mcse, n, predicted, deviation].map((x) =>
            x === null ? "" : Number(x.toPrecision(6)),
          );
          return [[...place, `"${method}"`, metric, ...numbers].join(",")];
        }),
      ),
    ),
  );
  return `${[header, ...rows].join("\n")}\n`;
}
