import { canonicalJson } from "../core/canonicalJson.js";
import { digestHex } from "../core/digest.js";
import type { AnyStudy } from "./study.js";
import { VERSION } from "./version.js";

/**
 * What makes two results belong to the same study: SHA-256 over the canonical JSON of the resolved study and the version of
 * the toolkit. Two spellings of one study (defaults left out or written, other key order) have the same fingerprint.
 */
export function fingerprint(study: AnyStudy): string {
  const { file: _spelling, ...resolved } = study;
  return digestHex(canonicalJson({ resolved, version: VERSION }));
}
