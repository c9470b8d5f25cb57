import { type ExplorerPath, explorerLink } from "../../chain/explorerLinks";
import { PageHead } from "../../components/PageHead";
import { short } from "../../format";
import { useLedger } from "../../ledgerContext";
import { explorer } from "../../strings/explorerText";

interface Props {
  title: string;
  path: ExplorerPath;
  value: string;
}

/** Title of a page of the explorer, with the way to the public one where there is one. */
export function ExplorerHead({ title, path, value }: Props) {
  const { config } = useLedger();
  const { href, foreign } = explorerLink(config, path, value);
  return (
    <>
      <PageHead title={title} eyebrow={explorer.eyebrow} headline={`${title} ${short(value)}`} />
      {foreign && (
        <p>
          <a href={href}>{explorer.elsewhere}</a>
        </p>
      )}
    </>
  );
}
