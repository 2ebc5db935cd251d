import type { Problem } from "../src/model/problem.js";
import { methodStyles } from "../src/report/palette.js";
import type { CellSummary, StudyResult } from "../src/study/results.js";
import { marginalValue } from "../src/theory/consequences/marginalValue.js";
import { firstCell, geometric, methodOf, predicted, worstDeviation } from "./lib/predicted.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation, Styles } from "./lib/simulation.js";
import { type TheoryPoint, type TheorySeries, theoryFigure } from "./lib/theoryFigure.js";

const METHOD = "semi-supervised";
const PATH = [10, 20, 40, 100, 300];
const UNLABELED = 60;
/** Steps of a half: a tenth would drown in Monte Carlo error. */
const step = (amount: number): number => Math.max(1, Math.round(amount / 2));

const RESOURCE_STYLES = methodStyles(["a label", "an unlabelled sample", "a task, per label"]);

interface Resource {
  readonly name: string;
  readonly more: (problem: Problem) => Problem;
  /** Samples that the step costs: labels, or unlabelled samples. */
  readonly cost: (problem: Problem) => number;
  readonly predicted: (value: ReturnType<typeof marginalValue>, problem: Problem) => number | null;
}

const over = (value: number | null, samples: number): number | null =>
  value === null ? null : value / samples;

const RESOURCES: readonly Resource[] = [
  {
    name: "a label",
    more: (problem) => ({ ...problem, labeled: problem.labeled + step(problem.labeled) }),
    cost: (problem) => step(problem.labeled) * problem.tasks,
    predicted: (value, problem) => over(value.labeled, problem.tasks),
  },
  {
    name: "an unlabelled sample",
    more: (problem) => ({ ...problem, unlabeled: problem.unlabeled + step(problem.unlabeled) }),
    cost: (problem) => step(problem.unlabeled) * problem.tasks,
    predicted: (value, problem) => over(value.unlabeled, problem.tasks),
  },
  {
    name: "a task, per label",
    more: (problem) => ({ ...problem, tasks: problem.tasks + step(problem.tasks) }),
    cost: (problem) => step(problem.tasks) * problem.labeled,
    predicted: (value, problem) => over(value.task, problem.labeled),
  },
];

const method = { name: METHOD, pseudoLabels: { weight: "optimal" } };
const study = (name: string, seed: number, problem: object, vary: object): object => ({
  name,
  seed,
  replications: 120,
  problem: { dimension: 150, rank: 2, target: { samples: 20, norm: 1 }, ...problem },
  methods: [method],
  vary,
});
const labelled = { "problem.labeled": PATH };
const TASKS = 60;
const studies = [
  study("p6-path", 3601, { tasks: TASKS, unlabeled: UNLABELED }, labelled),
  study(
    "p6-more-labels",
    3602,
    { tasks: TASKS, unlabeled: UNLABELED },
    {
      "problem.labeled": PATH.map((n) => n + step(n)),
    },
  ),
  study("p6-more-unlabeled", 3603, { tasks: TASKS, unlabeled: UNLABELED + step(UNLABELED) }, labelled),
  study("p6-more-tasks", 3604, { tasks: TASKS + step(TASKS), unlabeled: UNLABELED }, labelled),
];

const start = firstCell({ ...studies[0]!, vary: { "problem.labeled": [PATH[0]] } });
const learner = methodOf(start, METHOD);

/** The simulated fall of the excess risk per sample, and the prediction of the same step. */
function fall(here: CellSummary, there: CellSummary, resource: Resource): TheoryPoint[] {
  const [a, b] = [here, there].map((cell) => cell.methods[METHOD]!.excessRisk);
  if (a!.mean === null || b!.mean === null) return [];
  const samples = resource.cost(here.problem);
  return [
    {
      x: here.problem.labeled,
      mean: (a!.mean - b!.mean) / samples,
      half: a!.mcse === null || b!.mcse === null ? null : (1.96 * Math.hypot(a!.mcse, b!.mcse)) / samples,
      predicted:
        a!.predicted === null || b!.predicted === null ? null : (a!.predicted - b!.predicted) / samples,
    },
  ];
}

function points(results: readonly StudyResult[], k: number): TheoryPoint[] {
  const [base, ...more] = results;
  return base!.cells.flatMap((cell, i) => fall(cell, more[k]!.cells[i]!, RESOURCES[k]!));
}

const LABELS = geometric(PATH[0]!, PATH[PATH.length - 1]!, 24).map(Math.round);
const SETTING = `p = 150, T = ${TASKS}, r = 2, u = ${UNLABELED}, σ = 1, norm 1, m = 20; pseudo-labels at the best weight.`;

function marginal(styles: Styles) {
  const values = LABELS.map((labeled) => {
    const problem = { ...start.problem, labeled };
    return { problem, value: marginalValue(problem, learner) };
  });
  return theoryFigure({
    id: "p6-value",
    title: "What one more sample is worth, predicted",
    caption: `${SETTING} The fall of the target's excess risk per sample, by a step of a tenth; a task costs n labels, its unlabelled samples count as free.`,
    xLabel: "labelled samples a task, n",
    yLabel: "fall of the excess risk per sample",
    series: RESOURCES.map(({ name, predicted }) => ({
      name,
      simulated: [],
      curve: values.map(({ problem, value }) => [problem.labeled, predicted(value, problem)]),
    })),
    styles,
    logX: true,
    logY: true,
    xTicks: PATH,
  });
}

function checked(results: readonly StudyResult[], styles: Styles) {
  const at = (problem: Problem): number | null => predicted(problem, learner, "excessRisk");
  const series = RESOURCES.map(
    ({ name, more, cost }, k): TheorySeries => ({
      name,
      simulated: points(results, k),
      curve: LABELS.map((labeled) => {
        const problem = { ...start.problem, labeled };
        const [here, there] = [at(problem), at(more(problem))];
        return [labeled, here === null || there === null ? null : (here - there) / cost(problem)];
      }),
    }),
  );
  return theoryFigure({
    id: "p6-check",
    title: "The same over steps of a half, simulated",
    caption:
      "Half as many labels, unlabelled samples or tasks again: steps that are large enough to be seen above Monte Carlo error.",
    xLabel: "labelled samples a task, n",
    yLabel: "fall of the excess risk per sample",
    series,
    styles,
    logX: true,
    logY: true,
    xTicks: PATH,
  });
}

const simulation: Simulation = {
  id: "P6",
  title: "What to collect next: a label, an unlabelled sample, or a task",
  question:
    "Given what there is, which next sample lowers the target's excess risk most? One more label in an existing task, one more unlabelled sample, or a new task, counted per label that it needs?",
  theory:
    "labels in old tasks and in new ones are worth about the same; an unlabelled sample is worth a small part of a label",
  studies,
  replicationModule: new URL("./lib/manyTargets.ts", import.meta.url).href,
  figures: (results, styles) => {
    const all = new Map([...styles, ...RESOURCE_STYLES]);
    return [marginal(all), checked(results, all)];
  },
  seen: (results) => {
    const [labels, unlabeled, tasks] = RESOURCES.map((_, k) => points(results, k));
    const ratio = (a: TheoryPoint, b: TheoryPoint): string =>
      `${(a.mean / b.mean).toFixed(2)} (predicted ${(a.predicted! / b.predicted!).toFixed(2)})`;
    const ends = [0, PATH.length - 1].filter((i) => labels![i] !== undefined && tasks![i] !== undefined);
    const text = ends.map((i) => `n = ${PATH[i]} ${ratio(labels![i]!, tasks![i]!)}`).join(", ");
    return (
      `a label in an old task over one in a new task: ${text}; an unlabelled sample over a label at n = ${PATH[0]}: ` +
      `${ratio(unlabeled![0]!, labels![0]!)}; predicted/simulated differences within ${worstDeviation([...labels!, ...unlabeled!, ...tasks!], 0.15)} where known to 15 %`
    );
  },
  notes: [
    "A task brings its labels and its unlabelled samples; which of the three is cheapest depends on prices. Divide each curve by the price of its sample.",
    "Where a simulated difference is within its error of 0, its bar leaves the picture at the bottom: the prediction says more there than any affordable simulation.",
  ],
};

export default simulation;
await runAlone(import.meta.url, simulation);
