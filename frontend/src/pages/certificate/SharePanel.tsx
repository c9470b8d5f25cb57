import { lazy, Suspense, useState } from "react";
import { BadgeDetails } from "../../components/BadgeDetails";
import { CopyButton } from "../../components/CopyButton";
import { Notice } from "../../components/Notice";
import { useBackendHealth } from "../../status/useBackendHealth";
import { claim } from "../../strings/claimText";

const words = claim.share;
const QrCode = lazy(() => import("./QrCode"));

interface Props {
  /** Which page it is: its path is /attestation/… or /certificate/…. */
  page: "attestation" | "certificate";
  id: string;
  /** The drawing of the contract as a data URI, if there is one. */
  drawing?: string;
}

/** Gets the receipt first and opens it then: a gateway without one must not replace the page by its complaint. */
async function openReceipt(id: string): Promise<void> {
  const response = await fetch(`/v1/certificates/${id}/receipt.pdf`);
  const isPdf = response.headers.get("content-type")?.startsWith("application/pdf");
  if (!response.ok || !isPdf) throw new Error("no receipt");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `receipt-${id.slice(0, 10)}.pdf`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function Receipt({ id }: { id: string }) {
  const [failed, setFailed] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() =>
          void openReceipt(id).then(
            () => setFailed(false),
            () => setFailed(true),
          )
        }
      >
        {words.receipt}
      </button>
      {failed && (
        <Notice kind="warn">
          <p role="status">{words.receiptFailed}</p>
        </Notice>
      )}
    </>
  );
}

/** The permanent address of a page in every form that people pass on: link, code, paper, picture, badge. */
export default function SharePanel({ page, id, drawing = "" }: Props) {
  const backend = useBackendHealth();
  const path = `/${page}/${id}`;
  const address = `${window.location.origin}${path}`;
  return (
    <section className="card share" aria-labelledby="share">
      <h2 id="share">{words.title}</h2>
      <div className="share-row">
        <Suspense fallback={<div className="qr" />}>
          <QrCode text={address} label={claim.share.qr} />
        </Suspense>
        <div className="stack-tight">
          <h3>{words.link}</h3>
          <p className="mono break small">{address}</p>
          <div className="actions no-print">
            <CopyButton label={words.copyLink} value={address} />
            <button type="button" className="button" onClick={() => window.print()}>
              {words.print}
            </button>
            {page === "certificate" && backend.state !== "down" && <Receipt id={id} />}
            {drawing !== "" && (
              <a className="button" href={drawing} download={`certificate-${id.slice(0, 10)}.svg`}>
                {words.picture}
              </a>
            )}
          </div>
          <BadgeDetails id={id} page={path} />
        </div>
      </div>
    </section>
  );
}
