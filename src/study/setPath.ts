/** What `vary` acts on: the parts of a study file that a cell is made of. */
export interface CellFile {
  problem: Record<string, unknown>;
  methods: (Record<string, unknown> & { name: string })[];
  sampling: unknown;
}

type Node = Record<string, unknown>;

/**
 * Sets one varied path in place, e.g. `methods.adversarial.attack.radius.logThreshold`. Objects on the way that are absent,
 * null or a shorthand (`pseudoLabels: true`, a number for a radius) become objects, so that a part of them can be varied.
 */
export function setPath(cell: Pick<CellFile, "methods">, path: string, value: unknown): void {
  const keys = path.split(".");
  let node: Node = cell as unknown as Node;
  if (keys[0] === "methods") {
    node = cell.methods.find(({ name }) => name === keys[1])!;
    keys.splice(0, 2);
  }
  for (const key of keys.slice(0, -1)) {
    const next = node[key];
    if (typeof next !== "object" || next === null) node[key] = {};
    node = node[key] as Node;
    // The two ways to state a radius exclude each other: varying one replaces the other.
    if (key === "radius") for (const other of Object.keys(node)) delete node[other];
  }
  node[keys[keys.length - 1]!] = value;
}

/** A deep copy of plain data; what is not a plain object or a list is kept as it is, for the schema to refuse. */
export function copyData<Data>(value: Data): Data {
  if (Array.isArray(value)) return value.map(copyData) as Data;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyData(item)])) as Data;
}

/** A deep copy with Infinity written as `"inf"`: the form in which a value can be stored as JSON and read back. */
export function storable(value: unknown): unknown {
  if (value === Infinity) return "inf";
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, storable(item)]),
  );
}
