import { type ComponentType, lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { Route, Switch } from "wouter";
import { readerOf } from "./chain/client";
import { Banners } from "./components/Banners";
import { Coming } from "./components/Coming";
import { CrashGuard } from "./components/CrashGuard";
import { Shell } from "./components/Shell";
import type { AppConfig } from "./config";
import { inTurn } from "./firstSight/inTurn";
import { LedgerContext, useLedger } from "./ledgerContext";
import {
  arrived,
  loadAccount,
  loadAddress,
  loadAttestation,
  loadBlock,
  loadCertificate,
  loadExplore,
  loadQueries,
  loadTransaction,
  loadVerify,
  loadWalletArea,
} from "./pages/loaders";
import { useRereadOnNewBlock } from "./status/useChainHead";

const AccountPage = lazy(inTurn(loadAccount));
const AttestationPage = lazy(inTurn(loadAttestation));
const CertificatePage = lazy(inTurn(loadCertificate));
const ExplorePage = lazy(inTurn(loadExplore));
const TransactionPage = lazy(inTurn(loadTransaction));
const AddressPage = lazy(inTurn(loadAddress));
const BlockPage = lazy(inTurn(loadBlock));
const VerifyPage = lazy(inTurn(loadVerify));
const LaterQueries = lazy(loadQueries);

/** What has come already, else what waits for it: one of the two, for as long as it is shown. */
function useArrived<Props>(part: ComponentType<Props> | undefined, waiting: ComponentType<Props>) {
  const [shown] = useState(() => part ?? waiting);
  return shown;
}

function Queries({ children }: { children: ReactNode }) {
  const Shown = useArrived(arrived.Queries, LaterQueries);
  return <Shown>{children}</Shown>;
}

/** The frame alone, in the place where it will stand: nothing moves when the page comes. */
function Frame() {
  return (
    <Shell aside={<span className="wallet-place" />}>
      <Coming />
    </Shell>
  );
}

function WalletPages() {
  const { config } = useLedger();
  const later = useMemo(() => lazy(() => loadWalletArea(config)), [config]);
  const Shown = useArrived(arrived.WalletArea, later);
  return (
    <Suspense fallback={<Frame />}>
      <Queries>
        <Shown />
      </Queries>
    </Suspense>
  );
}

function Public({ children }: { children: ReactNode }) {
  return (
    <Shell>
      <Suspense fallback={<Coming />}>{children}</Suspense>
    </Shell>
  );
}

/** A page without a wallet that asks more than the chain: for its sources, or for a file to be recomputed. */
function Asking({ children }: { children: ReactNode }) {
  return (
    <Public>
      <Queries>{children}</Queries>
    </Public>
  );
}

function Routes() {
  useRereadOnNewBlock();
  return (
    <Switch>
      <Route path="/explore">
        <Public>
          <ExplorePage />
        </Public>
      </Route>
      <Route path="/account/:address">
        {({ address }) => (
          <Public>
            <AccountPage key={address} address={address} />
          </Public>
        )}
      </Route>
      <Route path="/attestation/:id">
        {({ id }) => (
          <Public>
            <AttestationPage key={id} id={id} />
          </Public>
        )}
      </Route>
      <Route path="/certificate/:id">
        {({ id }) => (
          <Public>
            <CertificatePage key={id} id={id} />
          </Public>
        )}
      </Route>
      <Route path="/tx/:hash">
        {({ hash }) => (
          <Asking>
            <TransactionPage key={hash} hash={hash} />
          </Asking>
        )}
      </Route>
      <Route path="/address/:address">
        {({ address }) => (
          <Asking>
            <AddressPage key={address} address={address} />
          </Asking>
        )}
      </Route>
      <Route path="/block/:number">
        {({ number }) => (
          <Asking>
            <BlockPage key={number} number={number} />
          </Asking>
        )}
      </Route>
      <Route path="/verify">
        <Asking>
          <VerifyPage />
        </Asking>
      </Route>
      <Route>
        <WalletPages />
      </Route>
    </Switch>
  );
}

/** The page: public routes read with viem alone; all others know the wallet and come in their own chunk. */
export function App({ config }: { config: AppConfig }) {
  const ledger = useMemo(() => ({ config, reader: readerOf(config) }), [config]);
  return (
    <LedgerContext value={ledger}>
      <Banners />
      <CrashGuard>
        <Routes />
      </CrashGuard>
    </LedgerContext>
  );
}
