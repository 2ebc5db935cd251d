import { canonicalJson } from "../../core/canonicalJson.js";
import { digestHex } from "../../core/digest.js";
import { AdvTransferError } from "../../core/errors.js";
import type { Network, Weights } from "../network/network.js";
import { bytesOfWeights, sizeOfWeights, weightsReader } from "../network/weightBytes.js";
import type { TrainingState } from "./trainingState.js";

/** Where an arm stands: its trainings follow one another. */
export interface ArmState {
  /** Trainings finished. */
  readonly phase: number;
  /** Backward passes so far. */
  gradients: number;
  /** The weights of the network that labels what the current training learns from; null in the first. */
  readonly labeler: Weights | null;
  readonly training: TrainingState;
}

/** What a checkpoint belongs to: plain data; a state of another training is refused. */
export type Identity = Readonly<Record<string, unknown>>;

const MAGIC = "advtransfer-training-1 ";
/** Hexadecimal digits of the checksum, which stands between the magic word and the header. */
const DIGITS = 8;

interface Header {
  readonly identity: string;
  readonly phase: number;
  readonly gradients: number;
  readonly step: number;
  readonly looksSinceBest: number;
  readonly best: { readonly loss: number; readonly step: number } | null;
  readonly labeler: boolean;
  readonly slots: number;
}

/**
 * A state as bytes: a line of text with the magic word, a checksum of all that follows and the header as JSON, then all weights as 32-bit little-endian numbers, in the
 * order current, optimizer slots, best, labeler. Numbers pass unchanged, so that training goes on bit for bit.
 */
export function encodeState(state: ArmState, identity: Identity): Uint8Array {
  const { training, labeler } = state;
  const groups = [
    training.weights,
    ...training.optimizer.slots,
    ...(training.best === null ? [] : [training.best.weights]),
    ...(labeler === null ? [] : [labeler]),
  ];
  const payload = bytesOfWeights(groups);
  const header: Header = {
    identity: fingerprint(identity),
    phase: state.phase,
    gradients: state.gradients,
    step: training.step,
    looksSinceBest: training.looksSinceBest,
    best: training.best === null ? null : { loss: training.best.loss, step: training.best.step },
    labeler: labeler !== null,
    slots: training.optimizer.slots.length,
  };
  const text = new TextEncoder().encode(`${JSON.stringify(header)}\n`);
  const start = MAGIC.length + DIGITS;
  const bytes = new Uint8Array(start + text.length + payload.length);
  bytes.set(text, start);
  bytes.set(payload, start + text.length);
  bytes.set(new TextEncoder().encode(MAGIC + checksum(bytes.subarray(start))));
  return bytes;
}

/**
 * The state that {@link encodeState} wrote, for the network that it was training. Throws `bad-input` when the bytes are no checkpoint, are damaged
 * or cut short, or belong to another arm, settings, key, data shape or backend.
 */
export function decodeState(bytes: Uint8Array, identity: Identity, network: Network): ArmState {
  const start = MAGIC.length + DIGITS;
  const opening = new TextDecoder().decode(bytes.subarray(0, start));
  if (!opening.startsWith(MAGIC)) throw damaged("it does not begin as one");
  if (opening !== MAGIC + checksum(bytes.subarray(start))) throw damaged("its numbers have changed");
  const end = bytes.indexOf(10);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))) as Header;
  const payload = bytes.subarray(end + 1);
  if (header.identity !== fingerprint(identity)) throw damaged("it belongs to another training");
  const groups = 1 + header.slots + (header.best === null ? 0 : 1) + (header.labeler ? 1 : 0);
  if (payload.length !== groups * sizeOfWeights(network.weights))
    throw damaged("it belongs to a network of another size");
  const next = weightsReader(payload, network.weights);
  const weights = next();
  const slots = Array.from({ length: header.slots }, next);
  const best = header.best === null ? null : { ...header.best, weights: next() };
  return {
    phase: header.phase,
    gradients: header.gradients,
    training: {
      step: header.step,
      weights,
      optimizer: { slots },
      best,
      looksSinceBest: header.looksSinceBest,
    },
    labeler: header.labeler ? next() : null,
  };
}

function fingerprint(identity: Identity): string {
  return digestHex(canonicalJson(identity));
}

/** FNV-1a, 32 bits, in hexadecimal: enough to notice damage. */
function checksum(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return (hash >>> 0).toString(16).padStart(DIGITS, "0");
}

function damaged(why: string): AdvTransferError {
  return new AdvTransferError("bad-input", `a training checkpoint cannot be used: ${why}`, {
    hint: "Delete it; the training then starts anew.",
  });
}
