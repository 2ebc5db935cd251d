import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Architecture, SMALL_CNN } from "../../src/deep/network/architecture.js";
import { forwardAll, inputTensor, weightTensors } from "../../src/deep/network/forward.js";
import { initialNetwork } from "../../src/deep/network/network.js";
import { loadBackend, type Tf } from "../../src/deep/tensors/loadBackend.js";
import type { Tensor } from "../../src/deep/tensors/tf.js";
import { useOurKernels, useStockKernels } from "../../src/deep/tensors/wasm/wasmKernels.js";
import { attackOf } from "../../src/deep/training/arm.js";
import { attacked } from "../../src/deep/training/attack.js";
import { lossStep } from "../../src/deep/training/lossStep.js";
import { initialOptimizer, updateWeights } from "../../src/deep/training/optimizer.js";
import { settingsOf } from "../../src/deep/training/settings.js";
import { keyedStream } from "../../src/random/keyedStream.js";
import { type Bench, type BenchRow, interleavedTimes, milliseconds } from "./harness.js";

const SELF = fileURLToPath(import.meta.url);
const BATCH = 128;
const CLASSES = 10;
const MLP: Architecture = { kind: "mlp", hidden: [256, 128] };
/** A step of the CNN may cost this many forward passes. */
const FORWARD_PASSES = 8;

/** Training steps and attacks on our wasm kernels against the stock ones, and a step of the CNN against its forward pass; one thread. */
export const networksBench: Bench = { name: "networks on wasm", run: measure };

interface Times {
  readonly stockStep: number;
  readonly ourStep: number;
  readonly stockAttack: number;
  readonly ourAttack: number;
  readonly cnnForward: number;
  readonly cnnStep: number;
}

function measure(): BenchRow[] {
  const child = spawnSync(process.execPath, ["--import", "tsx", SELF, "child"], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(child.stderr);
  const times = JSON.parse(child.stdout) as Times;
  const row = (
    name: string,
    baseline: string,
    ratio: number,
    candidate: number,
    target: number,
  ): BenchRow => ({
    name,
    baseline,
    candidate: milliseconds(candidate),
    ratio,
    target,
    note: "equal numbers: test/deep/tensors/wasm",
    holds: ratio >= target,
  });
  const { stockStep, ourStep, stockAttack, ourAttack, cnnForward, cnnStep } = times;
  return [
    row("SGD step, 784-256-128-10", milliseconds(stockStep), stockStep / ourStep, ourStep, 4),
    row(
      "PGD, 7 steps, l_inf, 784-256-128-10",
      milliseconds(stockAttack),
      stockAttack / ourAttack,
      ourAttack,
      4,
    ),
    row(
      "SGD step of the small CNN",
      `${FORWARD_PASSES} x ${milliseconds(cnnForward)}`,
      (FORWARD_PASSES * cnnForward) / cnnStep,
      cnnStep,
      1,
    ),
  ];
}

/** What a network does in a study, on one batch. */
function tasksOf(tf: Tf, architecture: Architecture) {
  const inputShape = architecture.kind === "mlp" ? [784] : [28, 28, 1];
  const network = initialNetwork(architecture, { inputShape, tasks: 1, classes: CLASSES }, ["bench"]);
  const settings = settingsOf({ network: architecture, optimizer: "sgd", learningRate: 1e-3, batch: BATCH });
  const state = initialOptimizer(settings, network.weights);
  const rng = keyedStream(["bench inputs"]);
  const inputs = Float32Array.from({ length: BATCH * 784 }, () => rng.uniform());
  const targets = new Float32Array(BATCH * CLASSES);
  for (let i = 0; i < BATCH; i++) targets[i * CLASSES + (i % CLASSES)] = 1;
  const attack = attackOf(
    { norm: Infinity, radius: 0.05, steps: 7, stepSize: 0.02, randomStart: false },
    "bench",
  )!;
  const weights = weightTensors(tf, network);
  const x = inputTensor(tf, network, inputs, BATCH);
  const labels = tf.tensor(targets, [1, BATCH, CLASSES]);
  const standard = { attack: null, augmentation: null };
  return {
    // Nothing is returned from a `tidy`: it would look for tensors in every entry of an array.
    forward: () => tf.tidy(() => void forwardAll(tf, network, weights, x).dataSync()),
    step: () => {
      const batch = { size: BATCH, inputs, targets };
      const { gradients } = lossStep(tf, network, network.weights, batch, standard, ["bench"], 1);
      updateWeights(settings, state, network.weights, gradients, 1);
    },
    attack: () =>
      tf.tidy(() => {
        const loss = (z: Tensor): Tensor =>
          tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(forwardAll(tf, network, weights, z)))));
        attacked(tf, loss, x, attack, rng).dataSync();
      }),
  };
}

async function times(): Promise<Times> {
  const { tf } = await loadBackend("wasm");
  const mlp = tasksOf(tf, MLP);
  const cnn = tasksOf(tf, SMALL_CNN);
  const tasks = [mlp.step, mlp.step, mlp.attack, mlp.attack, cnn.forward, cnn.step];
  for (let i = 0; i < 20; i++) for (const task of [mlp.step, cnn.forward, cnn.step]) task();
  const measured = interleavedTimes(
    tasks.map((task, k) => () => {
      // A look-up of sixteen names, next to nothing.
      if (k === 0 || k === 2) useStockKernels(tf);
      else useOurKernels(tf);
      task();
    }),
    12,
    [2, 6, 1, 2, 5, 3],
  );
  const [stockStep, ourStep, stockAttack, ourAttack, cnnForward, cnnStep] = measured as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { stockStep, ourStep, stockAttack, ourAttack, cnnForward, cnnStep };
}

if (process.argv[1] === SELF && process.argv[2] === "child") {
  process.stdout.write(JSON.stringify(await times()));
}
