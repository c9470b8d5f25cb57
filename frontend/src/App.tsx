import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { Route, Switch } from "wouter";
import { readerOf } from "./chain/client";
import { Banners } from "./components/Banners";
import { CrashGuard } from "./components/CrashGuard";
import { Loading } from "./components/Loading";
import { Shell } from "./components/Shell";
import type { AppConfig } from "./config";
import { LedgerContext } from "./ledgerContext";
import {
  loadAccount,
  loadAddress,
  loadAttestation,
  loadBlock,
  loadCertificate,
  loadDevWallet,
  loadExplore,
  loadQueries,
  loadTransaction,
  loadVerify,
  loadWalletArea,
} from "./pages/loaders";
import { useRereadOnNewBlock } from "./status/useChainHead";

const AccountPage = lazy(loadAccount);
const AttestationPage = lazy(loadAttestation);
const CertificatePage = lazy(loadCertificate);
const ExplorePage = lazy(loadExplore);
const TransactionPage = lazy(loadTransaction);
const AddressPage = lazy(loadAddress);
const BlockPage = lazy(loadBlock);
const VerifyPage = lazy(loadVerify);
const Queries = lazy(loadQueries);

/** Where the development wallet is offered, it announces itself first: a connection to it then survives a reload. */
function walletAreaOf(config: AppConfig) {
  return lazy(async () => {
    const area = loadWalletArea();
    if (config.devWallet) (await loadDevWallet()).announceDevWallet(config);
    return area;
  });
}

/** The frame alone, in the place where it will stand: nothing moves when the page comes. */
function Frame() {
  return (
    <Shell aside={<span className="wallet-place" />}>
      <Loading />
    </Shell>
  );
}

function Public({ children }: { children: ReactNode }) {
  return (
    <Shell>
      <Suspense fallback={<Loading />}>{children}</Suspense>
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

function Routes({ WalletArea }: { WalletArea: ReturnType<typeof walletAreaOf> }) {
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
        <Suspense fallback={<Frame />}>
          <Queries>
            <WalletArea />
          </Queries>
        </Suspense>
      </Route>
    </Switch>
  );
}

/** The page: public routes read with viem alone; all others know the wallet and come in their own chunk. */
export function App({ config }: { config: AppConfig }) {
  const ledger = useMemo(() => ({ config, reader: readerOf(config) }), [config]);
  const walletArea = useMemo(() => walletAreaOf(config), [config]);
  return (
    <LedgerContext value={ledger}>
      <Banners />
      <CrashGuard>
        <Routes WalletArea={walletArea} />
      </CrashGuard>
    </LedgerContext>
  );
}
