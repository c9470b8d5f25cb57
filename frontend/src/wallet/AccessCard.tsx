import { FailureNotice } from "../components/FailureNotice";
import { text } from "../strings/text";
import { ChainGuard } from "./ChainGuard";
import { useSession } from "./useSession";
import { useWallet } from "./useWallet";
import { useWalletPanel } from "./walletPanel";

const words = text.access;

/** The two acts before a write, one after the other: connect, then sign in. Gone once both are done. */
export function AccessCard() {
  const { account, wrongChain, restoring } = useWallet();
  const { session, loading, signIn, signingIn, error } = useSession();
  const panel = useWalletPanel();
  if (restoring || (account && (session || loading) && !wrongChain)) return null;
  return (
    <section className="card" aria-labelledby="access">
      <h2 id="access">{words.title}</h2>
      <ChainGuard />
      <ol className="stack">
        <li className="stack-tight">
          <h3>
            <span className="step-number">1</span> {words.connectTitle}{" "}
            {account && <span className="badge">{words.done}</span>}
          </h3>
          <p className="small soft">{words.connectText}</p>
          {!account && (
            <div className="actions">
              <button type="button" className="button button-primary" onClick={() => panel.setOpen(true)}>
                {text.wallet.choose}
              </button>
            </div>
          )}
        </li>
        <li className="stack-tight">
          <h3>
            <span className="step-number">2</span> {words.signInTitle}
          </h3>
          <p className="small soft">{words.signInText}</p>
          <div className="actions">
            <button
              type="button"
              className={account ? "button button-primary" : "button"}
              disabled={!account || wrongChain || signingIn}
              onClick={signIn}
            >
              {signingIn ? text.signIn.pending : text.signIn.action}
            </button>
          </div>
          {error != null && <FailureNotice error={error} />}
        </li>
      </ol>
    </section>
  );
}
