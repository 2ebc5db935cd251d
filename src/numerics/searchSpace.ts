import { type Matrix, rowView, zeros } from "./matrix.js";
import { addScaled, dot, multiply, multiplyTransposeRight, norm2 } from "./products.js";
import { topEigenDense } from "./topEigenDense.js";

/** Leading eigenpairs of the projected operator: row i of `weights` combines the basis into Ritz vector i. */
export interface Ritz {
  readonly weights: Matrix;
  /** The largest ||K v - value v|| over the pairs asked for, relative to the largest eigenvalue. */
  readonly residual: number;
}

/** The search space of a block Lanczos method: an orthonormal basis V (rows), its image under K, and the projection V K V^T. */
export class SearchSpace {
  size = 0;
  private readonly basis: Matrix;
  private readonly images: Matrix;
  /** The lower triangle alone, all that {@link topEigenDense} reads. */
  private readonly projected: Matrix;
  /** Row i: what is left of K (i-th vector of the newest block) outside the space. */
  private remainders: Matrix;

  constructor(
    private readonly d: number,
    private readonly capacity: number,
  ) {
    this.basis = zeros(capacity, d);
    this.images = zeros(capacity, d);
    this.projected = zeros(capacity, capacity);
    this.remainders = zeros(0, d);
  }

  /** The basis, as a view. */
  current(): Matrix {
    return firstRows(this.basis, this.size);
  }

  /** Adds orthonormal rows and their images; returns the part of the images outside the enlarged space. */
  append(block: Matrix, images: Matrix): Matrix {
    const start = this.size;
    this.basis.data.set(block.data, start * this.d);
    this.images.data.set(images.data, start * this.d);
    this.size += block.rows;
    const products = multiplyTransposeRight(images, this.current());
    for (let i = 0; i < block.rows; i++) {
      for (let j = 0; j <= start + i; j++) {
        const value = products.data[i * this.size + j]!;
        // Inside the new diagonal block both mirror images are computed: their mean is symmetric.
        const mirrored = j < start ? value : products.data[(j - start) * this.size + start + i]!;
        this.projected.data[(start + i) * this.capacity + j] = 0.5 * (value + mirrored);
      }
    }
    const rest = images.data.slice();
    addScaled(rest, -1, multiply(products, this.current()).data);
    this.remainders = { rows: images.rows, cols: this.d, data: rest };
    return this.remainders;
  }

  /** The `count` leading eigenpairs of the projected operator and the largest relative residual among them. */
  ritz(count: number): Ritz {
    const k = this.size;
    const small = zeros(k, k);
    for (let i = 0; i < k; i++) {
      small.data.set(this.projected.data.subarray(i * this.capacity, i * this.capacity + k), i * k);
    }
    const { vectors, values } = topEigenDense(small, Math.min(count, k));
    const scale = Math.max(values[0]!, Number.MIN_VALUE);
    // Only the newest block has an image outside the space: the residual of a Ritz vector is its share of those remainders.
    const newest = this.remainders.rows;
    const shares = zeros(vectors.rows, newest);
    for (let i = 0; i < vectors.rows; i++)
      shares.data.set(rowView(vectors, i).subarray(k - newest), i * newest);
    const outside = multiply(shares, this.remainders);
    let residual = 0;
    for (let i = 0; i < vectors.rows; i++) residual = Math.max(residual, norm2(rowView(outside, i)) / scale);
    return { weights: vectors, residual };
  }

  /** The Ritz vectors, as orthonormal rows, with their Rayleigh quotients. */
  vectors(ritz: Ritz): { vectors: Matrix; values: Float64Array } {
    const vectors = multiply(ritz.weights, this.current());
    const images = multiply(ritz.weights, firstRows(this.images, this.size));
    const values = new Float64Array(vectors.rows);
    for (let i = 0; i < values.length; i++) values[i] = dot(rowView(vectors, i), rowView(images, i));
    return { vectors, values };
  }

  /** Keeps the span of `keep` leading Ritz vectors alone: the thick restart. */
  compress(keep: number): void {
    const { weights } = this.ritz(keep);
    const vectors = multiply(weights, this.current());
    const images = multiply(weights, firstRows(this.images, this.size));
    this.basis.data.set(vectors.data);
    this.images.data.set(images.data);
    this.size = keep;
    const products = multiplyTransposeRight(vectors, images);
    for (let i = 0; i < keep; i++) {
      for (let j = 0; j <= i; j++) {
        const mean = 0.5 * (products.data[i * keep + j]! + products.data[j * keep + i]!);
        this.projected.data[i * this.capacity + j] = mean;
      }
    }
  }
}

/** The first `count` rows, as a view. */
export function firstRows(m: Matrix, count: number): Matrix {
  return { rows: count, cols: m.cols, data: m.data.subarray(0, count * m.cols) };
}
