import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { Route, Switch } from "wouter";
import { Problem } from "./api/problem";
import { readerOf } from "./chain/client";
import { Banners } from "./components/Banners";
import { CrashGuard } from "./components/CrashGuard";
import { Loading } from "./components/Loading";
import { Shell } from "./components/Shell";
import type { AppConfig } from "./config";
import { LedgerContext } from "./ledgerContext";
import { loadWalletArea } from "./pages/loaders";
import { useRereadOnNewBlock } from "./status/useChainHead";

const AttestationPage = lazy(() => import("./pages/Attestation"));
const CertificatePage = lazy(() => import("./pages/Certificate"));
const VerifyPage = lazy(() => import("./pages/Verify"));
const WalletArea = lazy(loadWalletArea);

function queryClient(): QueryClient {
  const queries: QueryClient = new QueryClient({
    defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } },
    mutationCache: new MutationCache({
      onError: (error) => {
        // The gateway no longer knows the session: the page must not go on showing it.
        const isSignedOut = error instanceof Problem && error.status === 401;
        if (isSignedOut) void queries.invalidateQueries({ queryKey: ["backend", "session"] });
      },
    }),
  });
  return queries;
}

function Public({ children }: { children: ReactNode }) {
  return (
    <Shell>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </Shell>
  );
}

function Routes() {
  useRereadOnNewBlock();
  return (
    <Switch>
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
      <Route path="/verify">
        <Public>
          <VerifyPage />
        </Public>
      </Route>
      <Route>
        <Suspense fallback={<Loading />}>
          <WalletArea />
        </Suspense>
      </Route>
    </Switch>
  );
}

/** The page: public routes read with viem alone; all others know the wallet and come in their own chunk. */
export function App({ config }: { config: AppConfig }) {
  const ledger = useMemo(() => ({ config, reader: readerOf(config) }), [config]);
  const queries = useMemo(queryClient, []);
  return (
    <LedgerContext value={ledger}>
      <QueryClientProvider client={queries}>
        <Banners />
        <CrashGuard>
          <Routes />
        </CrashGuard>
      </QueryClientProvider>
    </LedgerContext>
  );
}
