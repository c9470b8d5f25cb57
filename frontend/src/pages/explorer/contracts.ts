import { useQueries, useQuery } from "@tanstack/react-query";
import type { Abi, Address } from "viem";
import type { AppConfig } from "../../config";
import { councilAbi, creditAdapterAbi, creditsAbi, ledgerAbi } from "../../generated/abi";
import { deskAbi } from "../../generated/deskAbi";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/publicText";
import { askForSource, type SourceAnswer } from "./sourcify";

/** A contract whose calls and events can be put into words. */
export interface Contract {
  name: string;
  abi: Abi;
}

export type Contracts = ReadonlyMap<string, Contract>;

/** More than any transaction of ours touches; a hostile one shall not make the page ask thousands of times. */
const MOST_ASKED = 20;

/** The contracts of the configuration, by address in lower case: known without asking anybody. */
export function ownContracts(config: AppConfig): Contracts {
  const own: [Address | null, string, Abi][] = [
    [config.ledger, text.contract.ledger, ledgerAbi],
    [config.credits, text.contract.credits, creditsAbi],
    [config.council, text.contract.council, councilAbi],
    [config.desk, text.contract.desk, deskAbi],
    ...config.adapters.map(({ name, address }): [Address, string, Abi] => [address, name, creditAdapterAbi]),
  ];
  return new Map(
    own.flatMap(([address, name, abi]) => (address ? [[address.toLowerCase(), { name, abi }]] : [])),
  );
}

function sourceQuery(chainId: number, address: Address) {
  return {
    queryKey: ["backend", "source", String(chainId), address.toLowerCase()],
    queryFn: () => askForSource(chainId, address),
    // A verification is for good; an answer that did not come is asked for again on the next visit.
    staleTime: ({ state }: { state: { data?: SourceAnswer | undefined } }) =>
      state.data === "unanswered" ? 0 : Number.POSITIVE_INFINITY,
    retry: false,
  };
}

/** The verified source of one address. */
export function useSource(address: Address) {
  const { config } = useLedger();
  return useQuery(sourceQuery(config.chainId, address));
}

/** Our own contracts, and those among the addresses that the gateway has verified. */
export function useContracts(addresses: readonly Address[]): Contracts {
  const { config } = useLedger();
  const own = ownContracts(config);
  const unknown = [...new Set(addresses.map((address) => address.toLowerCase() as Address))];
  const asked = unknown.filter((address) => !own.has(address)).slice(0, MOST_ASKED);
  const answers = useQueries({ queries: asked.map((address) => sourceQuery(config.chainId, address)) });
  const found = asked.flatMap((address, index): [string, Contract][] => {
    const data = answers[index]?.data;
    return typeof data === "object" ? [[address, { name: data.name, abi: data.abi }]] : [];
  });
  return new Map([...own, ...found]);
}
