import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { getSession, postSignOut } from "../api/gateway";
import type { Session } from "../api/types";
import { storage } from "../storage";
import { useWallet } from "./useWallet";

const SESSION_KEY = ["backend", "session"];
/** Set while a session may exist: without it nobody needs to ask, and the answer could only be a refusal. */
const HINT_KEY = "greenledger.signed-in";

async function restoreSession(): Promise<Session | null> {
  if (storage.getItem(HINT_KEY) === null) return null;
  const session = await getSession();
  if (session === null) storage.removeItem(HINT_KEY);
  return session;
}

/** Ends the session here at once; an unreachable backend must not keep the old one shown. */
export function endSession(queries: QueryClient): void {
  storage.removeItem(HINT_KEY);
  queries.setQueryData(SESSION_KEY, null);
  queries.removeQueries({ queryKey: ["backend", "mine"] });
  postSignOut().catch(() => undefined);
}

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
  const query = useQuery({ queryKey: SESSION_KEY, queryFn: restoreSession, retry: false, staleTime: 60_000 });
  const stored = query.data ?? null;
  const isStranger =
    stored !== null && account !== null && stored.account.toLowerCase() !== account.toLowerCase();

  useEffect(() => {
    if (isStranger) endSession(queries);
  }, [isStranger, queries]);

  const mutation = useMutation({
    mutationFn: async () => {
      if (!environment) throw new Error("no wallet is connected");
      const flow = await import("../flows/signIn");
      return flow.signIn(environment);
    },
    onSuccess: (session) => {
      storage.setItem(HINT_KEY, "yes");
      queries.setQueryData(SESSION_KEY, session);
    },
  });

  return {
    session: stored !== null && account !== null && !isStranger ? stored : null,
    loading: query.isLoading,
    signIn: () => mutation.mutate(),
    signingIn: mutation.isPending,
    error: mutation.error,
  };
}
