import type { Address } from "viem";
import type { AppConfig } from "../../config";
import { text } from "../../strings/publicText";

/** Which contract of this ledger an address is, or null if it is none. */
export function contractName(config: AppConfig, address: Address): string | null {
  const ours: [string, Address | null][] = [
    [text.contract.ledger, config.ledger],
    [text.contract.credits, config.credits],
    [text.contract.council, config.council],
    ["RetirementDesk", config.desk],
    ...config.adapters.map(({ name, address: at }): [string, Address] => [name, at]),
  ];
  return ours.find(([, at]) => at?.toLowerCase() === address.toLowerCase())?.[0] ?? null;
}
