import type { ReactNode } from "react";
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

interface Props {
  /** What stands at the end of the header: the wallet, on the pages that need one. */
  aside?: ReactNode;
  children: ReactNode;
}

/** The frame around every page. */
export function Shell({ aside, children }: Props) {
  const [location] = useLocation();
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
      <main className="main" id="content" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </>
  );
}
