import { useQueryClient } from "@tanstack/react-query";
import { useLedger } from "../ledgerContext";
import { useBackendHealth } from "../status/useBackendHealth";
import { useChainHead } from "../status/useChainHead";
import { text } from "../strings/text";

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

/** Says which part is down: the chain, the backend, or both. */
export function Banners() {
  const { config } = useLedger();
  const queries = useQueryClient();
  const head = useChainHead();
  const backend = useBackendHealth();
  return (
    <>
      {head.state === "down" && (
        <Banner
          bad
          message={text.status.chainDown(config.rpcUrl)}
          onRetry={() => void queries.invalidateQueries({ queryKey: ["chain"] })}
        />
      )}
      {head.state === "other" && (
        <Banner bad message={text.status.otherChain(config.chainId, head.foundChainId ?? 0)} />
      )}
      {backend.state === "down" && (
        <Banner
          message={text.status.backendDown}
          onRetry={() => void queries.invalidateQueries({ queryKey: ["backend"] })}
        />
      )}
      {backend.state === "partly" && <Banner message={text.status.backendPartly(backend.parts.join(", "))} />}
    </>
  );
}
