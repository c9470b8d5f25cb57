import type { Newest } from "../../chain/eventsNewest";
import { count } from "../../format";
import { explore } from "../../strings/exploreText";

interface Props {
  newest: Newest<unknown>;
  /** What to say where there is nothing at all. */
  none: string;
  onOlder: () => void;
}

/** Says how far back a list goes, and goes further. */
export function Older({ newest: { events, more, since }, none, onOlder }: Props) {
  if (!more) return events.length === 0 ? <p className="soft">{none}</p> : null;
  return (
    <>
      {events.length === 0 && <p className="soft">{explore.explore.nothingSince(count(since))}</p>}
      <div className="actions">
        <button type="button" className="button" onClick={onOlder}>
          {explore.explore.older}
        </button>
      </div>
    </>
  );
}
