/** Whether the gateway answered the last time it was asked. One value for the whole page. */
let up = true;
const listeners = new Set<() => void>();

export function noteBackend(isUp: boolean): void {
  if (up === isUp) return;
  up = isUp;
  for (const listener of listeners) listener();
}

export function backendIsUp(): boolean {
  return up;
}

export function onBackendChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
