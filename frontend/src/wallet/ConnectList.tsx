import { type KeyboardEvent, useEffect, useRef } from "react";
import { type Connector, useConnect, useConnectors } from "wagmi";
import { FailureNotice } from "../components/FailureNotice";
import { text } from "../strings/text";

interface Props {
  id: string;
  onClose: () => void;
}

/** Only a picture that travels in the announcement is shown: an address would tell a stranger who reads this page. */
function Icon({ connector }: { connector: Connector }) {
  const icon = connector.icon?.trim();
  return icon?.startsWith("data:image/") ? <img className="wallet-icon" src={icon} alt="" /> : null;
}

/** The wallets that announced themselves, by name and icon; late ones join while the list is open. */
export function ConnectList({ id, onClose }: Props) {
  const connectors = useConnectors();
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
              <Icon connector={connector} />
              {connector.name}
              {isPending && variables?.connector === connector && (
                <span className="soft small">{text.wallet.connecting}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {error && <FailureNotice error={error} />}
    </section>
  );
}
