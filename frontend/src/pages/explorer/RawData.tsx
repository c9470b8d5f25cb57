import { explorer } from "../../strings/explorerText";

const MOST_CHARACTERS = 20_000;

/** Bytes as they are, folded away: nobody reads them, and everybody may want to. */
export function RawData({ data }: { data: string }) {
  const shown = data.length > MOST_CHARACTERS ? `${data.slice(0, MOST_CHARACTERS)}…` : data;
  return (
    <details>
      <summary>{explorer.raw}</summary>
      <p className="mono break small">{shown}</p>
    </details>
  );
}
