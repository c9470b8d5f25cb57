import { useEffect } from "react";
import { text } from "../strings/publicText";

interface Props {
  eyebrow: string;
  headline: string;
  lead?: string;
  /** Name of the page in the browser's title. */
  title: string;
}

/** Title of the page, in the page and in the browser. */
export function PageHead({ eyebrow, headline, lead, title }: Props) {
  useEffect(() => {
    document.title = text.titles(title);
  }, [title]);
  return (
    <div className="page-head">
      <p className="eyebrow">{eyebrow}</p>
      <h1>{headline}</h1>
      {lead && <p className="lead">{lead}</p>}
    </div>
  );
}
