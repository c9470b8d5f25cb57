import { useLedger } from "../ledgerContext";
import { reread } from "../reads/store";
import { useBackendHealth } from "../status/useBackendHealth";
import { useChainHead } from "../status/useChainHead";
import { text } from "../strings/publicText";

interface BannerProps {
  message: string;
  bad?: boolean;
  onRetry?: () => void;
}

function Banner({ message, bad = false, onRetry }: BannerProps) {
  return (
    <div className={bad ? "banner banner-bad" : "banner"} role="alert">
      <div className="banner-inner">
        <p>{message}</p>
        {onRetry && (
          <button type="button" className="button" onClick={onRetry}>
            {text.retry}
          </button>
        )}
      </div>
    </div>
  );
}

function retry(...parts: string[]): void {
  for (const part of parts) reread([part]);
}

/** Says which part is down: the chain, the backend, or both. */
export function Banners() {
  const { config } = useLedger();
  const head = useChainHead();
  const backend = useBackendHealth();
  return (
    <>
      {head.state === "down" && (
        <Banner bad message={text.status.chainDown(config.rpcUrl)} onRetry={() => retry("head", "chain")} />
      )}
      {head.state === "other" && (
        <Banner bad message={text.status.otherChain(config.chainId, head.foundChainId ?? 0)} />
      )}
      {backend.state === "down" && (
        <Banner message={text.status.backendDown} onRetry={() => retry("backend")} />
      )}
      {backend.state === "partly" && <Banner message={text.status.backendPartly(backend.parts.join(", "))} />}
    </>
  );
}
