import { text } from "../strings/publicText";

/** Stands where a part of the page is still on its way. */
export function Loading() {
  return (
    <p className="loading soft" role="status">
      {text.loading}
    </p>
  );
}
