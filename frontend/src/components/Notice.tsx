import type { ReactNode } from "react";

interface Props {
  kind?: "info" | "warn" | "bad";
  children: ReactNode;
}

/** A message that stands in the page. Failures interrupt a screen reader, everything else waits its turn. */
export function Notice({ kind = "info", children }: Props) {
  const className = kind === "info" ? "notice" : `notice notice-${kind}`;
  if (kind === "warn") return <div className={className}>{children}</div>;
  return (
    <div className={className} role={kind === "bad" ? "alert" : "status"}>
      {children}
    </div>
  );
}
