/** So long is waited at most for a frame: a page in the background gets none. */
const PATIENCE_MS = 100;

/** Resolves in a task of its own, so that what was asked of the page meanwhile is answered first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Resolves when what stands in the document now can be seen. */
export function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => void nextTurn().then(resolve));
    setTimeout(resolve, PATIENCE_MS);
  });
}
