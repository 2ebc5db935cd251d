import ziggurat from "@stdlib/random-base-improved-ziggurat";
import { canonicalJson } from "../core/canonicalJson.js";
import { digestWords } from "../core/digest.js";

/** What a stream is a function of: plain data, e.g. `[seed, problem, replication, "labeled"]`. */
export type StreamKey = readonly unknown[];

/** A stream of random numbers: the only source of randomness that functions of this toolkit accept. */
export interface Rng {
  /** Uniform on [0, 1), 53 bits. */
  readonly uniform: () => number;
  /** Standard normal. */
  readonly normal: () => number;
}

/**
 * The random stream of a key: MT19937 seeded with the 256 bits of SHA-256 of the key's canonical text, so that a stream depends on
 * what it is for and never on how much was drawn before it. Equal keys give equal streams; two different keys collide with
 * probability 2^-256.
 *
 * Cost about 0.1 ms: key a block of draws (a role, a task), not a single number.
 *
 * @example keyedStream([7, "labeled", 0]).normal() // the same number on every machine
 */
export function keyedStream(key: StreamKey): Rng {
  return streamFromWords(digestWords(canonicalJson(key)));
}

/** The stream of an array of 32-bit words of key material. */
export function streamFromWords(words: Uint32Array): Rng {
  // The generator is given as a seed, not as a function: the ziggurat would pair a function with a second generator of its own.
  const normal = ziggurat.factory({ seed: words });
  return { uniform: normal.PRNG as () => number, normal };
}
