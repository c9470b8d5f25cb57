import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo } from "react";
import { Problem } from "../api/problem";
import { onReread } from "./store";

function queryClient(): QueryClient {
  const onError = (error: unknown) => {
    // The gateway no longer knows the session: the page must not go on showing it.
    const isSignedOut = error instanceof Problem && error.status === 401;
    if (isSignedOut) void queries.invalidateQueries({ queryKey: ["backend", "session"] });
  };
  const queries: QueryClient = new QueryClient({
    defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } },
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
  });
  return queries;
}

// One for the whole visit: a way back to a page shows what it showed.
let shared: QueryClient | undefined;

/** The query library, for the pages that write or ask the gateway. */
export default function Queries({ children }: { children: ReactNode }) {
  const queries = useMemo(() => {
    shared ??= queryClient();
    return shared;
  }, []);
  useEffect(() => onReread((prefix) => void queries.invalidateQueries({ queryKey: [...prefix] })), [queries]);
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
