import { type ComponentProps, lazy, Suspense, useState } from "react";
import { explore } from "../strings/exploreText";
import { Loading } from "./Loading";

const BadgeLinks = lazy(() => import("../pages/certificate/BadgeLinks"));

/** The badge of what a page shows, for those who want one. */
export function BadgeDetails(props: ComponentProps<typeof BadgeLinks>) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)} className="no-print">
      <summary>{explore.account.badge}</summary>
      {open && (
        <Suspense fallback={<Loading />}>
          <BadgeLinks {...props} />
        </Suspense>
      )}
    </details>
  );
}
