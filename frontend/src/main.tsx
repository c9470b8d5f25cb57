import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { Notice } from "./components/Notice";
import { type AppConfig, loadConfig } from "./config";
import { prefetch } from "./pages/loaders";
import { text } from "./strings/text";

const container = document.getElementById("root");
if (container === null) throw new Error("index.html has no element with the id root");
const root = createRoot(container);

function NoConfig({ onRetry }: { onRetry: () => void }) {
  return (
    <main className="main">
      <h1>{text.brand}</h1>
      <Notice kind="bad">
        <p>{text.status.noConfig}</p>
        <div className="actions">
          <button type="button" className="button" onClick={onRetry}>
            {text.retry}
          </button>
        </div>
      </Notice>
    </main>
  );
}

async function start(): Promise<void> {
  let config: AppConfig;
  try {
    config = await loadConfig();
  } catch {
    root.render(<NoConfig onRetry={() => void start()} />);
    return;
  }
  if (config.devWallet) {
    const { announceDevWallet } = await import("./wallet/devWallet");
    announceDevWallet(config);
  }
  root.render(
    <StrictMode>
      <App config={config} />
    </StrictMode>,
  );
}

prefetch(window.location.pathname);
void start();
// Keeps the page itself for a time without the backend; where workers are not allowed, all else still works.
if (import.meta.env.PROD && "serviceWorker" in navigator)
  navigator.serviceWorker.register("/sw.js").catch(() => undefined);
