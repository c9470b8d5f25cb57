import { useState } from "react";
import { useConfig, useConnect } from "wagmi";
import { CopyButton } from "../components/CopyButton";
import { FailureNotice } from "../components/FailureNotice";
import QrCode from "../pages/certificate/QrCode";
import { text } from "../strings/text";

/** A wallet on another device, through WalletConnect's relay: says so first, then shows the code to scan. */
export default function RelayedWallet({ onClose }: { onClose: () => void }) {
  const config = useConfig();
  const { mutate: connect, isPending, error } = useConnect();
  const [link, setLink] = useState("");
  const [failed, setFailed] = useState<unknown>(null);

  async function start() {
    setFailed(null);
    const { onPairingLink, relayedConnector } = await import("./relayed");
    const connector = relayedConnector(config, WALLETCONNECT_PROJECT_ID, window.location.origin);
    const stop = onPairingLink(connector, setLink);
    const end = () => {
      stop();
      setLink("");
    };
    connect({ connector }, { onSuccess: onClose, onSettled: end });
  }

  const problem = failed ?? error;
  return (
    <div className="stack-tight">
      <button
        type="button"
        className="button"
        disabled={isPending}
        onClick={() => void start().catch(setFailed)}
      >
        {text.wallet.relayed}
      </button>
      <p className="small soft">{text.wallet.relayedNote}</p>
      {isPending && !link && (
        <p className="small soft" role="status">
          {text.wallet.relayWaiting}
        </p>
      )}
      {link && (
        <>
          <p>{text.wallet.relayedScan}</p>
          <QrCode text={link} label={text.wallet.relayedCode} />
          <div className="actions">
            <CopyButton label={text.wallet.relayedCopy} value={link} />
          </div>
        </>
      )}
      {problem !== null && <FailureNotice error={problem} />}
    </div>
  );
}
