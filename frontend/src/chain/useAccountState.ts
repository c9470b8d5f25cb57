import type { Address } from "viem";
import { readAccountState } from "./accountView";
import { useChainQuery } from "./useChainQuery";

/** What the chain says about an account; nothing is read while there is none. */
export function useAccountState(account: Address | null) {
  return useChainQuery(
    ["account", account ?? ""],
    (client, config) => {
      if (account === null) throw new Error("no account to read");
      return readAccountState(client, config, account);
    },
    account !== null,
  );
}
