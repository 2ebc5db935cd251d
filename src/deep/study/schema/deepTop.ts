import * as z from "zod";
import { methodNameSchema } from "../../../study/schema/methodFile.js";
import { integer } from "../../../study/schema/numbers.js";
import { objectOf } from "../../../study/schema/parseFields.js";
import { backendSchema } from "./dataFile.js";

type Fields = Readonly<Record<string, unknown>>;

/** The outer layer of a deep study file: what does not depend on the cell is checked, the rest is only an object. */
export interface DeepTop {
  readonly kind: "deep";
  readonly name: string;
  readonly question: string | null;
  readonly seed: number;
  readonly replications: number;
  readonly backend: "auto" | "tfjs-node" | "wasm" | "cpu";
  readonly data: Fields;
  readonly training: Fields;
  readonly target: Fields;
  readonly methods: readonly (Fields & { readonly name: string })[];
  readonly contrasts: readonly (readonly [string, string])[] | undefined;
  readonly vary: Readonly<Record<string, readonly unknown[]>>;
  readonly checksums: Readonly<Record<string, string>>;
}

const NAME = "a text of 1 to 100 characters without line breaks";
const METHODS = 'a list of at least one arm, such as { "name": "standard" }';
const PAIRS = 'a list of pairs of different arm names, such as [["adversarial", "standard"]]';
const VARY =
  'an object from a path to a list of values, such as { "methods.adversarial.attack.radius": [0.5, 1] }';
const VALUES = "a list of at least one value";
const SUMS = "an object from the name of an image set to its SHA-256";

const fields = (error: string): z.ZodType<Fields> => z.record(z.string(), z.unknown(), { error });
const word = z.string({ error: "an arm name" });

export const deepTopSchema: z.ZodType<DeepTop> = objectOf({
  kind: z.literal("deep", { error: '"deep"' }),
  name: z
    .string({ error: NAME })
    .regex(/^(?=.*\S)[^\p{C}]{1,100}$/u, { error: NAME })
    .default("deep"),
  question: z.union([z.string(), z.null()], { error: "a text or null" }).default(null),
  seed: integer(0, Number.MAX_SAFE_INTEGER).default(1),
  replications: integer(1, 10_000).default(5),
  backend: backendSchema.default("auto"),
  data: fields('an object, such as { "from": "teacher" }'),
  training: fields("an object with fields such as network, steps").default({}),
  target: fields("an object with fields such as labels, fineTune").default({}),
  methods: z
    .array(
      z.looseObject({ name: methodNameSchema }, { error: 'an object, such as { "name": "standard" }' }),
      {
        error: METHODS,
      },
    )
    .min(1, { error: METHODS }),
  contrasts: z.array(z.tuple([word, word], { error: "a pair of arm names" }), { error: PAIRS }).optional(),
  vary: z
    .record(z.string(), z.array(z.unknown(), { error: VALUES }).min(1, { error: VALUES }), { error: VARY })
    .default({}),
  checksums: z.record(z.string(), z.string({ error: SUMS }), { error: SUMS }).default({}),
}) as unknown as z.ZodType<DeepTop>;
