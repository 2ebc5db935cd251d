import type { Picture } from "./picture.js";

/** One input of the source or the target task, with the name of its class. */
export interface GallerySample {
  readonly part: "source" | "target";
  readonly className: string;
  readonly picture: Picture;
}

/** What an attack does to a few test samples of the first source task, as one arm's network sees them. */
export interface GalleryAttack {
  readonly arm: string;
  /** The arm whose attack it is: the arm itself or, for one that was trained without, the first that has one. */
  readonly attackOf: string;
  readonly norm: 2 | "inf";
  readonly radius: number;
  /** One a sample, in the order of {@link GalleryAttacks.inputs}. */
  readonly perturbations: readonly Picture[];
  /** The class that the network finds most probable, without and with the perturbation. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /**
   * The share of the squared gradient of the loss in the inputs, over test samples of the first source task, that lies in span(B); null where no B is known or
   * no gradient differs from 0.
   */
  readonly gradientInSubspace: number | null;
  /** Root mean squares of that gradient by coordinate; null for images. */
  readonly sensitivity: readonly number[] | null;
}

export interface GalleryAttacks {
  readonly classNames: readonly string[];
  readonly inputs: readonly Picture[];
  readonly arms: readonly GalleryAttack[];
}

/** Units of the first layer: the same ones for every arm, which all start from the same weights. */
export interface GalleryFeatures {
  /** The shape of a picture: that of an input, or of a convolution's patch. */
  readonly shape: readonly number[];
  /** Numbers of the units shown. */
  readonly units: readonly number[];
  readonly arms: readonly {
    readonly arm: string;
    readonly pictures: readonly Picture[];
    /** The share of the squared weights of the whole first layer that lies in span(B), and on the rows where B is not 0; null where no B is known. */
    readonly inSubspace: number | null;
    readonly onSupport: number | null;
  }[];
}

/** How alike what the arms have learnt is. */
export interface GallerySimilarity {
  /** Linear centred kernel alignment of the features of target test inputs, arm by arm; null where features do not vary. */
  readonly arms: readonly string[];
  readonly samples: number;
  readonly cka: readonly (readonly (number | null)[])[];
  /** Principal angles in degrees, ascending, between the leading subspaces of first layers; null where no first layer sees the whole input. */
  readonly angles: {
    readonly rank: number;
    /** `B`, where it is known, and the arms. */
    readonly names: readonly string[];
    readonly degrees: readonly (readonly (readonly number[])[])[];
  } | null;
}

/**
 * What the networks of replication 0 look like, at the first point of a study: plain data, of one backend and one replication, to be looked at and not to be
 * tested. Made by `galleryOf`, shown by the report.
 */
export interface Gallery {
  /** Of an input: `[p]`, or `[height, width, channels]`. */
  readonly shape: readonly number[];
  readonly samples: readonly GallerySample[];
  /** The lengths of the rows of B, by coordinate; null where no B is known. */
  readonly rowNorms: readonly number[] | null;
  /** r / p, the share of any direction that a random subspace of the dimension of B has; null where no B is known. */
  readonly chance: number | null;
  /** null where no arm is attacked. */
  readonly attacks: GalleryAttacks | null;
  readonly features: GalleryFeatures;
  readonly similarity: GallerySimilarity;
}
