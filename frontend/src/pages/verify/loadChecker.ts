/** The model and all that goes with it: a chunk of its own, fetched once. */
export const loadChecker = () => import("../../evidence/checker");

let asked = false;

/** Fetches the model and its newest factors when the browser has nothing else to do, in case the server goes away. */
export function prepareChecker(): void {
  if (asked) return;
  asked = true;
  const prepare = () =>
    loadChecker()
      .then((checker) => checker.prepare())
      .catch(() => {
        asked = false; // it is asked for again, and reported, when it is needed
      });
  if ("requestIdleCallback" in window) window.requestIdleCallback(() => void prepare());
  else setTimeout(prepare, 1_000);
}
