import { CopyButton } from "../../components/CopyButton";
import { claim } from "../../strings/claimText";
import { badgeTexts } from "./badge";

const words = claim.share;

interface Props {
  /** Address of an account, or id of an attestation or certificate. */
  id: string;
  /** Path of the page that the badge leads to. */
  page: string;
}

/** The badge, drawn by the gateway from the chain, and the texts that put it elsewhere. */
export default function BadgeLinks({ id, page }: Props) {
  const texts = badgeTexts(window.location.origin, id, page, words.badgeText);
  return (
    <div className="stack-tight">
      <img src={texts.image} alt={words.badgeAlt} height="20" />
      <div className="actions">
        <CopyButton label={words.markdown} value={texts.markdown} />
        <CopyButton label={words.html} value={texts.html} />
        <CopyButton label={words.shields} value={texts.shields} />
      </div>
    </div>
  );
}
