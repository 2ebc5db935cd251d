/**
 * LEMMA rotationReduction: p does not matter (section 6.3).
 *
 * With B = [I_r; 0], rows beyond r are pure noise Z2 ((p - r) x T) and Z2 = Q R, Q Haar, R the Bartlett factor (diagonal chi with p - r, p - r - 1, ...
 * degrees of freedom, standard normals above). Column lengths, filtering, weights and ||B^T W1|| need only the (r + T) x T matrix
 * [A + tau Z1; tau R]: ||sin Theta|| has the same law.
 *
 * Hypotheses: q = 2 methods; p - r >= T; the degrees of freedom fall by one along the diagonal.
 * Role: simulations at p = 10^9 cost what p = 100 costs; in a proof, p enters through p - r chi variables alone.
 * Follows from: rotationInvariance, chiSquare.
 */
import { columnCopy, type Matrix, zeros } from "../src/numerics/matrix.js";
import { topLeftSubspace } from "../src/numerics/topSubspace.js";
import { chiSampler } from "../src/random/distributions/gamma.js";
import { haarFrame, normalMatrix } from "../src/random/distributions/haarFrame.js";
import type { Rng } from "../src/random/keyedStream.js";
import { closedForm } from "../src/training/closedForm.js";
import { sameLaw } from "./laws/distances.js";
import { lemma } from "./laws/lemma.js";
import { mustFail } from "./laws/statistical.js";

const R = 2;
const P = 9;
const T = 6;
const TAU = 0.8;

/** ||sin Theta||^2 to the first R axes of the filtered, normalised columns. */
function sin2(rows: Matrix, eps: number): number {
  const stack = zeros(rows.rows, rows.cols);
  for (let t = 0; t < rows.cols; t++) {
    const { direction } = closedForm(columnCopy(rows, t), { norm: 2, radius: eps });
    direction.forEach((x, i) => {
      stack.data[i * rows.cols + t] = x;
    });
  }
  const { basis } = topLeftSubspace(stack, R);
  return R - basis.data.slice(0, R * basis.cols).reduce((sum, x) => sum + x * x, 0);
}

/** [A + tau Z1; tau lower] with a lower block; A has random unit columns. */
function stacked(rng: Rng, lower: Matrix): Matrix {
  const top = normalMatrix(rng, R, T);
  const m = zeros(R + lower.rows, T);
  for (let t = 0; t < T; t++) {
    const angle = 2 * Math.PI * rng.uniform();
    m.data[t] = Math.cos(angle) + TAU * top.data[t]!;
    m.data[T + t] = Math.sin(angle) + TAU * top.data[T + t]!;
  }
  lower.data.forEach((x, i) => {
    m.data[R * T + i] = TAU * x;
  });
  return m;
}

function bartlett(rng: Rng, freedom: (i: number) => number): Matrix {
  const chi = chiSampler(rng);
  const r = zeros(T, T);
  for (let i = 0; i < T; i++) {
    r.data[i * T + i] = chi(freedom(i));
    for (let j = i + 1; j < T; j++) r.data[i * T + j] = rng.normal();
  }
  return r;
}

const direct =
  (eps: number) =>
  (rng: Rng): number =>
    sin2(stacked(rng, normalMatrix(rng, P - R, T)), eps);
const reduced =
  (eps: number, freedom = (i: number): number => P - R - i) =>
  (rng: Rng): number =>
    sin2(stacked(rng, bartlett(rng, freedom)), eps);
const size = { draws: 1500 };

lemma("rotationReduction", [
  sameLaw("||sin Theta|| of standard training", reduced(0), direct(0), size),
  sameLaw("||sin Theta|| after an l_2 filter that drops some tasks", reduced(2.2), direct(2.2), size),
  sameLaw(
    "the noise block times a Haar frame is the noise block: its first entry",
    (rng) => {
      const q = haarFrame(rng, P - R, T);
      const r = bartlett(rng, (i) => P - R - i);
      return q.data.slice(0, T).reduce((sum, x, i) => sum + x * r.data[i * T + T - 1]!, 0);
    },
    (rng) => rng.normal(),
    { draws: 2500 },
  ),
  mustFail(
    "refuted for degrees of freedom that fall twice as fast",
    sameLaw(
      "",
      reduced(0, (i) => Math.max(0.1, P - R - 2 * i)),
      direct(0),
      { draws: 4000 },
    ),
  ),
  mustFail(
    "refuted for another p",
    sameLaw(
      "",
      reduced(0, (i) => 3 * (P - R) - i),
      direct(0),
      size,
    ),
  ),
]);
