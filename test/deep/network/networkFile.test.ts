import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AdvTransferError } from "../../../src/core/errors.js";
import type { Architecture } from "../../../src/deep/network/architecture.js";
import { initialNetwork, type Network, withWeights } from "../../../src/deep/network/network.js";
import { decodeNetwork, encodeNetwork } from "../../../src/deep/network/networkFile.js";

const mlp = initialNetwork({ kind: "mlp", hidden: [5, 3] }, { inputShape: [4], tasks: 2, classes: 3 }, ["a"]);
const cnn = initialNetwork(
  { kind: "cnn", filters: [2, 3], kernel: 3, stride: 2, dense: 4 },
  { inputShape: [6, 5, 2], tasks: 1, classes: 2 },
  ["b"],
);

/** A file with any line and payload whose sum fits: what another hand might write. */
function crafted(header: object, payload: Uint8Array): Uint8Array {
  const text = JSON.stringify(header);
  const digest = createHash("sha256").update(text).update(payload).digest("hex");
  const line = new TextEncoder().encode(`advtransfer-network-1 ${payload.length} ${digest} ${text}\n`);
  return Uint8Array.from([...line, ...payload]);
}

const headerOf = ({ architecture, inputShape, tasks, classes }: Network): object => ({
  architecture,
  inputShape,
  tasks,
  classes,
});

function refusal(bytes: Uint8Array, ...rest: [string?, Parameters<typeof decodeNetwork>[2]?]): string {
  try {
    decodeNetwork(bytes, ...rest);
  } catch (error) {
    expect(error).toBeInstanceOf(AdvTransferError);
    expect((error as AdvTransferError).code).toBe("bad-input");
    expect((error as AdvTransferError).hint).not.toBeNull();
    return (error as AdvTransferError).message;
  }
  throw new Error("the bytes were accepted");
}

describe("a network file", () => {
  it("gives the same network back, bit for bit, and the same bytes again", () => {
    const odd = Float32Array.of(0, -0, 1e-45, -3.4e38, 0.1);
    const special = withWeights(mlp, { ...mlp.weights, "layer1.bias": odd });
    for (const network of [mlp, cnn, special]) {
      const bytes = encodeNetwork(network);
      const back = decodeNetwork(bytes);
      expect(back).toEqual(network);
      for (const [name, values] of Object.entries(network.weights)) {
        expect(Buffer.from(back.weights[name]!.buffer)).toEqual(Buffer.from(values.buffer));
      }
      expect(encodeNetwork(back)).toEqual(bytes);
    }
  });

  it("is read from the middle of a larger buffer, as file readers give it", () => {
    const bytes = encodeNetwork(cnn);
    const padded = new Uint8Array(bytes.length + 7);
    padded.set(bytes, 3);
    expect(decodeNetwork(padded.subarray(3, 3 + bytes.length))).toEqual(cnn);
  });

  it("has its weights in the order of their names, little-endian, whatever the order of the object", () => {
    const bytes = encodeNetwork(mlp);
    const view = new DataView(bytes.buffer, bytes.indexOf(10) + 1);
    const all = Object.keys(mlp.shapes).flatMap((name) => [...mlp.weights[name]!]);
    expect(view.byteLength).toBe(4 * all.length);
    expect(all.map((_, i) => view.getFloat32(4 * i, true))).toEqual(all);
    const reversed = withWeights(mlp, Object.fromEntries(Object.entries(mlp.weights).reverse()));
    expect(encodeNetwork(reversed)).toEqual(bytes);
  });

  it("is refused cut short at any place, and with something after it", () => {
    const bytes = encodeNetwork(mlp);
    for (let length = 0; length < bytes.length; length++) refusal(bytes.subarray(0, length));
    expect(refusal(bytes.subarray(0, -4))).toMatch(
      /^a network file cannot be used: its weights take \d+ bytes/,
    );
    refusal(Uint8Array.from([...bytes, 0]));
  });

  it("is refused when any byte of it was altered", () => {
    const bytes = encodeNetwork(mlp);
    for (let i = 0; i < bytes.length; i++) {
      const altered = Uint8Array.from(bytes);
      altered[i]! ^= 1;
      refusal(altered, "networks/x.bin");
    }
    const altered = Uint8Array.from(bytes);
    altered[bytes.length - 1]! ^= 128;
    expect(refusal(altered, "networks/x.bin")).toMatch(/^networks\/x\.bin cannot be used: .*altered/);
    expect(refusal(new TextEncoder().encode("hello\n"))).toContain(
      "does not begin with advtransfer-network-1",
    );
  });

  it("is refused when its architecture needs other weights, or is none", () => {
    const payload = encodeNetwork(mlp).slice(encodeNetwork(mlp).indexOf(10) + 1);
    expect(decodeNetwork(crafted(headerOf(mlp), payload))).toEqual(mlp);
    const wider: Architecture = { kind: "mlp", hidden: [5, 4] };
    const needs = refusal(crafted({ ...headerOf(mlp), architecture: wider }, payload));
    expect(needs).toMatch(/needs 316 bytes of weights, received 268/);
    const narrower: Architecture = { kind: "mlp", hidden: [5, 2] };
    refusal(crafted({ ...headerOf(mlp), architecture: narrower }, payload));
    expect(refusal(crafted({ ...headerOf(mlp), classes: 1 }, payload))).toContain("network classes");
    expect(refusal(crafted({ ...headerOf(cnn), inputShape: [7] }, payload))).toContain("cnn");
    refusal(crafted({}, payload));
  });

  it("is refused for other inputs, tasks or classes than it is to be used with", () => {
    const bytes = encodeNetwork(mlp);
    expect(decodeNetwork(bytes, "x", { inputShape: [4], tasks: 2, classes: 3 })).toEqual(mlp);
    expect(refusal(bytes, "x", { inputShape: [5] })).toBe(
      "x cannot be used: its inputShape must be [5], received [4]",
    );
    expect(refusal(bytes, "x", { tasks: 3 })).toContain("its tasks must be 3, received 2");
    expect(refusal(bytes, "x", { classes: 2 })).toContain("its classes must be 2, received 3");
  });
});
