import type { Config, Connector } from "wagmi";
import { walletConnect } from "wagmi/connectors/walletConnect";

/** What a wallet is told about the page that asks. */
function metadata(origin: string) {
  return {
    name: "GPTX Green AI Ledger",
    description: "Carbon footprints of AI work and certificates of retired credits",
    url: origin,
    icons: [`${origin}/favicon.svg`],
  };
}

/**
 * WalletConnect as one of wagmi's wallets, the same one each time, so that a second press takes up the first attempt.
 * Its own dialogue stays off: it would load scripts, styles and pictures of third parties.
 */
export function relayedConnector(config: Config, projectId: string, origin: string): Connector {
  const known = config.connectors.find((connector) => connector.type === walletConnect.type);
  if (known) return known;
  const connector = config._internal.connectors.setup(
    walletConnect({ projectId, showQrModal: false, metadata: metadata(origin), telemetryEnabled: false }),
  );
  config._internal.connectors.setState((all) => [...all, connector]);
  return connector;
}

/** Calls back with each link that a wallet can be paired by. Answers how to stop listening. */
export function onPairingLink(connector: Connector, take: (link: string) => void): () => void {
  const listen = (message: { type: string; data?: unknown }) => {
    if (message.type === "display_uri" && typeof message.data === "string") take(message.data);
  };
  connector.emitter.on("message", listen);
  return () => connector.emitter.off("message", listen);
}
