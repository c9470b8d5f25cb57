import { text } from "../strings/text";

/** Stands where a part of the page is still on its way. */
export function Loading() {
  return (
    <p className="soft" role="status">
      {text.loading}
    </p>
  );
}
