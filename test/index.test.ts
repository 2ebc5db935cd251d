import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as publicList from "../src/index.js";

const text = readFileSync("src/index.ts", "utf8");
/** Every name on the public list, types included. */
const names = new Set(
  [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap((match) =>
    match[1]!
      .split(",")
      .map((name) => name.replace(/^\s*type\s+/, "").trim())
      .filter((name) => name !== ""),
  ),
);

it("the public list has what it says, by hand, and in the order of the layers", () => {
  expect(text).not.toMatch(/export \*/);
  for (const [name, value] of Object.entries(publicList)) {
    expect(value, name).toBeDefined();
    expect(names).toContain(name);
  }
  const layers = [...text.matchAll(/from "\.\/(\w+)\//g)].map((match) => match[1]!);
  const order = "core numerics random model training transfer theory study claims report".split(" ");
  expect(layers.map((layer) => order.indexOf(layer))).toEqual(
    layers.map((layer) => order.indexOf(layer)).sort((a, b) => a - b),
  );
});

it("claims can be tested from another program: run, trust, write, report", () => {
  for (const name of [
    "CLAIMS",
    "GROUPS",
    "PRESETS",
    "completeClaim",
    "customReplication",
    "loadExtension",
    "runProvenance",
    "selectClaims",
    "verdictReportPage",
    "verdictsFile",
    "verdictsJson",
    "verify",
    "withControls",
    "withTrust",
  ])
    expect(publicList).toHaveProperty(name);
});

it("the examples of docs/ need nothing that is not on it", () => {
  for (const file of readdirSync("docs/examples").filter((name) => name.endsWith(".ts"))) {
    const example = readFileSync(`docs/examples/${file}`, "utf8");
    const used = [...example.matchAll(/^import (?:type )?\{([^}]*)\} from "\.\.\/\.\.\/src\//gm)].flatMap(
      (match) => match[1]!.split(",").map((name) => name.trim()),
    );
    expect(used.length).toBeGreaterThan(0);
    for (const name of used) expect(names).toContain(name);
  }
});
