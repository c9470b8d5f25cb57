import { StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { App } from "./App";
import { Notice } from "./components/Notice";
import { type AppConfig, loadConfig } from "./config";
import { nextTurn } from "./firstSight/turns";
import { frameOf } from "./pages/loaders";
import { text } from "./strings/publicText";

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

async function render(root: Root, asked: Promise<AppConfig>): Promise<void> {
  let config: AppConfig;
  try {
    config = await asked;
  } catch {
    root.render(<NoConfig onRetry={() => void render(root, loadConfig())} />);
    return;
  }
  // The first sight stands until then: a frame that is shown earlier would only take its place.
  await frameOf(window.location.pathname, config);
  await nextTurn();
  root.render(
    <StrictMode>
      <App config={config} />
    </StrictMode>,
  );
}

/** Shows the page, or what to do where its configuration does not come. */
export function show(place: HTMLElement, config: Promise<AppConfig>): void {
  void render(createRoot(place), config);
}
