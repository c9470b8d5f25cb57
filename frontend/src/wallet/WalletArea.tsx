import { lazy, Suspense, useMemo, useState } from "react";
import { WagmiProvider } from "wagmi";
import { Route, Switch } from "wouter";
import { Loading } from "../components/Loading";
import { Shell } from "../components/Shell";
import type { AppConfig } from "../config";
import { useLedger } from "../ledgerContext";
import { loadHome, loadLedger, loadRecord, loadRetire, loadTokens } from "../pages/loaders";
import { NotFound } from "../pages/NotFound";
import { PendingTransactions } from "./PendingTransactions";
import { WalletMenu } from "./WalletMenu";
import { walletConfig } from "./wagmi";
import { WalletPanelContext } from "./walletPanel";

const Home = lazy(loadHome);
const Ledger = lazy(loadLedger);
const Record = lazy(loadRecord);
const Retire = lazy(loadRetire);
const Tokens = lazy(loadTokens);

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
          <Suspense fallback={<Loading />}>
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
