import { type ComponentProps, lazy, Suspense } from "react";
import { claim } from "../strings/claimText";
import { WhenSeen } from "./WhenSeen";

const SharePanel = lazy(() => import("../pages/certificate/SharePanel"));

/** The ways to pass a page on, at its end. On paper its address stands there whether or not they were looked at. */
export function Share(props: ComponentProps<typeof SharePanel>) {
  const address = `${window.location.origin}/${props.page}/${props.id}`;
  return (
    <>
      <p className="print-only small">
        {claim.share.link}: <span className="mono break">{address}</span>
      </p>
      <WhenSeen className="share-place">
        <Suspense fallback={<div className="share-place" />}>
          <SharePanel {...props} />
        </Suspense>
      </WhenSeen>
    </>
  );
}
