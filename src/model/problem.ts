/** The families of noise that a problem can name; docs/theory.md section 1 says what each is there to test. */
export type NoiseFamily = "gaussian" | "rademacher" | "uniform" | "student-t" | "anisotropic";

/**
 * Noise of one sample: mean zero, and covariance `sd^2 I_p` for every family but `anisotropic`, whose covariance
 * is diagonal with mean variance `sd^2`.
 */
export interface Noise {
  /** sigma > 0, the standard deviation of a coordinate (root mean square over coordinates if anisotropic). */
  readonly sd: number;
  readonly family: NoiseFamily;
  /** Student-t only: degrees of freedom, > 2 so that the variance exists. */
  readonly degreesOfFreedom: number;
  /** Anisotropic only: largest over smallest coordinate variance, >= 1; variances are geometric in between. */
  readonly condition: number;
}

/** A share of the tasks (largest-remainder rounding) whose vectors a_t have one Euclidean norm. */
export interface SignalGroup {
  readonly share: number;
  readonly norm: number;
}

/**
 * How the task vectors spread over the r directions: `a_t = norm_t D g / ||D g||`, g standard normal, D the diagonal of the
 * square roots of these r weights. Equal weights are the isotropic default; a zero weight is a missing direction.
 */
export type DiversityWeights = readonly number[];

/** The target task: `samples` = m labelled samples, `norm` = ||a_{T+1}||, its direction uniform on the sphere. */
export interface Target {
  readonly samples: number;
  readonly norm: number;
  /** The attack of `robustErrorRate`, the same for every method; null: each method is judged under its own. */
  readonly attack: { readonly norm: number; readonly radius: number } | null;
}

/**
 * One transfer problem of docs/theory.md section 1, complete: every default filled in, every value checked.
 * Built from user input by `resolveProblem`.
 */
export interface Problem {
  /** p, the ambient dimension. */
  readonly dimension: number;
  /** r, the rank of the shared representation, 1 <= r <= p. */
  readonly rank: number;
  /** T, the number of source tasks. */
  readonly tasks: number;
  /** n, labelled samples a source task. */
  readonly labeled: number;
  /** u, unlabelled samples a source task (0: none). */
  readonly unlabeled: number;
  readonly noise: Noise;
  readonly signal: readonly SignalGroup[];
  readonly diversity: DiversityWeights;
  /** s, the number of nonzero rows of B, r <= s <= p; null: dense (s = p). */
  readonly support: number | null;
  readonly target: Target;
}

/** How a replication is drawn: sufficient statistics wherever they are exact (`auto`), or raw samples (`direct`). */
export type Sampling = "auto" | "direct";
