import { NETWORK_REPLICATION } from "../src/claims/catalogue/networks.js";
import { curveFigure } from "../src/report/curveFigure.js";
import type { CellSummary, StudyResult } from "../src/study/results.js";
import { meanText } from "./lib/measured.js";
import { STANDARD } from "./lib/methods.js";
import { runAlone } from "./lib/runAlone.js";
import type { Simulation } from "./lib/simulation.js";

const RAW = { name: "raw", aggregation: "raw" };
const JOINT = { name: "joint", aggregation: "joint" };
const NETWORKS = ["linear network", "while small", "early stopping", "after 1000 steps", "weight decay"];
const DISTANCES = [
  "linear network to raw",
  "linear network to joint",
  "while small to raw",
  "early stopping to raw",
  "early stopping to joint",
];

const problem = {
  dimension: 40,
  rank: 2,
  tasks: 30,
  signal: [
    { share: 0.5, norm: 2 },
    { share: 0.5, norm: 1 },
  ],
};
const vary = { "problem.labeled": [20, 40, 80, 160, 320] };
const errors = {
  name: "g5-networks",
  seed: 4501,
  replications: 12,
  problem,
  methods: [STANDARD, RAW, JOINT, ...NETWORKS.map((name) => ({ name }))],
  contrasts: [],
  vary,
};
const distances = {
  name: "g5-distances",
  seed: 4502,
  replications: 12,
  problem,
  methods: DISTANCES.map((name) => ({ name })),
  contrasts: [],
  vary,
};

const at = (result: StudyResult, n: number): CellSummary =>
  result.cells.find((cell) => cell.problem.labeled === n)!;

const simulation: Simulation = {
  id: "G5",
  title: "The network of practitioners: what unconstrained gradient descent learns",
  question:
    "Nobody constrains layers to be orthonormal or heads to the unit ball: two linear layers, a small random start, gradient descent. Which of the constrained representations does it find, and " +
    "how does that depend on the loss and on when one stops?",
  theory:
    "while small, the network follows the linearised flow, whose growing directions are the singular vectors of the raw means; the linear loss never leaves that phase",
  studies: [errors, distances],
  replicationModule: NETWORK_REPLICATION,
  figures: ([byMethod, byDistance], styles) => [
    curveFigure(byMethod!, {
      id: "g5-errors",
      title: "Subspace error against labels",
      caption:
        "p = 40, T = 30, r = 2, σ = 1, half the tasks of norm 2, half of norm 1. The networks have two neurons; all but the linear one are trained with the logistic loss.",
      x: "problem.labeled",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: ["standard", "raw", "joint", ...NETWORKS],
      logX: true,
      logY: true,
      styles,
    }),
    curveFigure(byDistance!, {
      id: "g5-distances",
      title: "Distance to the constrained optima",
      caption: "‖sin Θ‖ between two representations learnt from the same samples, not to the truth.",
      x: "problem.labeled",
      metric: "sinTheta2",
      transform: "sqrt",
      methods: DISTANCES,
      logX: true,
      logY: true,
      styles,
    }),
  ],
  seen: ([byMethod, byDistance]) =>
    `‖sin Θ‖² at n = 20: raw ${meanText(at(byMethod!, 20), "raw")}, linear network ${meanText(at(byMethod!, 20), "linear network")}, early stopping ${meanText(at(byMethod!, 20), "early stopping")}, ` +
    `after 1000 steps ${meanText(at(byMethod!, 20), "after 1000 steps")}; between linear network and raw ${meanText(at(byDistance!, 20), "linear network to raw")}, ` +
    `and joint ${meanText(at(byDistance!, 20), "linear network to joint")}`,
  notes: [
    "With the linear loss the unconstrained network is the PCA of the raw means, not the paper's normalised one: without a ball a task counts by its length. On mixed signals that is the better representation.",
    "With the logistic loss time is a parameter: after a few steps the network is still close to the raw PCA, trained to the end on few samples it fits them, and its first layer follows the noise.",
  ],
};

export default simulation;
await runAlone(import.meta.url, simulation);
