import { type ReactNode, useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import { text } from "../strings/publicText";
import { Footer } from "./Footer";

const LINKS = [
  { href: "/record", label: text.nav.record },
  { href: "/retire", label: text.nav.retire },
  { href: "/ledger", label: text.nav.ledger },
  { href: "/explore", label: text.nav.explore },
  { href: "/verify", label: text.nav.verify },
];

/** Whether the last step was forwards, over a link. On the way back the browser knows where the reader was. */
let isForwards = false;
window.addEventListener("pushState", () => {
  isForwards = true;
});
window.addEventListener("popstate", () => {
  isForwards = false;
});

interface Props {
  /** What stands at the end of the header: the wallet, on the pages that need one. */
  aside?: ReactNode;
  children: ReactNode;
}

/** The frame around every page. */
export function Shell({ aside, children }: Props) {
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is the occasion, whatever it is
  useEffect(() => {
    if (!isForwards) return;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [location]);
  return (
    <>
      <a className="skip button" href="#content">
        {text.skip}
      </a>
      <header className="header">
        <div className="header-inner">
          <Link href="/" className="brand">
            <img className="brand-mark" src="/favicon.svg" alt="" width="28" height="28" />
            {text.brandShort}
          </Link>
          <nav className="nav" aria-label={text.nav.label}>
            {LINKS.map(({ href, label }) => (
              <Link key={href} href={href} aria-current={location === href ? "page" : undefined}>
                {label}
              </Link>
            ))}
          </nav>
          {aside}
        </div>
      </header>
      <main className="main" id="content" tabIndex={-1} ref={main}>
        {children}
      </main>
      <Footer />
    </>
  );
}
