import { type ReactNode, useEffect, useRef, useState } from "react";

/** How far below the window something counts as about to be seen. */
const AHEAD = "400px";

/** Shows its children once the place where they stand comes near the window: they need not be loaded before. */
export function WhenSeen({ className, children }: { className: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (seen || place.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: AHEAD },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [seen]);
  return (
    <div ref={place} className={seen ? undefined : className}>
      {seen && children}
    </div>
  );
}
