import { useMemo, useState } from "react";
import { WagmiProvider } from "wagmi";
import { Route, Switch } from "wouter";
import { Shell } from "../components/Shell";
import type { AppConfig } from "../config";
import { useLedger } from "../ledgerContext";
import { Home } from "../pages/Home";
import { Ledger } from "../pages/Ledger";
import { NotFound } from "../pages/NotFound";
import { Record } from "../pages/Record";
import { Retire } from "../pages/Retire";
import { WalletMenu } from "./WalletMenu";
import { walletConfig } from "./wagmi";
import { WalletPanelContext } from "./walletPanel";

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
          <Switch>
            <Route path="/" component={Home} />
            <Route path="/record" component={Record} />
            <Route path="/retire" component={Retire} />
            <Route path="/ledger" component={Ledger} />
            <Route component={NotFound} />
          </Switch>
        </Shell>
      </WalletPanelContext>
    </WagmiProvider>
  );
}
