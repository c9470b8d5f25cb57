import { useQueryClient } from "@tanstack/react-query";
import { useConnection, useDisconnect } from "wagmi";
import { short } from "../format";
import { text } from "../strings/text";
import { ConnectList } from "./ConnectList";
import { endSession, useSession } from "./useSession";
import { useWallet } from "./useWallet";
import { useWalletPanel } from "./walletPanel";

const PANEL_ID = "wallet-panel";

function Connected({ account }: { account: string }) {
  const queries = useQueryClient();
  const { connector } = useConnection();
  const { mutate: disconnect } = useDisconnect();
  const { session } = useSession();

  function leave() {
    disconnect(connector ? { connector } : {});
    if (session) endSession(queries);
  }

  return (
    <>
      <span className="badge" title={account}>
        <span className="visually-hidden">{text.wallet.connectedAs("")}</span>
        <span className="mono">{short(account)}</span>
        {session && <span>· {text.signIn.signedIn}</span>}
      </span>
      <button type="button" className="button button-quiet" onClick={leave}>
        {text.wallet.disconnect}
      </button>
    </>
  );
}

/** The wallet in the header: a button that opens the list, or the account that is connected. */
export function WalletMenu() {
  const { account, restoring } = useWallet();
  const panel = useWalletPanel();
  if (account) {
    return (
      <div className="wallet">
        <Connected account={account} />
      </div>
    );
  }
  return (
    <div className="wallet">
      <button
        type="button"
        className="button button-primary"
        aria-expanded={panel.open}
        aria-controls={PANEL_ID}
        disabled={restoring}
        onClick={() => panel.setOpen(!panel.open)}
      >
        {restoring ? text.wallet.restoring : text.wallet.connect}
      </button>
      {panel.open && <ConnectList id={PANEL_ID} onClose={() => panel.setOpen(false)} />}
    </div>
  );
}
