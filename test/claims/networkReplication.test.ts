import { describe, expect, it } from "vitest";
import { networkClaims } from "../../src/claims/catalogue/networks.js";
import { studiesOf } from "../../src/claims/claim.js";
import { NETWORKS, runReplication } from "../../src/claims/networkReplication.js";
import { drawReplication } from "../../src/model/drawReplication.js";
import { rawSamples } from "../../src/model/rawSamples.js";
import { fromRows, type Matrix, rowView } from "../../src/numerics/matrix.js";
import { sinThetaSquared } from "../../src/numerics/principalAngles.js";
import { loadReplication } from "../../src/study/loadReplication.js";
import { runReplication as usual } from "../../src/study/replication.js";
import { resolveStudy } from "../../src/study/resolveStudy.js";
import type { Cell } from "../../src/study/study.js";
import { marginLoss } from "../../src/training/gradient/marginLoss.js";
import { equalWeights, type WeightedSamples } from "../../src/training/gradient/weightedSamples.js";
import { trainNetwork } from "../../src/training/joint/trainNetwork.js";
import { trainRepresentation } from "../../src/training/trainRepresentation.js";
import { type Metrics, NO_METRICS } from "../../src/transfer/metricNames.js";

const CLOSED = [
  { name: "standard" },
  { name: "raw", aggregation: "raw" },
  { name: "joint", aggregation: "joint" },
];
const SEED = 5;

function cellOf(methods: readonly object[], labeled = 11): Cell {
  const problem = { dimension: 9, rank: 2, tasks: 6, labeled, signal: 2 };
  return resolveStudy({ name: "tiny", problem, methods, replications: 1 }).cells[0]!;
}

function metricsOf(methods: readonly object[], replication = 0): Readonly<Record<string, Metrics>> {
  const row = runReplication({ seed: SEED }, cellOf(methods), replication);
  if ("error" in row) throw new Error(row.error);
  return row.methods as Readonly<Record<string, Metrics>>;
}

const named = (...names: readonly string[]): readonly object[] => names.map((name) => ({ name }));

/** The network of a name, trained here on samples from `from` on, validated on those before. */
function networkOf(name: string, from = 0): Matrix {
  const { problem, sampling } = cellOf(CLOSED);
  const draw = drawReplication(problem, SEED, 0, sampling);
  const samples = rawSamples(problem, SEED, 0, sampling, draw);
  const part = (points: Matrix, first: number, end: number): WeightedSamples =>
    equalWeights(fromRows(Array.from({ length: end - first }, (_, i) => rowView(points, first + i).slice())));
  const all = [...samples.labeled()];
  const { loss, options } = NETWORKS[name]!;
  const validation = from === 0 ? {} : { validation: all.map((points) => part(points, 0, from)) };
  return trainNetwork(
    all.map((points) => part(points, from, points.rows)),
    2,
    { loss: marginLoss(loss), attack: null, inner: "exact" },
    { ...options, ...validation },
    samples.training(problem.tasks),
  ).basis;
}

const errorOf = (basis: Matrix): number => {
  const { problem, sampling } = cellOf(CLOSED);
  return sinThetaSquared(drawReplication(problem, SEED, 0, sampling).subspace, basis);
};

describe("the replication of the network studies", () => {
  it("is the module that these studies name", async () => {
    const studies = new Set(networkClaims.flatMap(studiesOf));
    expect(studies.size).toBeGreaterThan(2);
    for (const { replicationModule } of studies)
      expect(await loadReplication(replicationModule!)).toBe(runReplication);
  });

  it("knows every method of these studies: a name that it does not know would be standard training", () => {
    const known = (name: string): boolean =>
      Object.hasOwn(NETWORKS, name) || CLOSED.some((method) => method.name === name);
    const names = new Set<string>();
    for (const { methods } of new Set(networkClaims.flatMap(studiesOf)))
      for (const { name } of methods as readonly { name: string }[]) names.add(name);
    for (const name of names) for (const side of name.split(" to ")) expect(known(side), side).toBe(true);
    for (const name of Object.keys(NETWORKS)) expect(names, name).toContain(name);
  });

  it("has the toolkit's own numbers for the closed forms and the baselines, bit for bit", () => {
    for (const replication of [0, 1]) {
      const row = usual({ seed: SEED }, cellOf(CLOSED), replication);
      expect(metricsOf(CLOSED, replication)).toEqual("error" in row ? null : row.methods);
    }
  });

  it("trains the network that a name says, on all labelled samples", () => {
    for (const name of ["linear network", "while small", "after 1000 steps", "weight decay"]) {
      expect(metricsOf(named(name))[name]!.sinTheta2, name).toBe(errorOf(networkOf(name)));
    }
  });

  it("early stopping validates on the first fifth of the samples, rounded up, and trains on the others", () => {
    const { sinTheta2 } = metricsOf(named("early stopping"))["early stopping"]!;
    expect(sinTheta2).toBe(errorOf(networkOf("early stopping", 3)));
    expect(sinTheta2).not.toBe(errorOf(networkOf("early stopping", 2)));
  });

  it("'A to B' is the distance between the two, and has no other metric", () => {
    const names = ["linear network to raw", "weight decay to raw", "raw to raw", "weight decay to joint"];
    const found = metricsOf(named(...names));
    const decay = networkOf("weight decay");
    for (const [k, name] of ["raw", "joint"].entries()) {
      const { problem, sampling, methods } = cellOf(CLOSED);
      const { labeledMeans, norms } = drawReplication(problem, SEED, 0, sampling);
      const closed = trainRepresentation(problem, labeledMeans, norms, methods[k + 1]!).basis;
      expect(found[`weight decay to ${name}`]!.sinTheta2).toBe(sinThetaSquared(closed, decay));
    }
    expect(found["raw to raw"]!.sinTheta2).toBeLessThan(1e-15);
    // So few samples leave the second direction little lead over the third.
    expect(found["linear network to raw"]!.sinTheta2).toBeLessThan(1e-3);
    expect(found["weight decay to raw"]!.sinTheta2).toBeGreaterThan(1e-3);
    expect(found["weight decay to raw"]).toEqual({
      ...NO_METRICS,
      sinTheta2: found["weight decay to raw"]!.sinTheta2,
    });
  });
});
