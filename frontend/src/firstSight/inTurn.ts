import { nextTurn } from "./turns";

/** A load whose result is shown in a task of its own: running a file and showing what it holds are long enough each. */
export function inTurn<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const module = await load();
    await nextTurn();
    return module;
  };
}
