const BYTES = 16;

/** An id that nothing else has. By random bytes, as `crypto.randomUUID` is only there under https or on localhost. */
export function newEventId(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(BYTES))];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
