import { lazy, Suspense, useMemo, useState } from "react";
import { WagmiProvider } from "wagmi";
import { Route, Switch } from "wouter";
import { Coming } from "../components/Coming";
import { Shell } from "../components/Shell";
import type { AppConfig } from "../config";
import { inTurn } from "../firstSight/inTurn";
import { useLedger } from "../ledgerContext";
import { loadHome, loadLedger, loadRecord, loadRetire, loadTokens } from "../pages/loaders";
import { NotFound } from "../pages/NotFound";
import { PendingTransactions } from "./PendingTransactions";
import { WalletMenu } from "./WalletMenu";
import { walletConfig } from "./wagmi";
import { WalletPanelContext } from "./walletPanel";

const Home = lazy(inTurn(loadHome));
const Ledger = lazy(inTurn(loadLedger));
const Record = lazy(inTurn(loadRecord));
const Retire = lazy(inTurn(loadRetire));
const Tokens = lazy(inTurn(loadTokens));

const configs = new Map<AppConfig, ReturnType<typeof walletConfig>>();

/** One wagmi configuration per page load: a second one would discover and reconnect wallets twice. */
function walletConfigOf(config: AppConfig) {
  const known = configs.get(config) ?? walletConfig(config);
  configs.set(config, known);
  return known;
}

/** The pages that know the wallet. Loaded apart from the public ones, which need none. */
export default function WalletArea() {
  const { config } = useLedger();
  const [open, setOpen] = useState(false);
  const panel = useMemo(() => ({ open, setOpen }), [open]);
  return (
    <WagmiProvider config={walletConfigOf(config)}>
      <WalletPanelContext value={panel}>
        <Shell aside={<WalletMenu />}>
          <PendingTransactions />
          <Suspense fallback={<Coming />}>
            <Switch>
              <Route path="/" component={Home} />
              <Route path="/record" component={Record} />
              <Route path="/retire" component={Retire} />
              <Route path="/retire/tokens" component={Tokens} />
              <Route path="/ledger" component={Ledger} />
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </Shell>
      </WalletPanelContext>
    </WagmiProvider>
  );
}
