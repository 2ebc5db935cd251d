import { createHash } from "node:crypto";
import { AdvTransferError } from "../../core/errors.js";
import type { Architecture } from "./architecture.js";
import { initialNetwork, type Network, withWeights } from "./network.js";
import { bytesOfWeights, sizeOfWeights, weightsReader } from "./weightBytes.js";

const MAGIC = "advtransfer-network-1";

/** Everything of a network but its weights: from it the layers and all shapes follow. */
interface Header {
  readonly architecture: Architecture;
  readonly inputShape: readonly number[];
  readonly tasks: number;
  readonly classes: number;
}

/**
 * A network as bytes: a line of text with a magic word, the number of bytes after the line, the SHA-256 of all but these three words, and the architecture as
 * JSON; then the weights in their fixed order as 32-bit little-endian numbers. The same network gives the same bytes, on every machine.
 *
 * @example decodeNetwork(encodeNetwork(network)) // the same network, bit for bit
 */
export function encodeNetwork(network: Network): Uint8Array {
  const { architecture, inputShape, tasks, classes } = network;
  const header = JSON.stringify({ architecture, inputShape, tasks, classes } satisfies Header);
  // In the order of the shapes, which a reader has too.
  const names = Object.keys(network.shapes);
  const payload = bytesOfWeights([Object.fromEntries(names.map((name) => [name, network.weights[name]!]))]);
  const text = new TextEncoder().encode(`${MAGIC} ${payload.length} ${sum(header, payload)} ${header}\n`);
  const bytes = new Uint8Array(text.length + payload.length);
  bytes.set(text);
  bytes.set(payload, text.length);
  return bytes;
}

/**
 * The network that {@link encodeNetwork} wrote. Throws `bad-input` when the bytes are no network, were cut short or altered, or are of another size than
 * their architecture asks for; with `expected`, also when the network does not fit the inputs, tasks and classes that it is to be used with.
 *
 * @param from names the file in errors
 */
export function decodeNetwork(
  bytes: Uint8Array,
  from: string = "a network file",
  expected: Partial<Pick<Network, "inputShape" | "tasks" | "classes">> = {},
): Network {
  const end = bytes.indexOf(10);
  const line = new TextDecoder().decode(bytes.subarray(0, Math.max(0, end)));
  const [magic, length, digest, ...rest] = line.split(" ");
  if (magic !== MAGIC) throw unusable(from, `it does not begin with ${MAGIC}`);
  const payload = bytes.subarray(end + 1);
  if (String(payload.length) !== length) {
    throw unusable(from, `its weights take ${length} bytes, received ${payload.length}`);
  }
  const text = rest.join(" ");
  // Before anything is believed: a damaged description could ask for a network of any size.
  if (digest !== sum(text, payload)) throw unusable(from, "its check sum does not fit, so it was altered");
  const header = JSON.parse(text) as Header;
  const empty = emptyNetwork(header, from);
  const size = sizeOfWeights(empty.weights);
  if (payload.length !== size) {
    throw unusable(from, `its architecture needs ${size} bytes of weights, received ${payload.length}`);
  }
  for (const [name, value] of Object.entries(expected)) {
    const own = JSON.stringify(header[name as keyof Header]);
    if (own !== JSON.stringify(value)) {
      throw unusable(from, `its ${name} must be ${JSON.stringify(value)}, received ${own}`);
    }
  }
  return withWeights(empty, weightsReader(payload, empty.weights)());
}

/** A network of the header's shapes. A file of another hand may have a fitting sum and a description that is none. */
function emptyNetwork({ architecture, inputShape, tasks, classes }: Header, from: string): Network {
  try {
    return initialNetwork(architecture, { inputShape, tasks, classes }, ["network file"]);
  } catch (cause) {
    const why = cause instanceof AdvTransferError ? cause.message : "its description lacks something";
    throw unusable(from, why);
  }
}

function sum(header: string, payload: Uint8Array): string {
  return createHash("sha256").update(header).update(payload).digest("hex");
}

function unusable(from: string, why: string): AdvTransferError {
  return new AdvTransferError("bad-input", `${from} cannot be used: ${why}`, {
    hint: "Delete it and run the study again; networks are only looked at, no result depends on them.",
  });
}
