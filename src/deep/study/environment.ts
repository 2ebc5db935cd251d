import { EXTENSION } from "../../study/loadReplication.js";
import type { BackendName } from "../tensors/loadBackend.js";

/** What a worker needs beside the study, and what is of this machine alone: it changes no result. */
export interface Environment {
  readonly backend: BackendName;
  /** The folder with image sets; null for data that is made by code. */
  readonly data: string | null;
  /** The results folder, for checkpoints and the networks that the report looks at; null: none is kept. */
  readonly out: string | null;
}

/**
 * The URL of the module that computes replications of deep studies, with the environment as its query: the way by which it reaches worker threads.
 */
export function deepModule({ backend, data, out }: Environment): string {
  const url = new URL(`./replication.${EXTENSION}`, import.meta.url);
  url.searchParams.set("backend", backend);
  if (data !== null) url.searchParams.set("data", data);
  if (out !== null) url.searchParams.set("out", out);
  return url.href;
}

/** The environment that {@link deepModule} wrote into a URL. */
export function environmentOf(module: string): Environment {
  const { searchParams } = new URL(module);
  return {
    backend: (searchParams.get("backend") ?? "wasm") as BackendName,
    data: searchParams.get("data"),
    out: searchParams.get("out"),
  };
}
