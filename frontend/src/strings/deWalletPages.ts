import { de } from "./de";
import { deLedger } from "./deLedger";
import type { WalletTexts } from "./loaded";

/** German on the pages with a wallet. */
export const deWalletPages: WalletTexts = { all: de, ledger: deLedger };
