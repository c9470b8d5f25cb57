import { type KeyboardEvent, lazy, Suspense, useEffect, useRef } from "react";
import { type Connector, useConnect, useConnectors } from "wagmi";
import { FailureNotice } from "../components/FailureNotice";
import { text } from "../strings/text";
import { hintOf, iconOf, nameOf } from "./announced";

/** Only in a build that asks for it; the library behind it comes when the button is pressed. */
const RelayedWallet = WALLETCONNECT_PROJECT_ID ? lazy(() => import("./RelayedWallet")) : null;

interface Props {
  id: string;
  onClose: () => void;
}

/** A wallet as it announced itself, with what tells it from another one of the same name. */
function Wallet({ connector, all }: { connector: Connector; all: readonly Connector[] }) {
  const icon = iconOf(connector);
  const hint = hintOf(connector, all);
  return (
    <>
      {icon && <img className="wallet-icon" src={icon} alt="" />}
      {nameOf(connector)}
      {hint && <span className="soft small">{hint}</span>}
    </>
  );
}

/** The wallets that announced themselves, by name and icon; late ones join while the list is open. */
export function ConnectList({ id, onClose }: Props) {
  // A relayed wallet joins wagmi's list when it is first asked for; it has a place of its own below.
  const connectors = useConnectors().filter(({ type }) => type === "injected");
  const { mutate: connect, isPending, error, variables } = useConnect();
  const panel = useRef<HTMLDivElement>(null);

  useEffect(() => {
    panel.current?.querySelector("button")?.focus();
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") onClose();
  }

  return (
    <section
      className="wallet-panel"
      id={id}
      ref={panel}
      aria-label={text.wallet.choose}
      onKeyDown={onKeyDown}
    >
      <h2>{text.wallet.choose}</h2>
      {connectors.length === 0 && (
        <p className="small soft" role="status">
          {text.wallet.noneFound}
        </p>
      )}
      <ul className="wallet-list">
        {connectors.map((connector) => (
          <li key={connector.uid}>
            <button
              type="button"
              className="button"
              disabled={isPending}
              onClick={() => connect({ connector }, { onSuccess: onClose })}
            >
              <Wallet connector={connector} all={connectors} />
              {isPending && variables?.connector === connector && (
                <span className="soft small">{text.wallet.connecting}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {RelayedWallet && (
        <Suspense>
          <RelayedWallet onClose={onClose} />
        </Suspense>
      )}
      {error && <FailureNotice error={error} />}
    </section>
  );
}
