import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mapPage } from "./mapPage.js";

/** Writes docs/map.md again. Usage: npx tsx scripts/writeMap.ts */
const root = fileURLToPath(new URL("..", import.meta.url));
writeFileSync(join(root, "docs/map.md"), mapPage(root));
