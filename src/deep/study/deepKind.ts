import type { StudyKind } from "../../study/studyKind.js";
import type { DeepCell, DeepStudy } from "./deepStudy.js";
import { deepModule, type Environment } from "./environment.js";
import { resolveDeepStudy } from "./resolveDeepStudy.js";

/** Deep studies as the engine runs them: one worker thread an arm and replication. */
export function deepKind(environment: Environment): StudyKind<DeepStudy, DeepCell> {
  return { resolve: (file) => resolveDeepStudy(file), module: deepModule(environment), long: true };
}
