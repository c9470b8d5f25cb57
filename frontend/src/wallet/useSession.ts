import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { getSession, postSignOut } from "../api/gateway";
import type { Session } from "../api/types";
import { useWallet } from "./useWallet";

const SESSION_KEY = ["backend", "session"];

export interface SessionState {
  /** The session of the connected account; a session of another account does not count. */
  session: Session | null;
  loading: boolean;
  signIn: () => void;
  signingIn: boolean;
  error: unknown;
}

/** Signing in is its own act, apart from connecting; a session never outlives a change of the account. */
export function useSession(): SessionState {
  const { account, environment } = useWallet();
  const queries = useQueryClient();
  const query = useQuery({ queryKey: SESSION_KEY, queryFn: getSession, retry: false, staleTime: 60_000 });
  const stored = query.data ?? null;
  const isStranger =
    stored !== null && account !== null && stored.account.toLowerCase() !== account.toLowerCase();

  useEffect(() => {
    if (!isStranger) return;
    // Ended here at once; the backend is told too, but an unreachable one must not keep the old session shown.
    queries.setQueryData(SESSION_KEY, null);
    queries.removeQueries({ queryKey: ["backend", "mine"] });
    postSignOut().catch(() => undefined);
  }, [isStranger, queries]);

  const mutation = useMutation({
    mutationFn: async () => {
      if (!environment) throw new Error("no wallet is connected");
      const flow = await import("../flows/signIn");
      return flow.signIn(environment);
    },
    onSuccess: (session) => queries.setQueryData(SESSION_KEY, session),
  });

  return {
    session: stored !== null && account !== null && !isStranger ? stored : null,
    loading: query.isLoading,
    signIn: () => mutation.mutate(),
    signingIn: mutation.isPending,
    error: mutation.error,
  };
}
