import { useSwitchChain } from "wagmi";
import { FailureNotice } from "../components/FailureNotice";
import { Notice } from "../components/Notice";
import { useLedger } from "../ledgerContext";
import { text } from "../strings/text";
import { useWallet } from "./useWallet";

/** Names the network that is meant and offers to switch to it; wagmi adds it to a wallet that does not know it (4902). */
export function ChainGuard() {
  const { config } = useLedger();
  const { wrongChain } = useWallet();
  const { mutate: switchChain, isPending, error } = useSwitchChain();
  if (!wrongChain) return null;
  return (
    <div className="stack">
      <Notice kind="warn">
        <p>{text.wallet.wrongChain(config.chainName)}</p>
        <div className="actions">
          <button
            type="button"
            className="button button-primary"
            disabled={isPending}
            onClick={() => switchChain({ chainId: config.chainId })}
          >
            {text.wallet.switch(config.chainName)}
          </button>
        </div>
      </Notice>
      {error && <FailureNotice error={error} />}
    </div>
  );
}
