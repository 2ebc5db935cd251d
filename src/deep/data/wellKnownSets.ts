import { badInput } from "../../core/guards.js";
import { nearNames, orList } from "../../study/nearNames.js";

export interface WellKnownFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** A public image set, where its files are, and what they must be to the byte. */
export interface WellKnownSet {
  readonly name: string;
  /** Its images, its makers and its licence, in a line. */
  readonly about: string;
  readonly page: string;
  /** Addresses of folders that have the files (or the archive), in the order in which they are tried. */
  readonly mirrors: readonly string[];
  /** The files that a data folder has in the end. */
  readonly files: readonly WellKnownFile[];
  /** The tar.gz that the files come in; null when they come one by one. */
  readonly archive: WellKnownFile | null;
}

/** The four files of a set of the MNIST family: [bytes, sha256] of training images and labels, test images and labels. */
function idxFiles(...sums: readonly (readonly [bytes: number, sha256: string])[]): WellKnownFile[] {
  const names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];
  return names.map((name, i) => ({ name: `${name}-ubyte.gz`, bytes: sums[i]![0], sha256: sums[i]![1] }));
}

/** A file of 10,000 records of CIFAR-10. */
const batch = (name: string, sha256: string): WellKnownFile => ({
  name: `${name}.bin`,
  bytes: 30_730_000,
  sha256,
});

/**
 * Sizes and SHA-256 of the downloads: TensorFlow Datasets, tensorflow_datasets/url_checksums/{mnist,fashion_mnist,kmnist,cifar10}.txt; those of the single
 * files of CIFAR-10: TorchVision for Ruby (ankane/torchvision-ruby), lib/torchvision/datasets/cifar10.rb. A sum makes any mirror as good as
 * another, so that one may be plain http.
 */
export const WELL_KNOWN_SETS: readonly WellKnownSet[] = [
  {
    name: "mnist",
    about:
      "70,000 digits, 28 x 28, grey; Y. LeCun, C. Cortes, C. Burges; often redistributed as CC BY-SA 3.0",
    page: "http://yann.lecun.com/exdb/mnist/",
    mirrors: [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ],
    files: idxFiles(
      [9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"],
      [28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"],
      [1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"],
      [4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"],
    ),
    archive: null,
  },
  {
    name: "fashion-mnist",
    about: "70,000 pieces of clothing, 28 x 28, grey; Zalando SE; MIT licence",
    page: "https://github.com/zalandoresearch/fashion-mnist",
    mirrors: [
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ],
    files: idxFiles(
      [26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"],
      [29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"],
      [4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"],
      [5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"],
    ),
    archive: null,
  },
  {
    name: "kmnist",
    about:
      "70,000 Kuzushiji characters, 28 x 28, grey; ROIS-DS Center for Open Data in the Humanities; CC BY-SA 4.0",
    page: "https://github.com/rois-codh/kmnist",
    mirrors: [
      "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
      "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
    ],
    files: idxFiles(
      [18_165_135, "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"],
      [29_497, "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"],
      [3_041_136, "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"],
      [5_120, "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"],
    ),
    archive: null,
  },
  {
    name: "cifar10",
    about:
      "60,000 photographs of ten kinds of things, 32 x 32, colour; A. Krizhevsky, V. Nair, G. Hinton; no licence given",
    page: "https://www.cs.toronto.edu/~kriz/cifar.html",
    mirrors: ["https://www.cs.toronto.edu/~kriz/", "https://cave.cs.toronto.edu/kriz/"],
    files: [
      batch("data_batch_1", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
      batch("data_batch_2", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
      batch("data_batch_3", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
      batch("data_batch_4", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
      batch("data_batch_5", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
      batch("test_batch", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
    ],
    archive: {
      name: "cifar-10-binary.tar.gz",
      bytes: 170_052_171,
      sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    },
  },
];

/** The well-known set of a name; throws `bad-input`, with the names there are. */
export function wellKnownSet(name: string): WellKnownSet {
  const found = WELL_KNOWN_SETS.find((set) => set.name === name);
  if (found !== undefined) return found;
  const names = WELL_KNOWN_SETS.map((set) => set.name);
  const near = nearNames(name, names);
  const hint = near.length > 0 ? `Did you mean ${orList(near)}?` : undefined;
  throw badInput("set", orList(names), name, hint);
}
